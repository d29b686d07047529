"""The desk: the law in use, ready to be asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from licet.batch.frames import like, rows_of
from licet.facts.case import parse_day, read_case
from licet.facts.errors import CaseError, LicetError
from licet.facts.nodes import node
from licet.facts.yamltext import Mapping as Keyed
from licet.facts.yamltext import decode, read_yaml
from licet.library.said import Checked
from licet.services.brief import Brief
from licet.services.check import Checker, Options
from licet.services.orders.jobs import Gathered
from licet.services.orders.mapping import OrderMap, parse_map, read_map
from licet.services.orders.opened import open_listed
from licet.services.orders.rows import Rows
from licet.services.orders.work import Book, told
from licet.services.orders.work import Desk as Decider

Table = TypeVar("Table")
Day = date | str | None
LISTS = ("jurisdictions", "because", "open", "policies", "questions")
WORDS = ("outcome", "best", "worst", "coverage")


def open_desk(*, lists: bool = True, language: str = "en", law_age: timedelta | int = 0) -> Desk:
    """A desk over the law in use; with `lists`, parties are held against those that are loaded.

    `law_age` is how long before a day the law may have been read, as a timedelta or in days. Raises LawError.
    """
    age = law_age if isinstance(law_age, timedelta) else timedelta(days=law_age)
    return Desk(open_listed(lists), language, age)


class Desk:
    """Answers by the law of any day. It may be kept open; it is not for several threads at a time."""

    def __init__(self, checker: Checker, language: str = "en", law_age: timedelta = timedelta(0)) -> None:
        self.checker, self.language, self.law_age = checker, language, law_age

    def check(
        self, case: Mapping[str, Any] | str | os.PathLike[str], on: Day = None, *, proof: bool = False
    ) -> Checked:
        """The decision for a case: a mapping, or the path of a file. Raises CaseError.

        `on` is the day to decide on (a date or YYYY-MM-DD), where the case says none or another; with `proof` the
        decision holds every step.
        """
        options = Options(_day(on), self.language, proof, self.law_age)
        given = node(case) if isinstance(case, Mapping) else _file(Path(case))
        return Checked(
            self.checker.check(read_case(given, self.checker.law.dictionary), options), self.checker.law, options
        )

    def batch(self, table: Table, columns: Mapping[str, Any] | str | os.PathLike[str], on: Day = None) -> Table:
        """The short answer to each row of a table, as a table of the same kind, row by row beside it. Raises CaseError.

        The table is a pandas, polars or Arrow table, a DuckDB relation, or a list of mappings; `columns` is the map of
        which column says what (docs/batch.md), as a mapping or the path of a file. `problem` tells why a row could not
        be decided; its other columns are then empty.
        """
        names, cells = rows_of(table)
        orders, options = self._map(columns), Options(_day(on), self.language, law_age=self.law_age)
        rows = Rows(orders, names, "table", self.checker.law.dictionary)
        desk = Decider(self.checker, Book(orders, rows.names, "table"), options)
        gathered = Gathered(rows.places_of_pieces())
        of: list[int | str] = []
        for number, line in enumerate(cells, 1):
            try:
                whole = rows.widened(line)
                of.append(gathered.add(whole, options.on or rows.day(whole), number))
            except LicetError as error:
                of.append("; ".join(told(problem) for problem in error.problems))
        done = desk.answered(gathered.jobs())
        answers = [done.answers[place] for place in done.of.tolist()]
        found: Table = like(table, _columns([answers[each] if isinstance(each, int) else each for each in of]))
        return found

    def _map(self, given: Mapping[str, Any] | str | os.PathLike[str]) -> OrderMap:
        dictionary = self.checker.law.dictionary
        if isinstance(given, Mapping):
            made = node(given, "map")
            assert isinstance(made, Keyed)
            return parse_map(made, dictionary, Path())
        return read_map(Path(given), dictionary)


def _columns(answers: list[Brief | str]) -> dict[str, list[Any]]:
    """The answers column by column."""
    briefs = [answer if isinstance(answer, Brief) else None for answer in answers]
    made: dict[str, list[Any]] = {name: [getattr(brief, name, None) for brief in briefs] for name in WORDS}
    made["exit_code"] = [None if brief is None else brief.exit_code for brief in briefs]
    for name in LISTS:
        made[name] = [[] if brief is None else list(getattr(brief, name)) for brief in briefs]
    made["problem"] = ["" if isinstance(answer, Brief) else answer for answer in answers]
    return made


def _day(on: Day) -> date | None:
    """A day as given. Raises CaseError."""
    if not isinstance(on, str):
        return on
    try:
        return parse_day(on)[0]
    except ValueError as bad:
        raise CaseError.one("E_DATE", f"on: {bad}", hint="write YYYY-MM-DD") from None


def _file(path: Path) -> Any:
    try:
        data = path.read_bytes()
    except OSError as bad:
        raise CaseError.one("E_NO_FILE", f"the case cannot be read: {bad.strerror}: {path}") from None
    return read_yaml(decode(data, path.name), path.name)
