"""Facts in the field's words: `item.die_area_mm2` as `die area`, with units as people write them.

English labels follow from the name of the fact; the tables of a language hold what does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from licet.cli.render import facts_en, facts_zh
from licet.facts.countries import country_name
from licet.facts.dictionary import Dictionary, FactType, own_name

_TABLES = MappingProxyType({"en": facts_en, "zh": facts_zh})
_UNITS = MappingProxyType({"mm2": "mm²", "um2": "µm²", "um": "µm", "um/min": "µm/min", "C": "°C", "g/cm3": "g/cm³", "Gb/mm2": "Gb/mm²", "GB/s/mm2": "GB/s/mm²"})
_UNIT_WORDS = frozenset("nm mm mm2 um um2 m c pa mpa ev ms bn usd gb s tops min".split())
_KEPT_PREFIXES = frozenset({"fab", "rate", "owner", "listing"})


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of facts, values and units in one language."""

    dictionary: Dictionary
    language: str

    def fact(self, name: str) -> str:
        """The label of a fact."""
        own = own_name(name)
        table = _TABLES[self.language].FACTS
        if own in table:
            return table[own]
        known = self.dictionary.find(name)
        if self.language != "en" and own in facts_en.FACTS:
            return facts_en.FACTS[own]
        return _spelt(own, known)

    def value(self, name: str, text: str) -> str:
        """A value of a fact as stated in a reason: an enum word, a country, a number with its unit."""
        known = self.dictionary.find(name)
        if known is None:
            return text
        if "country" in (known.type, known.of):
            return self.countries(text)
        if known.type == "number":
            return self.number(known, text)
        if known.type == "date":
            return text
        return ", ".join(self.word(part) for part in text.split(", "))

    def countries(self, text: str) -> str:
        """Country codes with their names."""
        return ", ".join(f"{country_name(code, self.language)} ({code})" if len(code) == 2 else self.word(code) for code in text.split(", "))

    def number(self, known: FactType, text: str) -> str:
        """A number or range with thousands marked and its unit."""
        grouped = " ".join(self.grouped(part) for part in text.replace("..", " .. ").split(" ")).replace(" .. ", "–")
        unit = _UNITS.get(known.unit, known.unit)
        return f"{grouped} {unit}".strip() if grouped[-1:].isdigit() else grouped

    @staticmethod
    def grouped(text: str) -> str:
        """Digits of a whole number in groups of three, from five digits on and in front of a decimal point."""
        whole, point, rest = text.partition(".")
        return f"{int(whole):,}{point}{rest}" if whole.isdigit() and len(whole) > 3 else text

    def word(self, value: str) -> str:
        """An enum value in words."""
        table = _TABLES[self.language].VALUES
        return table.get(value) or facts_en.VALUES.get(value) or (value.replace("_", " ") if value.islower() and "." not in value else value)


def _spelt(name: str, known: FactType | None) -> str:
    """A label from the name: no prefix, no unit at the end, abbreviations in capitals."""
    prefix, _, rest = name.partition(".")
    words = (rest or prefix).replace(".", " ").split("_")
    while known is not None and known.unit and len(words) > 1 and words[-1] in _UNIT_WORDS:
        words.pop()
    text = " ".join(facts_en.WORDS.get(word, word) for part in words for word in part.split(" "))
    return f"{facts_en.PREFIXES.get(prefix, prefix)} {text}" if prefix in _KEPT_PREFIXES else text
