"""Facts in the field's words: `item.die_area_mm2` as `die area`, with units as people write them.

`labels.tsv` holds the words in English and Chinese for facts, their values and lists, `names/*.tsv` those of other
languages. What neither holds yet is spelt from its name, so a new fact of the dictionary is never without a label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from licet.facts.countries import country_name
from licet.facts.dictionary import Dictionary, FactType, own_name
from licet.render.han import written
from licet.render.named import COUNTRY, LABEL, WORD, named
from licet.render.words import base

_UNITS = MappingProxyType(
    {
        "mm2": "mm²",
        "um2": "µm²",
        "um": "µm",
        "um/min": "µm/min",
        "C": "°C",
        "g/cm3": "g/cm³",
        "Gb/mm2": "Gb/mm²",
        "GB/s/mm2": "GB/s/mm²",
    }
)
_UNIT_ENDINGS = frozenset(
    {"nm", "mm", "mm2", "um", "um2", "m", "c", "pa", "mpa", "ev", "ms", "bn", "usd", "gb", "s", "tops", "min"}
)
# Whole parts of numbers from four digits on, but not the year of a date.
_WHOLE = re.compile(r"(?<![\d.-])\d{4,}(?!\d|-\d)")


@cache
def table() -> dict[str, tuple[str, str]]:
    """Fact, value or list to its (English, Chinese) words."""
    text = (files("licet.render") / "labels.tsv").read_text(encoding="utf-8")
    return {name: (english, chinese) for name, english, chinese in (row.split("\t") for row in text.splitlines())}


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of facts, values and units in one language."""

    dictionary: Dictionary
    language: str

    def known(self, name: str, kind: str = LABEL) -> str:
        """The words of the tables; empty where they have none."""
        english, chinese = table().get(name, ("", ""))
        if self.language == "en" or (self.language == "zh" and chinese):
            return chinese if self.language == "zh" else english
        return named(kind, name, self.language) or (
            written(chinese, self.language) if base(self.language) == "zh" else english
        )

    def fact(self, name: str) -> str:
        """The label of a fact."""
        own = own_name(name)
        return self.known(own) or _spelt(own, self.dictionary.find(name))

    def value(self, name: str, text: str) -> str:
        """A value of a fact as stated in a reason: an enum word, a country, a number with its unit."""
        fact = self.dictionary.find(name)
        if fact is None or fact.type == "date":
            return text
        if fact.type == "number":
            return self.number(fact, text)
        if fact.type == "text":
            return self.known(text) or text
        parts = [
            self.country(part) if "country" in (fact.type, fact.of) else self.word(part) for part in text.split(", ")
        ]
        return ", ".join(parts)

    def country(self, code: str) -> str:
        """A country code with its name."""
        if len(code) != len("CN"):
            return self.word(code)
        name = "" if self.language in ("en", "zh") else named(COUNTRY, code, self.language)
        return f"{name or written(country_name(code, base(self.language)), self.language)} ({code})"

    def number(self, fact: FactType, text: str) -> str:
        """A number or range with thousands marked and its unit."""
        shown = grouped(text.replace("..", "–"))
        unit = _UNITS.get(fact.unit, fact.unit)
        return f"{shown} {unit}".strip() if shown[-1:].isdigit() else shown

    def word(self, value: str) -> str:
        """A value in words."""
        spelt = value.replace("_", " ") if value == value.lower() and "." not in value else value
        return self.known(value, WORD) or spelt


def grouped(text: str) -> str:
    """The numbers of a text with their digits in groups of three: `at least 15840` as `at least 15,840`."""
    return _WHOLE.sub(lambda match: f"{int(match.group()):,}", text)


def _spelt(name: str, fact: FactType | None) -> str:
    """A label from the name, without the unit at its end."""
    words = (name.partition(".")[2] or name).replace(".", "_").split("_")
    while fact is not None and fact.unit and len(words) > 1 and words[-1] in _UNIT_ENDINGS:
        words.pop()
    return " ".join(words)
