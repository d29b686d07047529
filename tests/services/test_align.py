"""The matrix of alignment: made by running the law, it must give the days that the sources give."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from licet.facts.errors import LicetError
from licet.services.align import Asked, align, controls
from licet.services.align_model import NO, UNREAD, YES, AlignAnswer, ItemAnswer, Row, Stretch
from licet.services.align_read import names, read_places, read_technology
from licet.services.align_turns import Turns
from licet.services.check import Checker
from licet.services.home import law_root


def asked(checker: Checker, name: str, item: str, places: tuple[str, ...], start: str, end: str) -> ItemAnswer:
    days = date.fromisoformat(start), date.fromisoformat(end)
    (answer,) = align(checker, law_root(), name, Asked("CN", *days, days[1], (item,), places)).items
    return answer


def first_days(answer: ItemAnswer) -> dict[str, tuple[str, bool]]:
    return {row.place: (row.controls[0].first, row.controls[0].at_latest) for row in answer.rows if row.controls}


@pytest.mark.parametrize(
    ("name", "item", "place", "first"),
    [
        ("quantum", "computer-40", "JP", "2024-09-08"),
        ("quantum", "computer-40", "NL", "2024-12-01"),
        ("quantum", "computer-40", "FR", "2024-03-01"),
        ("quantum", "computer-40", "DE", "2024-07-23"),
        ("quantum", "computer-40", "US", "2024-09-06"),
        ("quantum", "computer-40", "PL", "2025-11-15"),
        ("duv", "nxt2000i", "JP", "2023-07-23"),
        ("duv", "nxt2000i", "NL", "2023-09-01"),
        ("duv", "nxt1980i", "NL", "2024-09-07"),
        ("duv", "loose", "JP", "2023-07-23"),
        ("duv", "nxt1980i", "US", "2023-11-17"),
        ("quantum", "computer-40", "GB", "2024-04-01"),
        ("quantum", "computer-40", "KR", "2025-02-28"),
        ("etch", "isotropic", "JP", "2023-07-23"),
        ("etch", "isotropic", "DE", "2024-07-23"),
        ("etch", "isotropic", "NL", "2024-12-01"),
        ("etch", "anisotropic-12", "JP", "2025-05-28"),
        ("metrology", "sem", "GB", "2024-04-01"),
        ("metrology", "sem", "JP", "2024-09-08"),
        ("metrology", "defects", "JP", "2025-05-28"),
        ("ald", "work-function", "JP", "2023-07-23"),
        ("ald", "work-function", "NL", "2023-09-01"),
        ("ald", "work-function", "US", "2023-11-17"),
        ("ald", "work-function-40", "JP", "2024-09-08"),
        ("ald", "low-k", "PL", "2025-11-15"),
        ("epitaxy", "cold", "NL", "2023-09-01"),
        ("epitaxy", "no-vacuum", "JP", "2025-05-28"),
        ("euv", "pellicle", "NL", "2023-09-01"),
        ("euv", "mask", "CA", "2025-04-25"),
        ("additive", "metal", "US", "2024-09-06"),
        ("additive", "metal", "CA", "2025-04-25"),
        ("gaafet", "process", "JP", "2024-09-08"),
        ("gaafet", "process", "US", "2024-09-06"),
        ("ai_chips", "a800", "US", "2023-11-17"),
        ("ai_chips", "h100", "JP", "2025-05-28"),
        ("ai_chips", "h100", "PL", "2025-11-15"),
        ("biotechnology", "cytometer", "US", "2025-01-16"),
    ],
)
def test_the_first_day_of_a_control_is_the_one_of_the_sources(
    name: str, item: str, place: str, first: str, checker: Checker
) -> None:
    day = date.fromisoformat(first)
    window = (day.replace(day=1) if day.day > 1 else day.replace(month=day.month - 1), day)
    answer = asked(checker, name, item, (place,), *(d.isoformat() for d in window))
    assert first_days(answer) == {place: (first, False)}


@pytest.mark.parametrize(("item", "first"), [("gallium", "2023-08-01"), ("magnets", "2025-04-04")])
def test_what_china_sells_is_asked_with_another_buyer(item: str, first: str, checker: Checker) -> None:
    day = date.fromisoformat(first)
    span = day - timedelta(days=2), day
    (answer,) = align(checker, law_root(), "rare_earths", Asked("US", *span, day, (item,), ("CN",))).items
    assert first_days(answer) == {"CN": (first, False)}


def test_the_lag_counts_the_days_between_the_first_and_the_last(checker: Checker) -> None:
    answer = asked(checker, "duv", "nxt2000i", ("JP", "NL"), "2023-07-01", "2023-09-30")
    assert (answer.first, answer.last, answer.lag) == ("2023-07-23", "2023-09-01", 40)
    assert (answer.sources, answer.open, answer.joining) == ((), (), ())


def test_the_one_that_still_sells_is_named_and_its_joining_closes_the_way(checker: Checker) -> None:
    answer = asked(checker, "duv", "nxt2000i", ("JP", "NL"), "2023-07-01", "2023-08-31")
    assert answer.sources == ("NL",)
    assert [(joining.place, joining.remaining) for joining in answer.joining] == [("NL", ())]


def test_before_and_after_what_was_read_nothing_is_said(checker: Checker) -> None:
    answer = asked(checker, "quantum", "computer-40", ("GL",), "2024-01-01", "2024-12-31")
    (row,) = answer.rows
    assert [stretch.value for stretch in row.stretches] == [UNREAD]
    assert answer.open == ("GL",)
    assert answer.lag is None


def test_only_days_that_matter_are_asked_and_none_is_missed(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    places, span = ("NL", "JP", "FR"), ("2023-06-01", "2025-12-31")
    found = [asked(checker, "duv", "nxt1980i", places, *span), asked(checker, "quantum", "computer-40", places, *span)]
    monkeypatch.setattr(Turns, "matter", lambda *_: True)
    every = [asked(checker, "duv", "nxt1980i", places, *span), asked(checker, "quantum", "computer-40", places, *span)]
    assert found == every


def test_the_stretches_of_a_row_follow_each_other_without_a_gap(checker: Checker) -> None:
    answer = asked(checker, "duv", "nxt1980i", ("NL", "JP"), "2023-01-01", "2026-11-26")
    for row in answer.rows:
        assert (row.stretches[0].first, row.stretches[-1].last) == ("2023-01-01", "2026-11-26")
        for before, after in zip(row.stretches, row.stretches[1:], strict=False):
            assert (date.fromisoformat(after.first) - date.fromisoformat(before.last)).days == 1
            assert (before.value, before.entries, before.policy) != (after.value, after.entries, after.policy) or (
                before != after
            )


def stretch(first: str, last: str, value: str) -> Stretch:
    return Stretch(first, last, value, False, (), (), (), "")


def test_a_day_is_under_the_control_in_force_else_under_the_next() -> None:
    stretches = (
        stretch("2020-01-01", "2020-12-31", NO),
        stretch("2021-01-01", "2021-06-30", YES),
        stretch("2021-07-01", "2021-12-31", "unknown"),
        stretch("2022-01-01", "2022-12-31", YES),
        stretch("2023-01-01", "2023-12-31", NO),
        stretch("2024-01-01", "2024-12-31", "unknown"),
        stretch("2025-01-01", "2025-12-31", YES),
    )
    row = Row("XX", "X", (), stretches, tuple(controls(stretches)))
    assert [(c.first, c.last, c.at_latest) for c in row.controls] == [
        ("2021-01-01", "2022-12-31", False),
        ("2025-01-01", "2025-12-31", True),
    ]
    firsts = {day: control.first for day in ("2020-06-01", "2022-12-31", "2023-01-01") if (control := row.control(day))}
    assert firsts == {"2020-06-01": "2021-01-01", "2022-12-31": "2021-01-01", "2023-01-01": "2025-01-01"}
    assert row.control("2026-01-01") is None


@pytest.mark.parametrize("name", names(law_root()))
def test_every_technology_reads_and_its_makers_are_places_that_are_asked(name: str) -> None:
    technology = read_technology(law_root(), name)
    assert technology.id == name
    assert len({item.id for item in technology.items}) == len(technology.items)
    assert set(technology.makers) <= {place.code for place in read_places(law_root())}


@pytest.mark.parametrize("name", names(law_root()))
def test_every_item_is_understood_by_the_law(name: str, checker: Checker) -> None:
    day = date(2025, 3, 1)
    answer: AlignAnswer = align(checker, law_root(), name, Asked("CN", day, day, day, (), ("NL",)))
    assert len(answer.items) == len(read_technology(law_root(), name).items)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": "unobtainium"}, "there is no technology"),
        ({"item": "teapot"}, "has no item"),
        ({"place": "QQ"}, "is no country"),
        ({"to": "QQ"}, "is no country"),
        ({"on": "2026-01-01"}, "does not lie between"),
        ({"start": "2026-01-01"}, "is after"),
    ],
)
def test_wrong_words_are_told(change: dict[str, str], says: str, checker: Checker) -> None:
    start, on = change.get("start", "2024-01-01"), change.get("on")
    what = Asked(
        change.get("to", "CN"),
        date.fromisoformat(start),
        date(2024, 12, 31),
        date.fromisoformat(on) if on else None,
        (change["item"],) if "item" in change else (),
        (change.get("place", "NL"),),
    )
    with pytest.raises(LicetError, match=says):
        align(checker, law_root(), change.get("name", "duv"), what)


def test_a_file_of_the_users_own_is_a_technology(tmp_path: Path, checker: Checker) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "technology: mine\ntitle: Mine\nitems:\n  - {id: a, name: an A, item: {kind: quantum_computer, qubits: 40, "
        "cnot_error: 0.00005, eu_annex_i: no}}\n",
        encoding="utf-8",
    )
    day = date(2025, 3, 1)
    answer = align(checker, law_root(), str(file), Asked("CN", day, day, day, (), ("NL",)))
    assert answer.items[0].rows[0].stretches[0].value == YES
    assert answer.items[0].rows[0].stretches[0].thresholds
