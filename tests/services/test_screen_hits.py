"""Decisions on hits: they hold for the same question and the same entry, and nothing is ever lost."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from licet.facts.errors import LicetError
from licet.parties.entry import Identifier, Name
from licet.parties.match.hit import Query
from licet.services.check import Checker
from licet.services.hits import FILE, Hits
from licet.services.screen_model import Asked
from tests.services.screen_fakes import ENTRIES, PERSON, TEACUP, ZELKOVA, FakeStore, make

IGOR = Query("Igor Testovich", "person", ("RU",))


def decided(home: Path, decision: str = "false") -> Hits:
    hits = Hits.open(home)
    hits.decide(IGOR, PERSON, decision, "A. Tester", "born 1990")
    return Hits.open(home)


def test_a_decision_is_kept(tmp_path: Path) -> None:
    found = decided(tmp_path).of(IGOR, PERSON)
    assert found is not None
    assert (found.decision, found.by, found.reason, found.stands, found.silences) == (
        "false",
        "A. Tester",
        "born 1990",
        True,
        True,
    )
    assert (tmp_path / "hits" / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "query",
    [
        Query("igor  TESTOVICH", "person", ("RU",)),
        Query("Igor Testovich.", "person", ("RU",)),
    ],
)
def test_the_same_question_in_other_letters(tmp_path: Path, query: Query) -> None:
    assert decided(tmp_path).of(query, PERSON) is not None


@pytest.mark.parametrize(
    "query",
    [
        Query("Igor Testovich", "person"),
        Query("Igor Testovich", "unknown", ("RU",)),
        Query("Igor Testovich", "person", ("RU",), ("1972",)),
        Query("Igor Testovich", "person", ("RU",), (), ("X1",)),
        Query("Igor Testovich", "person", ("RU",), (), (), ("Moscow",)),
        Query("Igor Testowitsch", "person", ("RU",)),
        Query("", "person", ("RU",)),
    ],
)
def test_another_question_is_not_decided(tmp_path: Path, query: Query) -> None:
    assert decided(tmp_path).of(query, PERSON) is None


def test_another_entry_is_not_decided(tmp_path: Path) -> None:
    hits = decided(tmp_path)
    assert hits.of(IGOR, replace(PERSON, id="sdn-8")) is None
    assert hits.of(IGOR, replace(PERSON, list="eu.269")) is None


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (replace(PERSON, births=("1990-01-01",)), "births: + 1990-01-01, - 1972-11-21"),
        (replace(PERSON, names=(*PERSON.names, Name("Igor T.", "alias"))), "names: + Igor T. (alias)"),
        (replace(PERSON, identifiers=(Identifier("inn", "77"),)), "identifiers: + inn 77, - passport X1234567"),
        (replace(PERSON, end=date(2026, 1, 1)), "end: nothing is now 2026-01-01"),
        (replace(PERSON, policy="Case-by-case"), "policy"),
        (replace(PERSON, kind="firm"), "kind: person is now firm"),
    ],
)
def test_an_entry_that_changes_opens_the_hit_again(tmp_path: Path, entry: object, said: str) -> None:
    found = decided(tmp_path).of(IGOR, entry)  # type: ignore[arg-type]
    assert found is not None
    assert (found.stands, found.silences, found.confirms) == (False, False, False)
    assert found.changed == (said,)


@pytest.mark.parametrize(
    "entry",
    [
        replace(PERSON, names=(PERSON.names[0], *PERSON.names[:0:-1])),
        replace(PERSON, names=(*PERSON.names, Name("伊戈尔", "added", "a file of aliases"))),
        replace(PERSON, url="https://example.org"),
    ],
)
def test_what_is_no_change_of_the_entry(tmp_path: Path, entry: object) -> None:
    found = decided(tmp_path).of(IGOR, entry)  # type: ignore[arg-type]
    assert found is not None
    assert found.stands


def test_the_last_decision_counts_and_forgetting_leaves_it_on_file(tmp_path: Path) -> None:
    hits = decided(tmp_path)
    hits.decide(IGOR, PERSON, "true", "B. Tester", "passport seen")
    found = Hits.open(tmp_path).of(IGOR, PERSON)
    assert found is not None
    assert found.confirms
    (standing,) = Hits.open(tmp_path).standing()
    Hits.open(tmp_path).forget(standing, "B. Tester", "slip")
    again = Hits.open(tmp_path)
    assert again.of(IGOR, PERSON) is None
    assert again.standing() == []
    assert [(one.number, one.decision) for one in again.all()] == [(1, "false"), (2, "true"), (3, "forgotten")]


def test_decisions_of_later_do_not_count_before(tmp_path: Path) -> None:
    hits = decided(tmp_path)
    assert hits.of(IGOR, PERSON, datetime.now(UTC) - timedelta(hours=1)) is None
    assert hits.of(IGOR, PERSON, datetime.now(UTC) + timedelta(hours=1)) is not None


def test_nothing_on_file_can_be_changed(tmp_path: Path) -> None:
    decided(tmp_path)
    with sqlite3.connect(tmp_path / "hits" / FILE) as database:
        for statement in ("UPDATE decision SET who = 'x'", "DELETE FROM decision"):
            with pytest.raises(sqlite3.IntegrityError, match="decisions are never"):
                database.execute(statement)


@pytest.mark.parametrize(
    ("decision", "by", "reason"),
    [("maybe", "A", "x"), ("false", " ", "x"), ("false", "A", ""), ("false", "A", "x" * 2001)],
)
def test_a_decision_says_what_who_and_why(tmp_path: Path, decision: str, by: str, reason: str) -> None:
    with pytest.raises(LicetError, match="E_DECISION"):
        Hits.open(tmp_path).decide(IGOR, PERSON, decision, by, reason)
    assert list(Hits.open(tmp_path).all()) == []


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to look like one" * 20, b"SQLite format 3\0"]
)
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "hits").mkdir()
    (tmp_path / "hits" / FILE).write_bytes(content)
    with pytest.raises(LicetError, match="E_HITS"):
        Hits.open(tmp_path)


def test_a_file_of_a_later_version_is_told(tmp_path: Path) -> None:
    decided(tmp_path)
    with sqlite3.connect(tmp_path / "hits" / FILE) as database:
        database.execute("PRAGMA user_version = 9")
    with pytest.raises(LicetError, match="it is of version 9, this program knows 1"):
        Hits.open(tmp_path)


def test_no_folder_keeps_nothing(tmp_path: Path) -> None:
    assert Hits.open(None).of(IGOR, PERSON) is None
    with pytest.raises(LicetError, match="E_HITS: there is no folder"):
        Hits.open(None).decide(IGOR, PERSON, "false", "A", "b")
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(LicetError, match="E_HITS"):
        Hits(blocked / "hits").decide(IGOR, PERSON, "false", "A", "b")


def test_many_may_decide_at_once(tmp_path: Path) -> None:
    def decide(number: int) -> None:
        Hits.open(tmp_path).decide(Query(f"Name {number}"), PERSON, "false", "A", "b")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(decide, range(40)))
    assert sorted(one.number for one in Hits.open(tmp_path).all()) == list(range(1, 41))


# --- in a screen -------------------------------------------------------------------------------


def test_a_false_match_is_silent_until_the_entry_changes(checker: Checker, tmp_path: Path) -> None:
    query = Asked("Igor Testovich")
    Hits.open(tmp_path).decide(query.query, PERSON, "false", "A. Tester", "born 1990")
    (screened,) = make(checker, home=tmp_path).screen([query])
    assert (screened.result, screened.clear) == ("decided", True)
    assert len(screened.hits) == 1
    changed = replace(PERSON, births=("1990-01-01",))
    (screened,) = make(checker, FakeStore((ZELKOVA, changed, TEACUP)), tmp_path).screen([query])
    assert screened.result == "hit"
    assert screened.hits[0].decided is not None
    assert screened.hits[0].decided.changed


def test_a_true_match_stays_a_hit(checker: Checker, tmp_path: Path) -> None:
    query = Asked("Igor Testovich")
    Hits.open(tmp_path).decide(query.query, PERSON, "true", "A. Tester", "passport")
    (screened,) = make(checker, home=tmp_path).screen([query])
    assert screened.result == "hit"
    assert screened.hits[0].decided is not None
    assert screened.hits[0].decided.confirms


def test_decided_hits_do_not_take_the_place_of_others(checker: Checker, tmp_path: Path) -> None:
    many = tuple(replace(TEACUP, id=f"uk-{number}") for number in range(12))
    query = Asked("Teacup Holdings Limited")
    hits = Hits.open(tmp_path)
    for entry in many[:8]:
        hits.decide(query.query, entry, "false", "A", "b")
    (screened,) = make(checker, FakeStore((*ENTRIES[:2], *many)), tmp_path).screen([query])
    assert screened.result == "hit"
    assert sum(found.open for found in screened.hits) == 4
