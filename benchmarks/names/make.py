"""`python -m benchmarks.names.make --seed 7 --list FILE --out FILE`: the perturbed names with what is right for each.

Names come from every list in the book, large lists more often but not in proportion, so that the small ones are
seen too; three of four are an entry's own name, the others its aliases.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.names.case import Case, write
from benchmarks.names.journal import journal_cases
from benchmarks.names.lists import CSL, Book, read, same, words
from benchmarks.names.perturb import KINDS, SHORTEST, Change, Source
from licet.parties.entry import Entry
from licet.parties.match.hit import Query

SEED, HELD_OUT = 7, 1009
JOURNAL = "Cyrillic, Official Journal"
_PATIENCE = 1000
_STRICT = {"exact", "case or punctuation", JOURNAL}
_SAME_WORDS = {"exact", "case or punctuation", "word order"}


class Sampler:
    """Draws a list, an entry on it, a name of that entry."""

    def __init__(self, book: Book, rng: Random) -> None:
        self.book, self.rng = book, rng
        self._by_list: dict[str, list[Entry]] = defaultdict(list)
        for entry in book.entries:
            self._by_list[entry.list].append(entry)
        self._weights = [len(entries) ** 0.5 for entries in self._by_list.values()]

    def draw(self) -> Source:
        """One source."""
        (entries,) = self.rng.choices(list(self._by_list.values()), self._weights)
        entry = self.rng.choice(entries)
        own = len(entry.names) == 1 or self.rng.random() < 0.75
        return Source(entry.name if own else self.rng.choice(entry.names[1:]).text, entry, self.book)


def usable(source: Source) -> bool:
    """Whether a name is long enough to be looked for, in Latin letters, and no number of an aircraft alone."""
    text = source.text
    return len("".join(words(text))) >= SHORTEST and text.isascii() and sum(map(str.isalpha, text)) >= SHORTEST


def gold(kind: str, source: Source, query: str) -> frozenset[str]:
    """The entries that bear the name as listed or as changed, and the other rows of that party."""
    strict = kind in _STRICT
    named = source.book.bearing(source.text, strict) | source.book.bearing(query, strict)
    return named | source.book.rows_of(source.entry)


def of_kind(kind: str, change: Change, sampler: Sampler) -> Iterator[Case]:
    """Cases of one kind, no name twice, until no new one turns up for long."""
    seen: set[str] = set()
    fruitless = 0
    while fruitless < _PATIENCE:
        fruitless += 1
        source = sampler.draw()
        query = change(source, sampler.rng) if source.text not in seen and usable(source) else None
        if query is None or (kind != "exact" and query == source.text):
            continue
        if kind not in _SAME_WORDS and same(query) == same(source.text):
            continue
        seen.add(source.text)
        fruitless = 0
        asked = Query(query, source.entry.kind)
        yield Case(kind, asked, source.entry.list, source.text, gold(kind, source, query))


def make(book: Book, seed: int = SEED, share: float = 1.0) -> list[Case]:
    """All cases but the Chinese ones: the same for the same lists and seed. `share`: a part of each kind's number."""
    cases: list[Case] = []
    for kind, (count, change) in KINDS.items():
        stream = of_kind(kind, change, Sampler(book, Random(f"{seed}/{kind}")))
        cases += [case for case, _ in zip(stream, range(round(count * share)), strict=False)]
    return cases + journal_cases(book, Random(f"{seed}/journal"), round(80 * share), JOURNAL)


def main() -> None:
    """Make the cases and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--list", type=Path, default=CSL, help="the Consolidated Screening List")
    parser.add_argument("--out", type=Path, default=Path("cases.csv"))
    asked = parser.parse_args()
    cases = make(Book(read(asked.list)), asked.seed)
    write(cases, asked.out)
    print(f"{len(cases)} cases in {asked.out}")


if __name__ == "__main__":
    main()
