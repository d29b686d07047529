"""The labelled test set of names: what the files hold, how cases are made, and floors under what is found.

The whole of it is measured by `python -m benchmarks.names`; here stand small parts. Nothing is timed.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from benchmarks.names import clean, make, measure, pairs
from benchmarks.names.case import Case
from benchmarks.names.lists import Book, same
from benchmarks.names.measure import Run
from benchmarks.names.own import Own
from benchmarks.names.perturb import KINDS

from licet.parties.entry import Entry, Name
from licet.parties.match.hit import DEFAULT_THRESHOLD
from licet.parties.match.index import Index

# Invented parties; only their kinds of names are those of real lists.
FIRMS = (
    ("OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU VEKTRANEFT", "RU", "OOO VEKTRANEFT"),
    ("AKTSIONERNOE OBSHCHESTVO ZAVOD MORILTEKH", "RU", "MORILTEKH JSC"),
    ("JOINT STOCK COMPANY DOLGUSHIN INSTRUMENT PLANT", "RU", "DOLGUSHIN PRIBOR AO"),
    ("PRIVOLSK SHIPYARD PJSC", "RU", ""),
    ("Shenzhen Haoruida Photonics Co., Ltd.", "CN", ""),
    ("Nanjing Quelan Precision Machinery Co., Ltd.", "CN", "Quelan Precision"),
    ("Xi'an Bozhuo Aerospace Research Institute", "CN", ""),
    ("Al-Murjanah Blue General Trading LLC", "AE", "Murjanah Blue Trading"),
    ("Sanat Pooyesh Garmsar Engineering Company", "IR", "SPG Engineering"),
    ("Karadogan Denizcilik Lojistik Ltd. Sti.", "TR", ""),
    ("Brisk Lantern Logistics GmbH", "DE", ""),
    ("Inversiones Quetzalmar, S.A. de C.V.", "MX", ""),
)
PERSONS = (
    ("ZAVYALKIN, Arseniy Feofanovich", "RU"),
    ("MORDYUKOVSKAYA, Yelizaveta Ignatyevna", "RU"),
    ("TRESHCHOVSKIY, Valeriy Kharitonovich", "RU"),
    ("AL-DUWAYSANI, Mahmud Husayn Salih", "SY"),
    ("BANI HASHEMZADEH, Gholamreza", "IR"),
    ("QUILLARES MONTESDEOCA, Anselmo Jesus", "CO"),
    ("XUE, Haoquan", "CN"),
    ("RI, Chol Myong", "KP"),
)
FLOORS = {"first": 0.93, "found": 0.90}
PAIRS = {"f1": 0.73, "precision": 0.87}
MOST_ALERTS = 10.0  # in 1,000 clean names


def entries() -> list[Entry]:
    """The invented list."""
    firms = [
        Entry("us.el", f"f{at}", tuple(Name(text) for text in (own, alias) if text), "firm", (country,))
        for at, (own, country, alias) in enumerate(FIRMS)
    ]
    persons = [Entry("us.sdn", f"p{at}", (Name(own),), "person", (land,)) for at, (own, land) in enumerate(PERSONS)]
    return firms + persons


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(entries())


@pytest.fixture(scope="module")
def cases(book: Book) -> list[Case]:
    return [case for case in make.make(book, share=0.1) if case.kind != make.JOURNAL]


@pytest.fixture(scope="module")
def found(cases: list[Case]) -> Run:
    return measure.run(Own(Index.build(entries())), cases, [])


def test_the_pairs_are_many_balanced_and_no_two_alike() -> None:
    rows = pairs.read()
    assert len(rows) >= 600
    assert len({frozenset((row.name1.casefold(), row.name2.casefold())) for row in rows}) == len(rows)
    assert 0.45 <= sum(not row.match for row in rows) / len(rows) <= 0.55
    assert {row.kind for row in rows} == {"firm", "person", "vessel"}


def test_the_pairs_are_of_eight_scripts_and_chinese_ones_are_hundreds() -> None:
    rows = pairs.read()
    scripts = {script for row in rows for script in row.scripts.split(" and ")}
    assert {"Latin", "Cyrillic", "Han", "Japanese", "Hangul", "Arabic", "Greek"} <= scripts
    assert sum(row.category.startswith("chinese") for row in rows) >= 200


def test_the_pairs_are_told_apart() -> None:
    found = pairs.judge(pairs.read(), pairs.scorer("licet"), DEFAULT_THRESHOLD)
    assert found.f1 >= PAIRS["f1"]
    assert found.precision >= PAIRS["precision"]


def test_cases_of_every_kind_are_made_and_the_same_each_time(book: Book, cases: list[Case]) -> None:
    again = [case for case in make.make(book, share=0.1) if case.kind != make.JOURNAL]
    assert again == cases
    assert set(Counter(case.kind for case in cases)) == set(KINDS)
    assert make.make(book, make.HELD_OUT, share=0.1) != cases


def test_a_changed_name_is_another_one_and_has_a_right_answer(cases: list[Case]) -> None:
    assert all(case.gold for case in cases)
    assert all(case.query.name != case.source for case in cases if case.kind != "exact")
    edited = [case for case in cases if case.kind in {"one edit", "two edits", "dropped word", "joined words"}]
    assert all(same(case.query.name) != same(case.source) for case in edited)


def test_a_change_into_another_partys_name_has_two_right_answers() -> None:
    rows = [Entry("us.el", str(at), (Name(text),), "firm") for at, text in enumerate(("Vektra JSC", "AO Vektra"))]
    assert len(Book(rows).bearing("Vektra AO")) == 2
    assert len(Book(rows).bearing("Vektra LLC")) == 0
    assert len(Book(rows).bearing("Vektra LLC", legal_form=False)) == 2


def test_clean_names_are_the_same_each_time_and_none_is_listed(book: Book) -> None:
    names = clean.make(book, count=400)
    assert names == clean.make(book, count=400)
    assert len({name.query.name for name in names}) == 400
    listed = clean.Listed(book)
    assert not any(listed.holds(name.query.name) for name in names)
    assert listed.holds("haoruida photonics shenzhen co., ltd.")
    assert listed.holds("ВЕКТРАНЕФТЬ")
    assert not listed.holds("Haoruida Textiles Shenzhen")


def test_changed_names_are_found(found: Run) -> None:
    assert measure.recall_first(found.asked) >= FLOORS["first"]
    assert measure.recall(found.asked, found.threshold) >= FLOORS["found"]


def test_names_as_listed_are_always_found(found: Run) -> None:
    plain = [one for one in found.asked if one.case.kind in {"exact", "case or punctuation"}]
    assert plain
    assert all(one.first and one.found(found.threshold) for one in plain)


def test_names_of_nobody_stay_quiet(book: Book) -> None:
    quiet = measure.run(Own(Index.build(entries())), [], clean.make(book, count=400))
    assert measure.alerts(quiet.silence, quiet.threshold) <= MOST_ALERTS


def test_a_sample_is_drawn_from_every_list(book: Book) -> None:
    sampler = make.Sampler(book, Random(1))
    assert {sampler.draw().entry.list for _ in range(50)} == {"us.el", "us.sdn"}
