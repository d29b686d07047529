"""The phrases of one language."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from licet.facts.countries import country_name
from licet.render import words_en, words_ja, words_zh
from licet.render.han import HANT, written

TABLES = MappingProxyType({"en": words_en.WORDS, "zh": words_zh.WORDS, HANT: words_zh.WORDS, "ja": words_ja.WORDS})
LANGUAGES = tuple(TABLES)


def base(language: str) -> str:
    """The language in which the dictionary and the names of countries are taken: en, zh or ja."""
    return "zh" if language == HANT else language


@dataclass(frozen=True, slots=True)
class Words:
    """Looks phrases up; a word the table lacks is shown as it is."""

    language: str

    def __call__(self, key: str, **parts: object) -> str:
        """The phrase of this key with its parts filled in."""
        return written(TABLES[self.language][key], self.language).format(**parts)

    def of(self, kind: str, word: str) -> str:
        """The phrase `kind.word`, or the word itself, spelt out."""
        return written(TABLES[self.language].get(f"{kind}.{word}", word.replace("_", " ")), self.language)

    def place(self, jurisdiction: str) -> str:
        """The name of a jurisdiction."""
        found = TABLES[self.language].get(f"place.{jurisdiction}")
        return written(found or country_name(jurisdiction.upper(), base(self.language)), self.language)
