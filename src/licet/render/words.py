"""The phrases of one language."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from licet.facts.countries import country_name
from licet.render import words_en, words_zh

TABLES = MappingProxyType({"en": words_en.WORDS, "zh": words_zh.WORDS})
LANGUAGES = tuple(TABLES)


@dataclass(frozen=True, slots=True)
class Words:
    """Looks phrases up; a word the table lacks is shown as it is."""

    language: str

    def __call__(self, key: str, **parts: object) -> str:
        """The phrase of this key with its parts filled in."""
        return TABLES[self.language][key].format(**parts)

    def of(self, kind: str, word: str) -> str:
        """The phrase `kind.word`, or the word itself, spelt out."""
        return TABLES[self.language].get(f"{kind}.{word}", word.replace("_", " "))

    def place(self, jurisdiction: str) -> str:
        """The name of a jurisdiction."""
        found = TABLES[self.language].get(f"place.{jurisdiction}")
        return found or country_name(jurisdiction.upper(), self.language)
