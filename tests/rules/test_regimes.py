"""The regimes: reading their files, and who takes part on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from licet.facts.errors import LawError
from licet.facts.truth import Truth
from licet.rules.regimes import FOLDER, Regime, read_regimes, read_steps
from licet.services.home import law_root

SIZES = {"ag": 43, "mtcr": 35, "nsg": 48, "wa": 42}
HEAD = "regime: xx\nname: A club\nsubject: things\nlists: [a list]\nbegan: 1990\ndecides: consensus\nmeets: yearly\n"
HEAD += "binding: no\nchecked_to: 2025-01-01\nsources:\n  a: {cite: a page, read: 2026-01-02, basis: official}\n"
MEMBERS = "members:\n  - {from: 1990-05, source: a, states: [FR]}\n"


def club(folder: Path, text: str) -> Regime:
    (folder / FOLDER).mkdir(exist_ok=True)
    (folder / FOLDER / "xx.yaml").write_text(text, encoding="utf-8")
    return read_regimes(folder)[0]


@pytest.mark.parametrize("name", SIZES)
def test_a_regime_has_as_many_members_as_it_says_of_itself(name: str) -> None:
    regime = next(regime for regime in read_regimes(law_root()) if regime.id == name)
    assert len(regime.members) == SIZES[name]
    assert all(member.since.last >= regime.began.first for member in regime.members)


@pytest.mark.parametrize(
    ("written", "on", "expected"),
    [
        ("1990-05-17", "1990-05-16", False),
        ("1990-05-17", "1990-05-17", True),
        ("1990-05", "1990-04-30", False),
        ("1990-05", "1990-05-01", None),
        ("1990-05", "1990-05-30", None),
        ("1990-05", "1990-05-31", True),
        ("1990", "1989-12-31", False),
        ("1990", "1990-01-01", None),
        ("1990", "1990-12-31", True),
        ("1990..1991", "1991-12-30", None),
        ("1990..1991", "1991-12-31", True),
        ("1990-02..1991-02", "1991-02-27", None),
        ("1990-02..1991-02", "1991-02-28", True),
    ],
)
def test_within_what_the_source_leaves_open_it_is_not_known(
    written: str, on: str, expected: Truth, tmp_path: Path
) -> None:
    regime = club(tmp_path, HEAD + MEMBERS.replace("1990-05", written))
    assert regime.has("FR", date.fromisoformat(on)) is expected
    assert regime.has("DE", date.fromisoformat(on)) is False


@pytest.mark.parametrize(
    ("members", "says"),
    [
        (MEMBERS.replace("1990-05", "soon"), "is no date"),
        (MEMBERS.replace("1990-05", "1990-13"), "month must be in 1..12"),
        (MEMBERS.replace("source: a", "source: b"), "there is no source 'b'"),
        (MEMBERS.replace("FR", "FR, FR"), "a member twice"),
        (MEMBERS.replace("FR", "QQ"), "is no country"),
        (MEMBERS.replace("states", "countries"), "has no key 'countries'"),
    ],
)
def test_a_wrong_file_is_an_error_with_its_line(members: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(LawError) as raised:
        club(tmp_path, HEAD + members)
    assert says in str(raised.value)
    assert raised.value.problems[0].place.file == "law/regimes/xx.yaml"


def test_steps_stand_in_order_and_name_members_or_regimes() -> None:
    steps = read_steps(law_root())
    names = {regime.id for regime in read_regimes(law_root())}
    assert [step.on for step in steps] == sorted(step.on for step in steps)
    assert all(by in names or len(by) == 2 for step in steps for by in step.by)
