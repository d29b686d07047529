"""What an impact was made from: hashes of its files, and their names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from licet.services.orders.mapping import OrderMap
from licet.services.orders.opened import lists_snapshot
from licet.services.orders.wanted import Wanted, digest


@dataclass(frozen=True, slots=True)
class Made:
    """`hashes` and settings say nothing of anybody; `names` are those of files, which may name people."""

    hashes: dict[str, Any]
    names: dict[str, Any]


def made_from(orders: OrderMap, wanted: Wanted, patch: Path | None = None) -> Made:
    """What tells whether an impact would be made from the same again. Raises OSError for a file that is gone."""
    joined = [orders.folder / join.table for join in orders.joins]
    hashes = {
        "table_sha256": digest(wanted.table),
        "map_sha256": digest(wanted.map),
        "joined_sha256": sorted(digest(path) for path in joined),
        "proposal_sha256": "" if patch is None else digest(patch),
        "encoding": wanted.encoding,
        "sheet": wanted.sheet,
        "law_age_days": wanted.options.law_age.days,
        "lists": lists_snapshot() if wanted.lists else "",
    }
    names = {
        "table": str(wanted.table.resolve()),
        "map": str(wanted.map.resolve()),
        "joined": [str(path.resolve()) for path in joined],
        "proposal": "" if patch is None else str(patch.resolve()),
    }
    return Made(hashes, names)
