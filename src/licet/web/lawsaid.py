"""The law in words for pages: how a provision stands, its conditions with names of facts spelt out and rules linked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from licet.render.labels import Labels
from licet.rules.law import Law

_NAME = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+)+")
_DAY = re.compile(r"(.*?) (\d{4}-\d\d-\d\d)")
_TONES = {"in_force": "clear", "suspended": "caution", "not_enforced": "caution", "scheduled": "open"}
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Status:
    """How a provision stands on a day: a word of the catalogue, the day it names, its colour, whether it is unknown."""

    word: str
    day: str
    tone: str
    unknown: bool


def status(text: str) -> Status:
    """The words of `licet.rules.diff.standing`, taken apart."""
    bare, comma, _ = text.partition(", unknown")
    dated = _DAY.fullmatch(bare)
    word = (dated[1] if dated else bare).replace(" ", "_")
    return Status(word, dated[2] if dated else "", "open" if comma else _TONES.get(word, "gone"), bool(comma))


@dataclass(frozen=True, slots=True)
class Speller:
    """Spells names that stand in texts of the law; links carry the day that is looked at."""

    law: Law
    labels: Labels
    day: date

    def address(self, rule: str) -> str:
        """The page of a provision."""
        return f"/law/{quote(rule)}?on={self.day}"

    def __call__(self, text: str) -> Markup:
        """A text of the law: rules as links, facts by their labels."""
        found, at = Markup(), 0
        for match in _NAME.finditer(text):
            found += escape(text[at : match.start()]) + self._named(match[0])
            at = match.end()
        return found + escape(text[at:])

    def _named(self, name: str) -> Markup:
        if name in self.law.rules:
            return Markup('<a href="{}">{}</a>').format(self.address(name), name)
        if self.law.dictionary.find(name) is not None:
            return Markup('<span class="fact">{}</span>').format(self.labels.fact(name))
        return escape(name)

    def value(self, value: Any) -> Markup:
        """What stands under a key of a law file."""
        if isinstance(value, bool):
            return escape("yes" if value else "no")
        if isinstance(value, dict):
            return Markup("; ").join(Markup("{}: {}").format(key, self.value(one)) for key, one in value.items())
        if isinstance(value, list | tuple | frozenset | set):
            return Markup(", ").join(self.value(one) for one in value)
        return self(str(value))

    def member(self, code: str) -> str:
        """A member of a group: a country with its name, else as it is."""
        return self.labels.country(code) if _COUNTRY.fullmatch(code) else code
