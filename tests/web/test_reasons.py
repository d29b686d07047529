"""Reasons for stale or missing lists and doubts on hits, in the words of a page."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from licet.render.words import Words as Phrases
from licet.services import screen, screen_known, screen_lists
from licet.services.screen_lists import BY_OPTION
from licet.web.language import LANGUAGES
from licet.web.reasons import reason
from licet.web.tongue import Ours, Tongue
from licet.web.words import Said
from tests.parties.store.test_state import state

ON, FIRST = "2024-06-01", "2025-01-02"
GONE = f"no edition issued by {ON} is loaded: what had left the list before {FIRST} is not seen"
FEW = "only the parties of the law's own file are known, not the whole list"
WHOLE = [  # sentences of the services without parts
    "no list is loaded: licet lists sync fetches them, licet lists add FILE takes one from disk",
    "the row carries no date: it may have been listed later than the day asked for",
    "the row is of a later edition, which dates it to before the day asked for",
    "rules of the law encoded here read this list, but none says anything because of this row",
    "no rule of the law encoded here reads this list",
    FEW,
]
MADE = [  # and with them
    f"not loaded: cn.a, us.el{BY_OPTION}",
    f"not loaded: cn.a, us.el and 12 more{BY_OPTION}",
    f"us.el, us.sdn on {ON}: {GONE}",
    f"us.el on {ON}: {GONE}; entries of {FIRST} without a date: 7; they may have been listed after {ON}",
    f"us.el on {ON}: {FEW}",
    "it left the list between 2024-01-01 and 2024-02-01, so it may have left by then",
    "no law is encoded for 2017-01-01",
]


def told(text: str, language: str) -> str:
    """A reason, which has to be in the language."""
    found = reason(text, Said(language))
    assert isinstance(found, Ours) and "--list" not in found and "{" not in found
    assert language == "en" or not {"the", "loaded", "list", "edition", "days"} & set(found.split())
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", WHOLE + MADE)
def test_every_reason_is_told_in_every_language(text: str, language: str) -> None:
    told(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "how",
    [
        ("2026-08-10",), ("2026-08-09",), ("2026-08-04",), ("2026-07-01", "2026-08-08"), ("", "2026-08-08"), ("",),
        ("2026-07-01", "", "2026-07-20"), ("2026-07-01", "2026-08-08", "2026-07-20"), ("2026-07-01", "", "2026-06-01"),
    ],
)  # fmt: skip
def test_how_a_list_stands_is_told_in_every_language(tmp_path: Path, how: tuple[str, ...], language: str) -> None:
    words = state(tmp_path, *how).words
    assert told(words, language) == words or language != "en" or " 1 day" in words


@pytest.mark.parametrize("every", [None, 1, 7, 30, 365, 3])
def test_every_rhythm_is_told(tmp_path: Path, every: int | None) -> None:
    words = state(tmp_path, "2026-01-01", every=every, stale_after=7).words
    assert told(words, "en") == words and "发布方" in told(words, "zh-Hans")


@pytest.mark.parametrize("text", WHOLE)
def test_the_services_say_it_in_these_words(text: str) -> None:
    assert text in "".join(map(inspect.getsource, (screen, screen_known, screen_lists)))


def test_parts_stand_in_their_places() -> None:
    text = f"us.el on {ON}: {GONE}; entries of {FIRST} without a date: 7; they may have been listed after {ON}"
    assert told(text, "zh-Hant") == (
        f"us.el（{ON}）：未載入 {ON} 之前發布的版本，看不到 {FIRST} 之前已移出名單的條目，"
        f"{FIRST} 版中無日期的條目：7 個，可能在 {ON} 之後才列入"
    )
    assert told(f"not loaded: cn.a{BY_OPTION}", "en") == "not loaded: cn.a"


@pytest.mark.parametrize("text", ["a note of a list", "us.el: <b>", f"us.el on {ON}: {GONE}; and more", ":", "", ", "])
def test_what_is_not_known_stays_as_it_is(text: str) -> None:
    found = reason(text, Said("ja"))
    assert found == text.strip() and not isinstance(found, Ours)


def test_long_hostile_text_takes_no_time() -> None:
    assert reason("not loaded: " + "a, " * 50_000 + "!", Said("ja")).endswith("!")
    assert reason("1 day old, " * 20_000 + "!", Said("ja")).endswith("!")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_under_the_law_of_a_decision_is_not_taken_for_a_reason(language: str) -> None:
    phrases = Phrases(Tongue(language).answer)
    hashed = "0123456789ab"
    for line in (
        phrases("law.snapshot", hash=hashed, date=ON), phrases("law.as_read", date=ON),
        phrases("law.lists", names="us.el", hash=hashed), phrases("law.engine", engine="licet 0.1.0"),
        phrases("law.recognised", names="x"),
    ):  # fmt: skip
        assert reason(line, Said(language)) == line
