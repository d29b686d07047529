"""Screenings, hits and batches in the ledger: kept, shown, made again where that can be, held and erased."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from licet.facts.errors import LicetError
from licet.ledger.ledger import Ledger
from licet.ledger.verify import verify
from licet.parties.match.hit import DEFAULT_THRESHOLD
from licet.render.ledger import shown
from licet.services.check import Checker
from licet.services.hits import Hits
from licet.services.kept import Compiled
from licet.services.ledger import screenings
from licet.services.ledger.hits import keep_hit
from licet.services.ledger.lawkept import LawKept
from licet.services.ledger.replay import replay, replay_today
from licet.services.ledger.screenings import Gathering, ScreeningKeeper
from licet.services.ledger.show import read_shown
from licet.services.screen import Screener, Settings
from licet.services.screen_model import Asked
from licet.services.screen_rows import Told, asked
from tests.services.screen_fakes import DAY, ENTRIES, LOADED, PERSON, FakeStore, make

pytestmark = pytest.mark.usefixtures("sealed_once")
TODAY = date(2026, 11, 27)
PARTIES = [Asked("Igor Testovich", kind="person", countries=("RU",)), Asked("Nobody at All"), Asked("Zelkova QD")]
FAULTY = asked("?", Told(), ())


@pytest.fixture
def keeper(checker: Checker, ledger: Ledger) -> ScreeningKeeper:
    return ScreeningKeeper(ledger, LawKept(Compiled(checker.law, checker.known), ledger.store), "an analyst")


def screened(checker: Checker, keeper: ScreeningKeeper, home: Path | None = None) -> tuple[int, Gathering]:
    settings = Settings(DAY, lists=("us.el", "us.sdn", "uk"))
    screener = make(checker, FakeStore(), home, settings)
    found = Gathering(settings, screener.lists)
    assert len([*keeper.after(screener.each([*PARTIES, FAULTY]), found)]) == 4
    return 2, found


def reopened(checker: Checker, store: FakeStore, home: Path | None = None) -> Any:
    def again(compiled: Compiled, settings: Settings) -> Screener:
        assert compiled.law.hash == checker.law.hash
        return make(checker, store, home, settings)

    return again


def test_a_screening_says_nothing_of_parties_for_good(checker: Checker, keeper: ScreeningKeeper) -> None:
    number, _ = screened(checker, keeper)
    found = read_shown(keeper.ledger.store, number)
    says = found.record.says
    assert (found.record.kind, says["schema"], says["result"], says["exit_code"]) == (
        "screening", "licet.ledger/4", "hit", 20,
    )  # fmt: skip
    assert says["parties"] == {"clear": 1, "hits": 2, "unclear": 0, "failed": 1}
    assert says["editions"] == {"uk.sanctions": "2026-07-31", "us.el": "2026-07-31", "us.sdn": "2026-07-31"}
    assert (says["left_out"], says["silenced"]) == (0, 0)
    for name in ("Testovich", "Zelkova", "Nobody", "analyst"):
        assert name.upper() not in found.record.body.upper()
    assert [one["query"]["name"] for one in found.parts["answer"]] == [*(party.name for party in PARTIES), "?"]
    assert found.by == "an analyst"
    text = shown(found, "text", False)
    assert "2026-07-31  4 parties, hit" in text
    assert "us.sdn:sdn-7 TESTOVICH" in text
    assert "  Nobody at All: no hit" in text
    assert json.loads(shown(found, "json", False))["parts"]["inputs"]["threshold"] == DEFAULT_THRESHOLD
    with pytest.raises(LicetError, match="E_FORMAT: a record of the kind screening is shown as text or json"):
        shown(found, "html", False)
    assert verify(keeper.ledger.store).findings == ()


def test_a_screening_is_made_again_on_the_lists_of_then(
    checker: Checker, keeper: ScreeningKeeper, tmp_path: Path
) -> None:
    number, _ = screened(checker, keeper, tmp_path)
    store = keeper.ledger.store
    same = replay(store, number, reopened(checker, FakeStore(), tmp_path))
    assert (same.status, same.differences) == ("same", ())
    # What is decided on a hit afterwards does not count.
    Hits.open(tmp_path).decide(PARTIES[0].query, PERSON, "false", "an officer", "born in another year")
    assert replay(store, number, reopened(checker, FakeStore(), tmp_path)).status == "same"
    gone = replay(store, number, reopened(checker, FakeStore(ENTRIES[:1]), tmp_path))
    assert (gone.status, gone.why[:38]) == ("engine_unavailable", "the lists it was made on are not here ")
    again = screened(checker, keeper, tmp_path)[1]
    assert (again.says()["silenced"], again.tally.hits, again.tally.clear) == (1, 1, 2)
    later = replay(store, number, reopened(checker, FakeStore(stale=("us.el",)), tmp_path))
    assert later.status == "differs"
    assert later.differences[:1] == ('1.query.complete: "yes" -> "unknown"',)
    assert replay_today(store, number, checker).status == "engine_unavailable"


def test_a_screening_is_held_and_erased(checker: Checker, keeper: ScreeningKeeper) -> None:
    number, _ = screened(checker, keeper)
    ledger = keeper.ledger
    ledger.hold(number, "counsel", "an inquiry")
    with pytest.raises(LicetError, match="E_KEPT"):
        ledger.erase(number, "an officer", "asked for", TODAY)
    ledger.release(number, "counsel", "over")
    ledger.erase(number, "an officer", "asked for", TODAY)
    found = read_shown(ledger.store, number)
    assert (found.parts, found.by) == ({}, "")
    assert "4 parties, hit" in shown(found, "text", False)
    assert replay(ledger.store, number).status == "erased"
    assert verify(ledger.store).findings == ()


def test_of_many_parties_those_are_kept_of_whom_there_is_something_to_say(
    checker: Checker, keeper: ScreeningKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenings, "MOST", 2)
    settings = Settings(DAY, lists=("us.el", "us.sdn", "uk"), now=LOADED)
    screener = make(checker, FakeStore(), None, settings)
    found = Gathering(settings, screener.lists, table="ab" * 32)
    quiet = [Asked(f"Nobody {number}") for number in range(4)]
    assert len([*keeper.after(screener.each([*quiet, *PARTIES]), found)]) == 7
    kept = read_shown(keeper.ledger.store, 2)
    assert (kept.record.says["left_out"], kept.record.says["table"]) == (3, "ab" * 32)
    assert [one["query"]["name"] for one in kept.parts["answer"]] == [
        "Nobody 0", "Nobody 1", "Igor Testovich", "Zelkova QD",
    ]  # fmt: skip
    assert kept.record.says["parties"] == {"clear": 5, "hits": 2, "unclear": 0, "failed": 0}


def test_a_hit_that_was_decided_is_kept_before_it_counts(ledger: Ledger, tmp_path: Path) -> None:
    hits = Hits.open(tmp_path)
    said = ("false", "an officer", "born in another year")
    made = hits.decide(PARTIES[0].query, PERSON, *said, before=lambda one: keep_hit(ledger, one))
    hits.forget(made, "an officer", "a slip", before=lambda one: keep_hit(ledger, one))
    first, second = (read_shown(ledger.store, number) for number in (2, 3))
    assert [one.record.says["decision"] for one in (first, second)] == ["false", "forgotten"]
    assert (first.record.says["list"], first.record.says["entry"], first.by) == ("us.sdn", "sdn-7", "an officer")
    assert "Testovich" not in first.record.body
    assert "Igor Testovich (person; countries RU), held against TESTOVICH, Igor Primerovich: born" in shown(
        first, "text", False
    )
    assert replay(ledger.store, 2).why == "a person decided it"
    ledger.erase(2, "an officer", "asked for", TODAY + timedelta(days=1))
    assert "us.sdn:sdn-7  false" in shown(read_shown(ledger.store, 2), "text", False)
    with ledger.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE licet_part")
    with pytest.raises(LicetError, match="E_LEDGER"):
        hits.decide(PARTIES[0].query, PERSON, *said, before=lambda one: keep_hit(ledger, one))
    assert Hits.open(tmp_path).of(PARTIES[0].query, PERSON) is None
