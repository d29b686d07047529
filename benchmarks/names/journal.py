"""Cyrillic names as the Official Journal of the EU prints them, of parties that the US list bears in Latin only.

A row of the Journal and an entry of the list are the same party where a Latin name of two words or more (three for
a person, so with the patronymic) is the same in both.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.names.case import Case
from benchmarks.names.lists import DATA, Book, words
from licet.parties.match.hit import Query

JOURNAL = DATA / "eu" / "journal_sanctions" / "consolidated"
_PARTS = re.compile(r"[;()]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")


def rows(folder: Path = JOURNAL) -> Iterator[tuple[str, list[str], list[str]]]:
    """Kind, Latin names and Cyrillic names of each row that has both."""
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                names = [part.strip(" ,") for part in _PARTS.split(f"{row['name']};{row['alias']}")]
                latin = [name for name in names if name and not _CYRILLIC.search(name)]
                cyrillic = [name for name in names if full(name)]
                if latin and cyrillic:
                    yield "person" if row["schema"] == "Person" else "firm", latin, cyrillic


def full(name: str) -> bool:
    """Whether it is a Cyrillic name in full, no acronym and no scrap in two alphabets."""
    mixed = re.search(r"[A-Za-z]", name.replace("I", "").replace("i", ""))
    return len(_CYRILLIC.findall(name)) >= 9 and not mixed


def journal_cases(book: Book, rng: Random, count: int, kind: str) -> list[Case]:
    """Up to `count` cases, one Cyrillic name for each party."""
    found: list[Case] = []
    for party, latin, cyrillic in rows() if JOURNAL.exists() else ():
        least = 3 if party == "person" else 2
        shared = [name for name in latin if len(words(name)) >= least and book.bearing(name)]
        lengths = {len(words(name)) for name in shared}
        fitting = [name for name in cyrillic if party == "firm" or len(words(name)) in lengths]
        if shared and fitting:
            gold = frozenset[str]().union(*map(book.bearing, shared))
            asked = Query(rng.choice(fitting), party)
            found.append(Case(kind, asked, min(gold).partition("/")[0], shared[0], gold))
    rng.shuffle(found)
    return found[:count]
