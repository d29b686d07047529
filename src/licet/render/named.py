"""Names of facts, of their values and of countries in the languages of the desk: `names/*.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

LANGUAGES = ("en", "zh-Hans", "zh-Hant", "ja")
LABEL, WORD, COUNTRY = "label", "word", "country"
_SIMPLIFIED = {"zh": "zh-Hans"}


def read_tables(folder: Traversable) -> dict[str, Mapping[str, str]]:
    """Key to its words by language, of all tables of a folder. Raises ValueError where a language lacks some."""
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        for row in file.read_text(encoding="utf-8").splitlines()[1:]:
            key, *words = row.split("\t")
            if key in found or len(words) != len(LANGUAGES):
                raise ValueError(f"{file.name}: {key} stands twice, or not in every language")
            found[key] = MappingProxyType(dict(zip(LANGUAGES, words, strict=True)))
    return found


@cache
def tables() -> Mapping[str, Mapping[str, str]]:
    """Key, such as `word.export`, to its words by language."""
    return MappingProxyType(read_tables(files("licet.render") / "names"))


def named(kind: str, name: str, language: str) -> str:
    """The words for a name in the language of an answer; empty where there are none."""
    found = tables().get(f"{kind}.{name}")
    return "" if found is None else found[_SIMPLIFIED.get(language, language)]
