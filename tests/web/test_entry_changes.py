"""What changed in an entry since a hit on it was decided, in the words of a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from licet.parties.entry import KINDS, NAME_KINDS, Entry, Identifier, Name
from licet.services.hits_entry import changes, content
from licet.web.entrychanges import entry_change
from licet.web.language import LANGUAGES
from licet.web.tongue import Ours
from licet.web.words import Said

OLD = Entry("us.el", "1", (Name("Zelkova", "primary"),))
NEW: tuple[dict[str, Any], ...] = (
    {"names": tuple(Name(f"{kind} <b>, + x", kind) for kind in NAME_KINDS if kind != "added")},
    {"countries": ("CN", "RU")}, {"addresses": ("1 Road, - 2 <b>",)}, {"births": ("1970", "1971-02")},
    {"identifiers": (Identifier("imo", "9000001"), Identifier("", "x: y is now z"))}, {"programmes": ("UKRAINE",)},
    {"footnotes": ("4", "5")}, {"scope": "all"}, {"policy": "denial"}, {"start": date(2024, 1, 1)},
    {"end": date(2025, 1, 1)}, {"cite": "89 FR 1"}, {"note": "a note"}, *({"kind": kind} for kind in KINDS[:-1]),
)  # fmt: skip


def made() -> list[str]:
    """Changes of every part, there and back, and of a part that was not kept when the hit was decided."""
    found: list[str] = []
    old = content(OLD)
    for parts in NEW:
        new = content(replace(OLD, **parts))
        found += [*changes(old, new), *changes(new, old)]
    twice = old | {"names": old["names"] * 2}
    return [*found, *changes({}, old), *changes(twice, old)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_change_is_told_in_every_language(language: str) -> None:
    told = {text: entry_change(text, Said(language)) for text in made()}
    assert {text.partition(":")[0] for text in told} == content(OLD).keys()
    for text, found in told.items():
        assert isinstance(found, Ours) and "{" not in found, text
        assert (found == text.removesuffix(": ")) == (language == "en"), text


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"names": (Name("Zelkova", "primary"), Name("泽 <b>", "original"))}, "名稱：+ 泽 <b> (原文名稱)"),
        ({"kind": "vessel"}, "類型：原為 不詳，現為 船舶"),
        ({"end": date(2025, 1, 1)}, "移出日期：原為 無，現為 2025-01-01"),
        ({"births": ("1970",)}, "出生日期：+ 1970"), ({"scope": "x"}, "範圍"),
    ],
)  # fmt: skip
def test_parts_stand_in_their_places(parts: dict[str, Any], told: str) -> None:
    (text,) = changes(content(OLD), content(replace(OLD, **parts)))
    assert entry_change(text, Said("zh-Hant")) == told


@pytest.mark.parametrize(
    "name", ["A (alias), - B", "end: nothing is now 2024-01-01", "(former)", "{told} %s (x)", "; scope"]
)
def test_a_name_stays_whole_whatever_it_says(name: str) -> None:
    """Only the words in brackets that end a name are those of the page."""
    (text,) = changes(content(OLD), content(replace(OLD, names=(*OLD.names, Name(name, "weak")))))
    assert text == f"names: + {name} (weak)" == entry_change(text, Said("en"))
    assert entry_change(text, Said("ja")) == f"名称：+ {name} (弱い別名)".replace("(alias), -", "(別名), -")


@pytest.mark.parametrize(
    "text",
    [
        "weight: + 1", "names: x", "kind: firm is now <b>", "end: soon is now later", "scope: x", "names", "kind", "",
        ": ", "start: nothing is now 2024-01-01 is now 2025-01-01",
    ],
)  # fmt: skip
def test_what_is_not_known_stays_as_it_is(text: str) -> None:
    found = entry_change(text, Said("en"))
    assert found == text.strip() and isinstance(found, Ours) == (text == "names")


def test_long_hostile_text_takes_no_time() -> None:
    for text in ("names: " + "+ (, " * 200_000, "kind: " + "firm is now " * 100_000, ": " * 400_000):
        assert entry_change(text, Said("en")) == text.strip()
