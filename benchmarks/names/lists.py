"""Entries of the lists the benchmark runs on, and a book of their names to tell which entries bear a name."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from benchmarks.names.forms import strip_form, take_apart
from licet.parties.entry import Entry
from licet.parties.readers.registry import read_list

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "parties"
CSL = DATA / "us" / "csl_2026-07-31.json"
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Lower case without accents; other scripts stay as they are."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFKC", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def words(text: str) -> list[str]:
    """The words of a name, folded."""
    return _WORD.findall(fold(text).replace("'", "").replace("’", ""))


def same(text: str) -> str:
    """What two names have in common that differ only in case, accents, punctuation and the order of words."""
    return " ".join(sorted(words(text)))


def alike(text: str) -> frozenset[str]:
    """Keys of which two names share one where they are the same but for the spelling.

    Its words in any order; its letters in one run; its words and what its legal form means (`JSC X` is `X AO`);
    and, from three words on, its words with the spellings of Slavic and Arabic romanisation made one
    (`Sergei Borisovich Ivanov` is `IVANOV, Sergey Borisovich`).
    """
    some, formed = words(text), take_apart(text)
    keys = {same(text), "".join(some)}
    if formed and len(formed.brand) >= 3:
        keys.add(f"{same(formed.brand)} / {formed.form}")
    if len(some) >= 3 and not any(map(str.isdigit, text)):
        keys.add(f"{' '.join(sorted(map(one_spelling, some)))} /")
    return frozenset(keys)


@cache
def one_spelling(word: str) -> str:
    """A word with the spellings of Slavic and Arabic romanisation made one."""
    for pattern, put in (
        ("[iy]+|(?<=[aeiou])j", "i"),
        ("i?[eo]", "e"),
        ("kh", "h"),
        ("ou", "u"),
        ("ks", "x"),
        (r"(.)\1", r"\1"),
    ):
        word = re.sub(pattern, put, word)
    return word


def loose(text: str) -> str:
    """The name without the legal form, where enough of it is left; spellings made one from three words on."""
    some = words(strip_form(text))
    if len("".join(some)) < 3:
        return same(text)
    return " ".join(sorted(map(one_spelling, some) if len(some) >= 3 else some))


def key(entry: Entry) -> str:
    """An entry's name across lists."""
    return f"{entry.list}/{entry.id}"


class Book:
    """The names of entries: which entries bear a name, which have one that holds certain words."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._same: dict[str, set[str]] = defaultdict(set)
        self._loose: dict[str, set[str]] = defaultdict(set)
        self._holding: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self._spoken: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            for word in words(entry.name):
                self._spoken[entry.kind].add(word)
            for number, name in enumerate(entry.names):
                for form in alike(name.text):
                    self._same[form].add(key(entry))
                self._loose[loose(name.text)].add(key(entry))
                for word in words(name.text):
                    self._holding[word].add((key(entry), number))

    def bearing(self, text: str, legal_form: bool = True) -> frozenset[str]:
        """The entries that bear this name, however spelled; `legal_form=False` lets the legal form differ."""
        found = set[str]().union(*(self._same.get(form, set()) for form in alike(text)))
        return frozenset(found if legal_form else found | self._loose.get(loose(text), set()))

    def rows_of(self, entry: Entry) -> frozenset[str]:
        """The rows of the same party: those that share its own name, or another of three words or more."""
        shared = [name.text for at, name in enumerate(entry.names) if at == 0 or len(words(name.text)) >= 3]
        return frozenset({key(entry)}.union(*map(self.bearing, shared)))

    def frequency(self, word: str) -> int:
        """How many names hold this word."""
        return len(self._holding.get(fold(word), ()))

    def holding(self, some: Iterable[str]) -> frozenset[str]:
        """The entries with one name that holds all these words."""
        sets = [self._holding.get(fold(word), set()) for word in some]
        return frozenset(entry for entry, _ in set.intersection(*sets)) if sets else frozenset()

    def looks_personal(self, text: str) -> bool:
        """Whether a name is likely a person's: two to four words, of persons' names on the list and not of firms'."""
        some = [word for word in words(text) if len(word) > 1]
        persons, firms = self._spoken["person"], self._spoken["firm"]
        return 2 <= len(some) <= 4 and any(word in persons and word not in firms for word in some)


def read(path: Path = CSL) -> list[Entry]:
    """The entries of all lists in a file."""
    return [entry for edition in read_list(path).values() for entry in edition.entries]
