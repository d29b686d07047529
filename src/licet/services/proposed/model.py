"""A proposed fact, and the texts it may have been read in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from licet.facts.yamltext import Mapping

MOST_FACTS, MOST_WORDS, MOST_SOURCES, MOST_TEXT = 500, 2_000, 20, 400_000  # facts; characters of a quote; texts, theirs
MOST_KEY = 100
MOST_ITEMS, MOST_THINGS = 20, 300  # of a case: what somebody waits for is answered in seconds
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
    """

    fact: Proposed
    found: bool | None
    literal: bool | None
    closes: bool


@dataclass(frozen=True, slots=True)
class Built:
    """A case made of proposed facts: its text in JSON, what was used, and the keys of its things by their labels."""

    text: str
    node: Mapping
    used: Sequence[Used]
    keys: dict[str, str]

    def key(self, label: str) -> str:
        """The key of a thing that an answer names by its label."""
        return self.keys.get(label, label)
