"""`python -m benchmarks.names.clean --seed 11 --out FILE`: 10,000 names of nobody on the lists.

People are put together from common surnames and given names of many languages and scripts, firms by the pattern of
their country (city, invented brand, trade, legal form); 260 large firms, public bodies and ordinary words come
with them. A name is left out where it, or its transliteration, is a listed name but for case, punctuation, order of
words, legal form and the spellings of romanisation, or where all its words stand in one listed name: then the listed
party may well be meant, and an alert is right.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

from anyascii import anyascii

from benchmarks.names.forms import strip_form, table
from benchmarks.names.lists import CSL, DATA, Book, one_spelling, read, words
from benchmarks.names.scripts import script_of
from licet.parties.match.hit import Query

SEED, COUNT = 11, 10_000
NEGATIVES = DATA / "names" / "yente_negatives_us.csv"


@dataclass(frozen=True, slots=True)
class Clean:
    """A name on no list: `group` is `people` or `firms`, `script` its writing, `style` the country or language."""

    query: Query
    group: str
    style: str
    script: str


@dataclass(frozen=True, slots=True)
class People:
    """Surnames and given names of one kind."""

    style: str
    script: str
    share: int
    order: str
    surnames: tuple[str, ...]
    given: tuple[str, ...]
    middle: tuple[str, ...]

    def draw(self, rng: Random) -> str:
        """A name; the patronymic or second given name is left out in every third."""
        parts = {"g": self.given, "s": self.surnames, "m": self.middle}
        if self.order == "joined":
            return rng.choice(self.surnames) + rng.choice(self.given)
        order = self.order.replace("m", "") if rng.random() < 1 / 3 else self.order
        return " ".join(rng.choice(parts[part]) for part in order).replace("_", " ")


@dataclass(frozen=True, slots=True)
class Firms:
    """How firms of one kind are called."""

    style: str
    script: str
    share: int
    pattern: str
    cities: tuple[str, ...]
    trades: tuple[str, ...]
    forms: tuple[str, ...]

    def draw(self, rng: Random) -> str:
        """A name of a firm."""
        named = {"city": self.cities, "trade": self.trades, "form": self.forms}
        filled = {part: rng.choice(choices) for part, choices in named.items()}
        brand = self._brand(rng)
        return self.pattern.format(brand=brand, brand2=brand, **filled)

    def _brand(self, rng: Random) -> str:
        if self.style == "russian":
            first, second = rng.sample(self.trades, 2)
            ends = ("", "", f"-{rng.randrange(2, 30)}", f" {rng.choice(self.trades)}")
            return first + second.lower() + rng.choice(ends)
        kind, parts = _brands()[self.style, self.script]
        if kind == "words":
            return rng.choice(parts)
        joined = "".join(rng.sample(parts, rng.choice((2, 2, 3))))
        return joined.title() if kind == "pinyin" else joined


@cache
def _brands() -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    scripts = {"pinyin": "Latin", "han": "Han"}
    found = {}
    for style, kind, some in table("brands"):
        script = {"japanese": "Japanese", "korean": "Hangul"}.get(style, scripts.get(kind, "Latin"))
        found[style, script] = (kind, tuple(some.split("|" if kind == "words" else " ")))
    return found


def people() -> list[People]:
    """The kinds of people."""
    rows = table("people")
    return [People(a, b, int(n), order, *(tuple(part.split()) for part in rest)) for a, b, n, order, *rest in rows]


def firms() -> list[Firms]:
    """The kinds of firms; Russian brands are made of the syllables in the place of trades."""

    def made(style: str, script: str, share: str, pattern: str, cities: str, trades: str, forms: str) -> Firms:
        parts = tuple(trades.split("|" if "|" in trades else " "))
        return Firms(style, script, int(share), pattern, tuple(cities.split("|")), parts, tuple(forms.split("|")))

    return [made(*row) for row in table("trades")]


class Listed:
    """Whether a name is a listed one, or may be a listed one cut short."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.joined: set[str] = set()
        self.spelled: set[str] = set()
        for entry in book.entries:
            for name in entry.names:
                some = words(name.text)
                self.joined |= {"".join(some[turn:] + some[:turn]) for turn in range(min(len(some), 3))}
                self.spelled.add(spelled(name.text))

    def holds(self, text: str) -> bool:
        """Yes if the name, as written or transliterated, is listed or cut from a listed one."""
        return any(self._is(form) or self._is_part(form) for form in (text, anyascii(text)))

    def _is(self, text: str) -> bool:
        return "".join(words(text)) in self.joined or spelled(text) in self.spelled

    def _is_part(self, text: str) -> bool:
        brand = words(strip_form(text))
        return len(brand) > 1 and bool(self.book.holding(brand))


def spelled(text: str) -> str:
    """A name without its legal form, its words in order of the alphabet, with one spelling for all romanisations."""
    return " ".join(sorted(map(one_spelling, words(strip_form(text)))))


def draw(group: str, listed: Listed, rng: Random, seen: set[str]) -> Iterator[Clean]:
    """Names of people or of firms without end, none of them listed or in `seen`."""
    kinds: Sequence[People | Firms] = people() if group == "people" else firms()
    party = "person" if group == "people" else "firm"
    shares = [kind.share for kind in kinds]
    while True:
        (kind,) = rng.choices(kinds, shares)
        name = kind.draw(rng)
        if name not in seen and not listed.holds(name):
            seen.add(name)
            yield Clean(Query(name, party), group, kind.style, kind.script)


def make(book: Book, seed: int = SEED, count: int = COUNT) -> list[Clean]:
    """People and firms in equal parts, ordinary names among the firms; the same for the same lists and seed."""
    listed, half = Listed(book), count // 2
    ordinary = [row[-1] for row in table("ordinary") if not listed.holds(row[-1])][: count // 20]
    found = [Clean(Query(name, "firm"), "firms", "ordinary", script_of(name)) for name in ordinary]
    seen = set(ordinary)
    found += islice(draw("firms", listed, Random(f"{seed}/firms"), seen), half - len(found))
    found += islice(draw("people", listed, Random(f"{seed}/people"), seen), half)
    return found


def negatives(book: Book, seed: int = SEED, count: int = 200) -> list[Clean]:
    """Ordinary names of people that another project made, where its file is present."""
    if not NEGATIVES.exists():
        return []
    with NEGATIVES.open(encoding="utf-8", newline="") as file:
        names = [row["full_name"] for row in csv.DictReader(file)]
    listed = Listed(book)
    chosen = [name for name in Random(seed).sample(names, count * 2) if not listed.holds(name)][:count]
    return [Clean(Query(name, "person"), "people", "yente", "Latin") for name in chosen]


def main() -> None:
    """Make the names and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--list", type=Path, default=CSL, help="the Consolidated Screening List")
    parser.add_argument("--out", type=Path, default=Path("clean.csv"))
    asked = parser.parse_args()
    names = make(Book(read(asked.list)), asked.seed)
    with asked.out.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("name", "party", "group", "style", "script"))
        out.writerows((one.query.name, one.query.kind, one.group, one.style, one.script) for one in names)
    print(f"{len(names)} names in {asked.out}")


if __name__ == "__main__":
    main()
