"""Official Chinese names of parties that the US list gives in English or pinyin only.

`chinese.csv` holds pairs read in the Official Journal of the EU and in the press and checked by hand; nothing is
tuned on them. The project's own files of aliases give the others, to be asked of an index without those files.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

import yaml

import licet.parties
from benchmarks.names.case import Case
from benchmarks.names.lists import Book, key
from licet.parties.match.hit import Query

CHECKED = Path(__file__).with_name("chinese.csv")
ALIASES = Path(licet.parties.__file__).with_name("data") / "aliases"
HELD_OUT, FROM_FILES = "Chinese, held out", "Chinese, alias files"


def case(book: Book, kind: str, listed: str, chinese: str) -> Case | None:
    """A case, None where no entry bears the listed name."""
    gold = book.bearing(listed, legal_form=False)
    if not gold:
        return None
    entry = next(entry for entry in book.entries if key(entry) in gold)
    return Case(kind, Query(chinese, entry.kind), entry.list, listed, gold)


def held_out(book: Book, rng: Random, count: int = 40) -> list[Case]:
    """So many of the pairs checked by hand."""
    with CHECKED.open(encoding="utf-8", newline="") as file:
        found = [case(book, HELD_OUT, row["listed"], row["chinese"]) for row in csv.DictReader(file)]
    some = [one for one in found if one]
    return rng.sample(some, min(count, len(some)))


def added() -> Iterator[tuple[str, str]]:
    """Listed name and official Chinese name of each row of the files of aliases."""
    for path in sorted(ALIASES.glob("*.yaml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")) or ():
            official = next((name["text"] for name in row.get("add", ()) if name.get("kind") == "official"), None)
            if official and not official.isascii():
                yield row["name"], official


def from_files(book: Book, rng: Random, count: int = 40) -> list[Case]:
    """So many of the alias files' official names."""
    found = [case(book, FROM_FILES, listed, official) for listed, official in added()]
    some = [one for one in found if one]
    return rng.sample(some, min(count, len(some)))
