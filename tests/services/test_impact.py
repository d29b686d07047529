"""Which lines a change flips, and what it is traced to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from licet.facts.errors import CaseError
from licet.services.check import Checker, Options
from licet.services.impact.ask import Impact, impact
from licet.services.impact.both import Asked, Side
from licet.services.impact.causes import untraced
from licet.services.impact.sides import two_days
from licet.services.impact.turned import Turned, between_days
from licet.services.orders.mapping import read_map
from licet.services.orders.wanted import Wanted
from tests.services.impact_books import quantum


def asked(checker: Checker, first: str, second: str) -> Asked:
    before, after = date.fromisoformat(first), date.fromisoformat(second)

    def opening() -> Checker:
        return checker

    def turned(old: Checker, new: Checker) -> dict[str, Turned]:
        return between_days(old.law, before, after)

    return Asked(Side(first, before, opening), Side(second, after, opening), turned)


@contextmanager
def compared(checker: Checker, book: Path, first: str, second: str) -> Iterator[Impact]:
    map_path = Path(f"{book}.map.yaml")
    folder = book.parent / f"work-{first}-{second}"
    folder.mkdir()
    wanted = Wanted(book, map_path, book, Options())
    orders = read_map(map_path, checker.law.dictionary)
    found = impact(orders, wanted, asked(checker, first, second), folder, lambda done, text: None)
    with found.compared:
        yield found


def test_each_list_flips_the_computers_of_its_country_from_its_first_day(checker: Checker, tmp_path: Path) -> None:
    with compared(checker, quantum(tmp_path), "2024-02-29", "2024-12-01") as found:
        lines = dict(found.compared.rows(["line", "changes"]))
    answer = found.answer
    assert [(move.before, move.after, move.lines, move.items, move.value) for move in answer.flips] == [
        ("no_licence_required", "licence_required", 6, 2, 9000)
    ]
    assert (answer.flipped, answer.assumed, answer.exit_code) == (6, 0, 30)
    for place, cause, day in (
        ("FR", "fr.quantum.authorisation", "2024-03-01"),
        ("JP", "jp.fefa.48.row-8", "2024-09-08"),
        ("NL", "nl.additional.licence", "2024-12-01"),
    ):
        (change,) = [change for change in answer.changes if cause in {each.id for each in change.causes}]
        assert {each.day for each in change.causes} == {day}
        assert (change.lines, change.items, change.value, change.others) == (2, 2, 3000, 0)
        assert {line for line, numbers in lines.items() if change.number in numbers} == {f"Q-{place}-1", f"Q-{place}-2"}


def test_days_without_a_change_of_law_flip_nothing_and_a_bad_line_is_set_apart(
    checker: Checker, tmp_path: Path
) -> None:
    book = quantum(tmp_path)
    with book.open("a", encoding="utf-8") as file:
        file.write("Q-bad,2025-03-01,FR,QC-1,The maker of FR,a lot\n")
    with compared(checker, book, "2024-03-10", "2024-03-11") as found:
        assert list(found.compared.rows(["line"])) == []
        rejected = found.rejected
    answer = found.answer
    assert (answer.lines, answer.flipped, answer.reasons, answer.changes, answer.exit_code) == (6, 0, (), (), 0)
    assert [(row, line) for row, line, _ in rejected] == [(8, "Q-bad")]
    assert "is no number" in rejected[0][2]


def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(CaseError, match="does not come before"):
        two_days(date(2024, 3, 1), date(2024, 2, 29), False)


def test_what_is_not_traced_names_the_provisions_of_one_answer_only() -> None:
    cause = untraced(["A", "B"], ["B", "C"])
    assert (cause.kind, cause.cite, cause.what) == ("untraced", "C, A", "applies")
