"""Lines whose parties are held against lists: those for which no row is taken go together, and come out as alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from licet.facts.case import read_case
from licet.facts.yamltext import read_yaml
from licet.services.brief import brief
from licet.services.check import Checker, Options
from licet.services.orders import work
from licet.services.orders.jobs import Gathered, Jobs
from licet.services.orders.mapping import parse_map
from licet.services.orders.rows import Rows
from licet.services.orders.work import Book, Desk
from licet.services.screen_model import Asked, Screened
from tests.services.screen_fakes import DAY
from tests.services.test_case_screen import all_lists, screen, screen_all

MAP = """
on: day
constants: {act: export, shipment: {from: US, exporter_country: US}, complete: [items, parties]}
facts: {shipment.to: to, item.kind: kind, item.declared.us: us, item.origin: origin}
parties: [{role: [purchaser, end_user], name: customer, country: to}]
"""
COLUMNS = ("day", "to", "kind", "us", "origin", "customer")
CUSTOMERS = ("Blue Teapot Works", "Zelkova QD", "Zelkova Quantum Device", "", "!!!", "Huawei", "Green Teapot Works")


def _lines() -> list[tuple[str, ...]]:
    return [
        (DAY.isoformat(), to, "integrated_circuit", code, "US", customer)
        for to in ("CN", "DE")
        for code in ("EAR99", "")
        for customer in CUSTOMERS
    ]


def _jobs(rows: Rows, lines: Sequence[tuple[str, ...]]) -> Jobs:
    gathered = Gathered(rows.places_of_pieces())
    assert [gathered.add(cells, rows.day(cells), row) for row, cells in enumerate(lines)] == [*range(len(lines))]
    return gathered.jobs()


@pytest.mark.parametrize("whole", [True, False])
def test_lines_come_out_as_alone(checker: Checker, monkeypatch: pytest.MonkeyPatch, whole: bool) -> None:
    store = all_lists(checker) if whole else None

    def screened() -> object:
        one = screen_all(checker, store) if store is not None else screen(checker)
        return lambda _: one

    monkeypatch.setattr(work, "MANY", 0)
    listed = Checker(checker.law, checker.known, {}, screened())  # type: ignore[arg-type]
    other = Checker(checker.law, checker.known, {}, screened())  # type: ignore[arg-type]
    orders = parse_map(read_yaml(MAP, "map"), checker.law.dictionary, Path())
    rows = Rows(orders, COLUMNS, "book", checker.law.dictionary)
    desk = Desk(listed, Book(orders, COLUMNS, "book"), Options())
    jobs = _jobs(rows, _lines())
    together = {int(number) for number in desk._plain(jobs).numbers}
    # The very name of an entry, in its country, and a party of the law's own file.
    alone = {
        n for n, (_, to, *_, name) in enumerate(_lines()) if name == "Huawei" or (to, name) == ("CN", "Zelkova QD")
    }
    assert together == {*range(len(_lines()))} - alone
    found = desk.answered(jobs)
    for cells, of in zip(_lines(), found.of.tolist(), strict=True):
        case = read_case(rows.case(rows.said(cells), 1), checker.law.dictionary)
        case.on = rows.day(cells)
        assert found.answers[of] == brief(other, case), cells


def test_only_names_that_something_is_found_for_are_screened_by_day(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "MANY", 0)
    one = screen(checker)
    asked: list[int] = []
    search = one.screener.screen

    def counted(_: object, some: Sequence[Asked]) -> list[Screened]:
        asked.append(len(some))
        return search(some)

    monkeypatch.setattr(type(one.screener), "screen", counted)
    listed = Checker(checker.law, checker.known, {}, lambda _: one)
    orders = parse_map(read_yaml(MAP, "map"), checker.law.dictionary, Path())
    rows = Rows(orders, COLUMNS, "book", checker.law.dictionary)
    desk = Desk(listed, Book(orders, COLUMNS, "book"), Options())
    names = [cells for cells in _lines() if "Teapot" in cells[-1] or cells[-1] == "Zelkova Quantum Device"]
    desk.answered(_jobs(rows, names))
    assert asked[0] == 2  # one of three names, in two countries
    assert sum(asked) == 4  # and once for the question that a line of another name asks
