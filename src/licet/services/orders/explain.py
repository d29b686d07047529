"""The whole answer to one line of a result, made anew from the table that it came from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from licet.facts.case import Case, read_case
from licet.facts.errors import CaseError, Place, quoted
from licet.services.check import Checker
from licet.services.orders.mapping import read_map
from licet.services.orders.rows import Rows
from licet.services.orders.run import receipt
from licet.services.screen_tables import open_table


@dataclass(frozen=True, slots=True)
class Explained:
    """A line as a case; `notes` say what is no longer as it was when the result was made."""

    case: Case
    notes: tuple[str, ...]
    law_age: timedelta


def find(checker: Checker, out: Path, wanted: str) -> Explained:
    """The line of a result that is called so, or stands in that row. Raises CaseError."""
    made = _receipt(out)
    table_path, map_path = Path(str(made["table"])), Path(str(made["map"]))
    for path in (table_path, map_path):
        if not path.is_file():
            raise CaseError.one("E_NO_FILE", "the result was made from this file, which is gone", Place(str(path)))
    table = open_table(table_path, str(made["encoding"]), str(made["sheet"]))
    orders = read_map(map_path, checker.law.dictionary)
    rows = Rows(orders, table.columns, table.name, checker.law.dictionary)
    for line in table.lines:
        if not line.problem and rows.line(line.cells, line.number) == wanted:
            cells = rows.widened(line.cells)
            case = read_case(rows.case(rows.said(cells), line.number), checker.law.dictionary)
            case.title = case.title or f"Line {wanted} of {table.name}"
            case.on = rows.day(cells) or case.on
            return Explained(case, tuple(_notes(checker, made, table_path, map_path)), _age(made))
    raise CaseError.one("E_LINE", f"the table has no line {quoted(wanted)}", Place(table.name))


def _receipt(out: Path) -> dict[str, object]:
    path = receipt(out)
    try:
        made = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as bad:
        hint = "it stands beside every result of licet batch"
        raise CaseError.one(
            "E_NO_FILE", f"what the result was made from cannot be read: {bad}", Place(str(path)), hint
        ) from None
    if not isinstance(made, dict) or not {"table", "map", "law", "encoding", "sheet"} <= made.keys():
        raise CaseError.one("E_NO_FILE", "this is no receipt of a batch", Place(str(path)))
    return made


def _age(made: dict[str, object]) -> timedelta:
    days = made.get("law_age_days", 0)
    return timedelta(days=days if isinstance(days, int) else 0)


def _notes(checker: Checker, made: dict[str, object], table: Path, map_file: Path) -> list[str]:
    changed = []
    for path, key in ((table, "table_sha256"), (map_file, "map_sha256")):
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != made.get(key):
                changed.append(f"{path.name} has changed since the result was made")
    if made["law"] != checker.law.hash:
        changed.append("the law is another one than when the result was made")
    return changed
