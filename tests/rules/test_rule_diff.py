"""How a rule stands on a day, and what became of it between two."""

from __future__ import annotations

from datetime import date

import pytest
from tests.rules.small import SOURCE, Writer

from licet.rules.corpus import read_law
from licet.rules.diff import Change, changes, last, standing
from licet.rules.law import Law

HEAD = "id: xx.act.1\nkind: requirement\nsubject: case\ncite: Act s. 1\ntitle: Licence\n"
VERSIONS = f"""\
versions:
  - {{from: 2022-01-01, until: 2022-06-30, {SOURCE}, when: {{always: yes}}}}
  - {{from: 2023-01-01, {SOURCE}, change: narrower, when: item.datacenter}}
  - {{from: 2024-01-01, {SOURCE}, change: suspended, status: suspended, when: item.datacenter}}
  - {{from: 2025-01-01, until: 2025-12-31, {SOURCE}, change: back, when: item.datacenter}}
"""
GROUP = f"""\
id: xx.g
kind: group
cite: Annex
title: Annex
versions:
  - {{from: 2022-01-01, {SOURCE}, members: [AM]}}
  - {{from: 2023-01-01, {SOURCE}, change: one more, members: [AM, AZ]}}
"""


@pytest.fixture
def law(law_folder: Writer) -> Law:
    return read_law(law_folder({"xx/1.yaml": HEAD + VERSIONS, "xx/g.yaml": GROUP}))


@pytest.mark.parametrize(
    ("day", "word", "number"),
    [
        (date(2021, 12, 31), "begins 2022-01-01", 0),
        (date(2022, 1, 1), "in force", 1),
        (date(2022, 7, 1), "gap until 2023-01-01", 0),
        (date(2023, 1, 1), "in force", 2),
        (date(2024, 1, 1), "suspended", 3),
        (date(2025, 12, 31), "in force", 4),
        (date(2026, 1, 1), "ended 2025-12-31", 0),
    ],
)
def test_how_a_rule_stands(law: Law, day: date, word: str, number: int) -> None:
    found = standing(law, law.rules["xx.act.1"], day)
    assert (found.word, found.number) == (word, number)


def test_the_last_day_of_each_version(law: Law) -> None:
    rule = law.rules["xx.act.1"]
    ends = [last(rule, version) for version in rule.versions]
    assert ends == [date(2022, 6, 30), date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31)]


def only(law: Law, first: date, second: date, rule: str = "xx.act.1") -> Change:
    (change,) = [change for change in changes(law, first, second) if change.rule.id == rule]
    return change


@pytest.mark.parametrize(
    ("first", "second", "what", "notes"),
    [
        (date(2021, 1, 1), date(2022, 1, 1), "new", [""]),
        (date(2022, 1, 1), date(2022, 7, 1), "ended", []),
        (date(2022, 1, 1), date(2023, 1, 1), "changed", ["narrower"]),
        (date(2023, 1, 1), date(2024, 1, 1), "suspended", ["suspended"]),
        (date(2024, 1, 1), date(2025, 1, 1), "in force again", ["back"]),
        (date(2021, 1, 1), date(2026, 1, 1), "came and went", ["", "narrower", "suspended", "back"]),
        (date(2023, 1, 1), date(2025, 1, 1), "changed", ["suspended", "back"]),
    ],
)
def test_what_became_of_it(law: Law, first: date, second: date, what: str, notes: list[str]) -> None:
    change = only(law, first, second)
    assert change.what == what
    assert [version.change for version in change.notes] == notes


def test_nothing_happened(law: Law) -> None:
    assert list(changes(law, date(2023, 2, 1), date(2023, 3, 1))) == []
    assert list(changes(law, date(2022, 8, 1), date(2022, 9, 1))) == []


def test_members_of_a_group_come_and_go(law: Law) -> None:
    change = only(law, date(2022, 1, 1), date(2023, 1, 1), "xx.g")
    assert (change.added, change.removed) == (("AZ",), ())
