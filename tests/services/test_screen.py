"""Screening: hits with their effect, what would rule them out, and never clear without all lists."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from licet.facts.errors import LicetError
from licet.parties.entry import Entry, Name
from licet.parties.store.model import Leaving
from licet.services.check import Checker
from licet.services.screen import CHUNK, EXIT_CLEAR, EXIT_HIT, EXIT_NOT_CLEAR, Settings, Tally
from licet.services.screen_answer import answer
from licet.services.screen_model import Asked, Found, Screened
from licet.services.screen_rows import NOTHING, Told, asked
from licet.services.screen_schema import screening_schema
from tests.services.screen_fakes import DAY, ENTRIES, LOADED, PERSON, TEACUP, ZELKOVA, FakeStore, make

ROLES = ("end_user", "carrier", "forwarder", "purchaser")
ALL = ("us.el", "us.sdn", "uk")


def one(checker: Checker, name: str, told: Told = NOTHING, store: FakeStore | None = None, **more: Any) -> Screened:
    settings = replace(Settings(DAY, lists=ALL, now=LOADED), **more)
    (screened,) = make(checker, store, settings=settings).screen([asked(name, told, ROLES)])
    return screened


def hit(screened: Screened) -> Found:
    assert screened.hits, screened
    return screened.hits[0]


# --- hits --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Zelkova Quantum Devices", "zelkova qd", "榉木量子器件有限公司", "Zelkova Quantum Devises Co"]
)
def test_a_party_is_found_by_any_of_its_names(checker: Checker, name: str) -> None:
    screened = one(checker, name)
    assert screened.result == "hit"
    assert hit(screened).hit.entry == ZELKOVA
    assert hit(screened).hit.reasons


def test_a_hit_shows_its_row_and_its_effect(checker: Checker) -> None:
    found = hit(one(checker, "Zelkova Quantum Devices", Told(role="end user")))
    assert (found.row.scope, found.row.policy, found.row.exceptions_barred) == (
        "all_items",
        "presumption_of_denial",
        True,
    )
    assert {effect.rule: effect.bites for effect in found.effect}["us.ear.744.11"] is True
    assert found.note == ""


def test_the_role_decides(checker: Checker) -> None:
    found = hit(one(checker, "Zelkova Quantum Devices", Told(role="carrier")))
    assert [effect.kind for effect in found.effect if effect.bites] == ["flag"]


def test_a_list_the_law_does_not_read_says_so(checker: Checker) -> None:
    store = FakeStore((replace(TEACUP, list="un.sc"),), published=("un.sc",))
    found = hit(one(checker, "Teacup Holdings Ltd", store=store, lists=("un.sc",)))
    assert found.effect == ()
    assert found.note == "no rule of the law encoded here reads this list"


def test_a_day_before_the_law_has_no_effect(checker: Checker) -> None:
    found = hit(one(checker, "Zelkova Quantum Devices", on=date(2010, 1, 1)))
    assert found.note == "no law is encoded for 2010-01-01"


def test_a_row_that_brings_about_nothing(checker: Checker) -> None:
    entry = replace(PERSON, list="us.ssi", programmes=())
    store = FakeStore((entry,), ("us.ssi",))
    found = hit(one(checker, "Igor Testovich", store=store, lists=("us.ssi",)))
    assert found.note.startswith("rules of the law encoded here read this list, but none")


def test_more_hits_than_asked_for_are_told(checker: Checker) -> None:
    many = tuple(replace(TEACUP, id=f"uk-{number}") for number in range(4))
    store = FakeStore((ZELKOVA, PERSON, *many))
    screened = one(checker, "Teacup Holdings", store=store, limit=3)
    assert (len(screened.hits), screened.more) == (3, True)
    assert not one(checker, "Teacup Holdings", store=store, limit=4).more


# --- what would rule it out ----------------------------------------------------------------------


def test_what_was_not_told_and_would_tell_them_apart(checker: Checker) -> None:
    clues = {clue.fact: clue.ask for clue in hit(one(checker, "Igor Testovich")).clues}
    assert clues == {
        "identifiers": "ask for its number (registration, tax, passport, IMO …): the entry's is passport X1234567",
        "births": "ask for the date of birth: the entry's is 1972-11-21",
        "countries": "ask for the country: the entry's is Russia",
        "kind": "ask what it is: the entry's is person",
    }


def test_what_was_told_is_not_asked(checker: Checker) -> None:
    told = Told(country="Russia", born="1972-11-21", id="X1234567", kind="person")
    assert hit(one(checker, "Igor Testovich", told)).clues == ()


def test_many_values_are_counted(checker: Checker) -> None:
    entry = replace(PERSON, births=tuple(f"19{year}" for year in range(60, 70)))
    store = FakeStore((entry, ZELKOVA, TEACUP))
    (birth,) = [clue for clue in hit(one(checker, "Igor Testovich", store=store)).clues if clue.fact == "births"]
    assert birth.ask.endswith("1960 or 1961 or 1962 or one of 7 more")
    assert len(birth.entry_has) == 10


# --- complete ----------------------------------------------------------------------------------


def test_no_hit_with_all_lists_fresh_is_clear(checker: Checker) -> None:
    screened = one(checker, "Quite Another Bakery")
    assert (screened.result, screened.complete, screened.why, screened.clear) == ("no_hit", True, (), True)


def test_a_stale_list_is_never_clear(checker: Checker) -> None:
    screened = one(checker, "Quite Another Bakery", store=FakeStore(stale=("uk.sanctions",)))
    assert (screened.complete, screened.clear) == (None, False)
    assert screened.why == ("uk.sanctions: last seen 40 days ago, it is published every day",)


def test_a_list_that_is_not_certain_for_the_day_is_never_clear(checker: Checker) -> None:
    store = FakeStore(doubts={"us.el": "no edition of that day is here"})
    screened = one(checker, "Quite Another Bakery", store=store)
    assert (screened.complete, screened.clear) == (None, False)
    assert screened.why == ("us.el on 2026-07-31: no edition of that day is here",)


def test_a_list_that_is_not_loaded_is_never_clear(checker: Checker) -> None:
    screened = one(checker, "Quite Another Bakery", store=FakeStore((ZELKOVA, PERSON)))
    assert (screened.complete, screened.clear) == (False, False)
    assert screened.why == ("not loaded: uk.sanctions (--list says which lists count)",)


def test_without_a_choice_every_list_the_law_reads_counts(checker: Checker) -> None:
    screened = one(checker, "Quite Another Bakery", lists=())
    assert screened.complete is False
    assert screened.why[0].startswith("not loaded: cn.attention, ")
    assert "and " in screened.why[0]


def test_nothing_loaded(checker: Checker) -> None:
    screened = one(checker, "Zelkova Quantum Devices", store=FakeStore(()), lists=())
    assert (screened.result, screened.complete, screened.clear) == ("no_hit", False, False)
    assert "licet lists sync" in screened.why[0]


def test_what_was_not_loaded_by_then_does_not_count(checker: Checker) -> None:
    screened = one(checker, "Zelkova Quantum Devices", known=LOADED - timedelta(seconds=1))
    assert (screened.result, screened.complete) == ("no_hit", False)


def test_one_list_alone(checker: Checker) -> None:
    screened = one(checker, "Teacup Holdings Limited", lists=("us.el",))
    assert (screened.result, screened.clear) == ("no_hit", True)
    assert [state.list for state in screened.lists.states] == ["us.el"]
    assert screened.lists.snapshot != one(checker, "x1", lists=("us.sdn",)).lists.snapshot


def test_a_list_that_is_not_known(checker: Checker) -> None:
    with pytest.raises(LicetError, match=r"E_LIST: --list: there is no list 'us.ell' - did you mean us.el"):
        one(checker, "x1", lists=("us.ell",))


def test_rows_that_may_not_have_stood_there_say_so(checker: Checker) -> None:
    leaving = {"el-1": Leaving(ZELKOVA, date(2026, 7, 1), date(2026, 8, 1))}
    store = FakeStore(undated=frozenset({"el-1"}), leaving=leaving)
    doubts = hit(one(checker, "Zelkova Quantum Devices", store=store)).doubts
    assert len(doubts) == 2
    assert "between 2026-07-01 and 2026-08-01" in doubts[1]


# --- hostile ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "the name is empty"),
        ("   ", "the name is empty"),
        ("…!?", "'…!?' holds no letter or digit"),
        ("🚢🚢", "holds no letter or digit"),
        ("\0\x1b", "holds no letter or digit"),
        ("x" * 10_000, "the name has 10,000 characters, the limit is 500"),
    ],
)
def test_names_that_cannot_be_screened(checker: Checker, name: str, said: str) -> None:
    screened = one(checker, name)
    assert screened.result == "failed"
    assert screened.query.problem is not None
    assert said in screened.query.problem.message
    assert not screened.clear


@pytest.mark.parametrize(
    "name",
    [
        "Zelkova\0 Quantum\x1b[31m Devices",
        "\u202eZelkova Quantum Devices\u202c",
        "=Zelkova Quantum Devices",
        "Zelkova Quantum Devices 🚢",
        "Ｚｅｌｋｏｖａ Ｑｕａｎｔｕｍ Ｄｅｖｉｃｅｓ",
        "Zelkova\nQuantum\tDevices",
        "Zelkova Quantum Devices\ud800",
    ],
)
def test_hostile_names_are_only_names(checker: Checker, name: str) -> None:
    screened = one(checker, name)
    assert hit(screened).hit.entry == ZELKOVA
    json.dumps(asdict(answer(screened, Settings(DAY)))).encode()


def test_the_longest_name_that_is_screened(checker: Checker) -> None:
    assert one(checker, "Ze" * 250).result == "no_hit"
    assert one(checker, "Ze " * 40).result == "no_hit"


@pytest.mark.parametrize(
    ("name", "said"),
    [("Ze " * 41 + "Zelkova QD", "40 words are read"), ("\u02d0\u02d0", "nothing that can be read as a name")],
)
def test_a_name_that_is_not_read_whole_is_never_clear(checker: Checker, name: str, said: str) -> None:
    screened = one(checker, name)
    assert (screened.result, screened.clear) == ("failed", False)
    assert screened.query.problem is not None
    assert said in screened.query.problem.message


def test_one_that_fails_leaves_the_others(checker: Checker) -> None:
    screener, tally = make(checker), Tally()
    everybody = [
        asked(name, NOTHING, ROLES, row) for row, name in enumerate(["", "Zelkova QD", "x" * 2000, "Bakery"], 2)
    ]
    results = [tally.add(screened).result for screened in screener.each(everybody)]
    assert results == ["failed", "hit", "failed", "no_hit"]
    assert (tally.parties, tally.failed, tally.hits, tally.clear) == (4, 2, 1, 1)


# --- outcome and data ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "stale", "code"),
    [
        (["Bakery"], (), EXIT_CLEAR),
        (["Bakery", "Zelkova QD"], (), EXIT_HIT),
        (["Bakery"], ("us.el",), EXIT_NOT_CLEAR),
        (["Bakery", "Zelkova QD"], ("us.el",), EXIT_HIT),
        (["Bakery", ""], (), EXIT_NOT_CLEAR),
    ],
)
def test_exit_codes(checker: Checker, names: list[str], stale: tuple[str, ...], code: int) -> None:
    screener, tally = make(checker, FakeStore(stale=stale)), Tally()
    for screened in screener.each(asked(name, NOTHING, ROLES) for name in names):
        tally.add(screened)
    assert tally.exit_code == code


def test_answers_fit_the_schema(checker: Checker) -> None:
    settings = Settings(DAY, known=datetime(2026, 8, 1, tzinfo=UTC), lists=ALL)
    names = ["Zelkova Quantum Devices", "Igor Testovich", "Teacup Holdings", "Bakery", ""]
    told = Told(role="carrier", country="CN;Atlantis", born="1972")
    screener = make(checker, FakeStore(stale=("us.el",), undated=frozenset({"el-1"})), settings=settings)
    answers = [answer(found, settings) for found in screener.screen([asked(name, told, ROLES) for name in names])]
    schema = screening_schema()
    Draft202012Validator.check_schema(schema)
    data = json.loads(json.dumps([asdict(one) for one in answers]))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    first = data[0]
    assert set(first) == {"query", "hits"}
    assert {"entry", "list", "score", "alias", "reasons", "effect"} <= set(first["hits"][0])
    assert first["query"]["complete"] == "unknown"
    assert first["query"]["lists"] == {
        "snapshot": first["query"]["lists"]["snapshot"],
        "names": {"uk.sanctions": "2026-07-31", "us.el": "2026-07-31", "us.sdn": "2026-07-31"},
    }
    assert first["query"]["notes"] == ["country 'Atlantis' is not known"]
    assert [effect["id"] for effect in data[2]["hits"][0]["effect"]] == ["uk.russia.reg_11"]
    assert data[4]["query"]["problem"] == "E_NAME: the name is empty"


def test_five_thousand_rows_in_bounded_pieces(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("licet.services.screen.CHUNK", 256)
    entries = (*ENTRIES, *(Entry("us.el", f"e{n}", (Name(f"Listed Firm {n}"),)) for n in range(200)))
    screener, sizes = make(checker, FakeStore(entries)), []
    inner = screener.finder.search_many

    class Counting:
        def search_many(self, queries: Any, limit: int = 5, threshold: float = 0.7) -> Any:
            sizes.append(len(queries))
            return inner(queries, limit, threshold)

        def foresee(self, queries: Any) -> None: ...

        def silent(self, query: Any) -> bool:
            return False

    screener.finder = Counting()
    everybody = (
        Asked("Zelkova Quantum Devices" if row % 50 == 0 else f"Bakery Number {row}", row=row) for row in range(5_000)
    )
    start = time.perf_counter()
    hits = [screened.query.row for screened in screener.each(everybody) if screened.result == "hit"]
    assert set(range(0, 5_000, 50)) <= set(hits)
    assert max(sizes) == 256
    assert time.perf_counter() - start < 30
    assert CHUNK > 1_024
