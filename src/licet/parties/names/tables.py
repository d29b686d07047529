"""The word tables under `data/words`, read once when first needed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

LONG_ENOUGH = 6  # letters of a word that may be known by its beginning


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table, split at tabs, without comments."""
    for row in (files("licet.parties") / "data" / "words" / name).read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            yield row.split("\t")


@cache
def same_words() -> dict[str, str]:
    """Words of firms' names and given names by spelling, to the spelling that is kept."""
    found: dict[str, str] = {}
    for kept, spellings in rows("words.tsv"):
        found.update(dict.fromkeys(spellings.split("; "), kept))
    for kept, spellings in rows("given_names.tsv"):
        found.update(dict.fromkeys(spellings.split(), kept))
    return found


@cache
def trades() -> frozenset[str]:
    """The words of firms' names that are known, as they are kept."""
    return frozenset(row[0] for row in rows("words.tsv"))


@cache
def given_names() -> frozenset[str]:
    """Given names spelt in many ways, as they are kept."""
    return frozenset(row[0] for row in rows("given_names.tsv"))


@cache
def _stems() -> dict[str, str]:
    return dict(rows("stems.tsv"))


@lru_cache(maxsize=1 << 17)
def same_word(word: str) -> str:
    """The spelling that is kept for a word: an equal of it, or the English for a romanised Russian one."""
    found = same_words().get(word)
    if found is None and len(word) >= LONG_ENOUGH:
        stems = _stems()
        found = next((stems[word[:size]] for size in range(len(word), 4, -1) if word[:size] in stems), None)
    return found or word


@cache
def syllables() -> dict[str, frozenset[str]]:
    """Spellings of Mandarin syllables, in pinyin and Wade-Giles, to the pinyin they may stand for."""
    found: dict[str, set[str]] = {}
    for pinyin, wade_giles in rows("syllables.tsv"):
        found.setdefault(pinyin, set()).add(pinyin)
        found.setdefault(wade_giles, set()).add(pinyin)
    return {spelling: frozenset(pinyin) for spelling, pinyin in found.items()}


@cache
def surnames() -> dict[str, frozenset[str]]:
    """Spellings of Chinese surnames to the pinyin they may stand for."""
    found: dict[str, set[str]] = {}
    for pinyin, spellings in rows("chinese_surnames.tsv"):
        for spelling in (pinyin, *spellings.split()):
            found.setdefault(spelling, set()).add(pinyin)
    return {spelling: frozenset(pinyin) for spelling, pinyin in found.items()}


@cache
def legal_forms() -> dict[str, list[tuple[tuple[str, ...], str, bool]]]:
    """Legal forms by their first word: the words, the code, and whether it counts only at either end; longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for code, spellings in rows("legal_forms.tsv"):
        for spelling in spellings.split("; "):
            words = tuple(spelling.removeprefix("~").split())
            found.setdefault(words[0], []).append((words, code, spelling.startswith("~")))
    for forms in found.values():
        forms.sort(key=lambda form: -len(form[0]))
    return found


@cache
def han_words() -> dict[str, tuple[str, tuple[tuple[str, ...], ...]]]:
    """Parts of Chinese names: the kind, and the Latin words they may stand for (none: read it by characters)."""
    found: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {}
    for kind, words in rows("han.tsv"):
        for word in words.split():
            text, _, latin = word.partition("=")
            choices = tuple(tuple(part.split("_")) for part in latin.split("|") if part)
            found[text] = (kind, choices)
    return found


@cache
def han_readings(where: str) -> dict[str, str]:
    """Characters with a reading of their own: as a surname, or anywhere."""
    return {text: latin for text, latin, place in rows("han_readings.tsv") if place == where}
