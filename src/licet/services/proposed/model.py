"""A proposed fact, and the texts it may have been read in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from licet.facts.dictionary import SAME_FACTS, level
from licet.facts.yamltext import Mapping

MOST_FACTS, MOST_WORDS, MOST_SOURCES, MOST_TEXT = 500, 2_000, 20, 400_000  # facts; characters of a quote; texts, theirs
MOST_KEY = 100
MOST_ITEMS, MOST_THINGS = 20, 300  # of a case: what somebody waits for is answered in seconds
COMPLETE_OF = {"rates": "item", "components": "item", "listings": "party", "owners": "party"}
_LISTS = {
    "item": ("items", "components"), "party": ("parties", "owners"), "rate": ("rates",), "listing": ("listings",),
    "evidence": ("held",),
}  # fmt: skip
ONE_PLACE = {"item": "item", "party": "party", "evidence": "paper"}  # the key of a thing that is the only one


@dataclass(frozen=True, slots=True)
class Proposed:
    """A fact by its name in the dictionary, its value, the words it was read from, and where these stand.

    `of` says which thing it is about, by a key that the proposer chooses; a thing inside another stands after a slash
    (`card/rate1`). It is empty for facts of the case as a whole.
    """

    fact: str
    value: Any
    words: str
    source: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A text that facts were read in."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Used:
    """A fact that was taken.

    `found`: whether its words were found in the text of the source (None: no such text was given). `literal`: whether
    the value itself stands in the words; None where it cannot, because it says what they mean. `closes`: it says that
    there is nothing else (a list is complete, an inquiry found no sign), which clears more than any other reading.
    `range`: only a range of it is known. `at` is the place in the case of the thing it is about.
    """

    fact: Proposed
    found: bool | None
    literal: bool | None
    closes: bool
    range: bool
    at: str


@dataclass(frozen=True, slots=True)
class Built:
    """A case made of proposed facts: its text in JSON, what was used, and the keys of its things.

    `keys` are by the labels that answers call things by, `places` by where they stand (`parties[2].owners[1]`).
    """

    text: str
    node: Mapping
    used: Sequence[Used]
    keys: dict[str, str]
    places: dict[str, str]

    def key(self, label: str) -> str:
        """The key of a thing that an answer names by its label."""
        return self.keys.get(label, label)

    def place(self, fact: str, key: str) -> str | None:
        """Where the thing stands that a key names for a fact; empty for the case, None where there is no such thing."""
        if not key:
            return ""
        kind = COMPLETE_OF.get(fact.partition(".")[2], "") if fact.startswith("complete.") else level(fact)
        lists = _LISTS.get(SAME_FACTS.get(kind, kind), ())
        found = (place for place, own in self.places.items() if own == key)
        return next((place for place in found if place.rpartition(".")[2].partition("[")[0] in lists), None)
