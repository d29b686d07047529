"""The whole answer to one line of a result, made anew from the table that it came from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from licet.batch.tables import Line, Table
from licet.facts.case import Case, read_case
from licet.facts.errors import CaseError, Place, quoted
from licet.facts.jsontext import read_json
from licet.facts.nodes import written
from licet.services.check import Checker
from licet.services.orders.mapping import read_map
from licet.services.orders.rows import Rows
from licet.services.orders.wanted import digest, receipt
from licet.services.screen_tables import open_table

_NEEDED = {"table", "map", "law", "encoding", "sheet", "lists", "joined", "on"}


@dataclass(frozen=True, slots=True)
class Explained:
    """A line as a case, and the text in JSON that it is read from.

    `notes` say what is no longer as it was when the result was made.
    """

    text: str
    case: Case
    notes: tuple[str, ...]
    law_age: timedelta


def find(checker: Checker, made: dict[str, object], wanted: str) -> Explained:
    """The line that is called so, or stands in that row, of a result with this receipt. Raises CaseError."""
    table_path, map_path = Path(str(made["table"])), Path(str(made["map"]))
    if table_path.is_dir():
        text = "the result was made from a folder, in which no line is looked up"
        raise CaseError.one("E_TABLE", text, Place(str(table_path)), "licet check answers for a case of its facts")
    for path in (table_path, map_path):
        if not path.is_file():
            raise CaseError.one("E_NO_FILE", "the result was made from this file, which is gone", Place(str(path)))
    table = open_table(table_path, str(made["encoding"]), str(made["sheet"]))
    orders = read_map(map_path, checker.law.dictionary)
    rows = Rows(orders, table.columns, table.name, checker.law.dictionary)
    line, notes = _line(table, rows, wanted)
    cells = rows.widened(line.cells)
    text = json.dumps(_said(rows, cells, line.number, made, f"Line {wanted} of {table.name}"), ensure_ascii=False)
    case = read_case(read_json(text), checker.law.dictionary)
    case.file = ""
    joined = [(join.table, orders.folder / join.table) for join in orders.joins]
    return Explained(text, case, (*notes, *_notes(checker, made, table_path, map_path, joined)), _age(made))


def _said(rows: Rows, cells: tuple[str, ...], number: int, made: dict[str, object], title: str) -> dict[str, Any]:
    """The case of a line as plain data, with its day, and a title where it has none."""
    node = rows.case(rows.said(cells), number)
    said: dict[str, Any] = written(node)
    day = _on(made) or rows.day(cells)
    if day is not None:
        said["on"] = day.isoformat()
    if not said.get("case"):
        said["case"] = title
    return said


def _line(table: Table, rows: Rows, wanted: str) -> tuple[Line, list[str]]:
    """The line that is called so, else the one in that row, and what has to be said of it. Raises CaseError."""
    called: list[Line] = []
    in_row: Line | None = None
    for line in table.lines:
        if not line.problem and rows.line(line.cells, line.number) == wanted:
            called.append(line)
        if str(line.number) == wanted:
            in_row = line
    if not called and in_row is not None:
        called = [in_row]
    if not called:
        raise CaseError.one("E_LINE", f"the table has no line {quoted(wanted)}", Place(table.name))
    if called[0].problem:
        raise CaseError.one("E_TABLE", called[0].problem, Place(table.name, called[0].number))
    if len(called) == 1:
        return called[0], []
    numbers = ", ".join(str(line.number) for line in called[:5])
    return called[0], [f"several lines are called {quoted(wanted)}, and the first is shown (rows {numbers} …)"]


def read_receipt(out: Path) -> dict[str, object]:
    """What a result was made from. Raises CaseError."""
    path = receipt(out)
    try:
        made = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as bad:
        hint = "it stands beside every result of licet batch"
        raise CaseError.one(
            "E_NO_FILE", f"what the result was made from cannot be read: {bad}", Place(str(path)), hint
        ) from None
    if not isinstance(made, dict) or not _NEEDED.issubset(made):
        raise CaseError.one("E_NO_FILE", "this is no receipt of a batch", Place(str(path)))
    return made


def _age(made: dict[str, object]) -> timedelta:
    days = made.get("law_age_days", 0)
    return timedelta(days=days if isinstance(days, int) else 0)


def _on(made: dict[str, object]) -> date | None:
    """The day for which all lines were decided, where one was asked for."""
    try:
        return date.fromisoformat(str(made["on"])) if made["on"] else None
    except ValueError:
        raise CaseError.one("E_NO_FILE", "this is no receipt of a batch") from None


def _notes(
    checker: Checker, made: dict[str, object], table: Path, map_file: Path, joined: list[tuple[str, Path]]
) -> list[str]:
    before = made["joined"] if isinstance(made["joined"], dict) else {}
    files = [(table, made.get("table_sha256")), (map_file, made.get("map_sha256"))]
    files += [(path, before.get(name)) for name, path in joined]
    changed = [f"{path.name} has changed since the result was made" for path, sha in files if digest(path) != sha]
    if made["law"] != checker.law.hash:
        changed.append("the law is another one than when the result was made")
    return changed
