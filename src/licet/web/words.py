"""The words of the pages in all languages: `catalogue/*.tsv`, one file for each page or group of pages.

Names of facts, values and countries are those of all answers (`licet.render.named`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from licet.render.named import read_tables, tables


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Key to its words by language."""
    return MappingProxyType({**tables(), **read_tables(files("licet.web") / "catalogue")})


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one language."""

    language: str

    def __call__(self, key: str, **parts: object) -> str:
        """The words of a key with its parts filled in."""
        return catalogue()[key][self.language].format(**parts)

    def known(self, kind: str, word: str) -> str:
        """The words of `kind.word`; empty where the catalogue has none."""
        found = catalogue().get(f"{kind}.{word}")
        return found[self.language] if found else ""

    def of(self, kind: str, word: str) -> str:
        """The words of `kind.word`; a word the catalogue lacks is spelt out as it is."""
        return self.known(kind, word) or word.replace("_", " ")

    def fault(self, code: str) -> str:
        """What kind of error a code stands for, and what to do; empty where its message is in this language itself."""
        return self.known("fault", code) or (self.known("fault", "L") if code.startswith("L_") else "")
