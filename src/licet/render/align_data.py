"""The answer of `licet align` as data: JSON (`licet.alignment/1`), and rows for tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from licet.services.align_model import AlignAnswer

SCHEMA = "licet.alignment/1"
COLUMNS = (
    ("technology", 14),
    ("item", 20),
    ("place", 14),
    ("from", 14),
    ("to", 14),
    ("value", 14),
    ("as_far_as_encoded", 14),
    ("entries", 50),
    ("asked_by", 50),
    ("thresholds", 40),
    ("policy", 14),
)


def as_json(answer: AlignAnswer) -> str:
    """The whole answer."""
    return json.dumps({"schema": SCHEMA, **asdict(answer)}, ensure_ascii=False, indent=2) + "\n"


def rows(answer: AlignAnswer) -> Iterator[tuple[str, ...]]:
    """One row for each stretch of each place and item."""
    for item in answer.items:
        for row in item.rows:
            for s in row.stretches:
                partly = "yes" if s.partly else "no"
                listed = ("; ".join(s.entries), "; ".join(s.by), "; ".join(s.thresholds))
                yield (answer.technology, item.id, row.place, s.first, s.last, s.value, partly, *listed, s.policy)
