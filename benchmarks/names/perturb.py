"""Ways in which the name of a listed party arrives changed at the one who screens.

Each way is a function of a source and a random generator; it answers None where the name is no ground for it.
A changed name must stay realistic: edits fall inside words of four letters or more, seldom on the first letter;
what is left after a word is dropped must still belong to that party alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.names.forms import classes, relatives, strip_form, table, take_apart
from benchmarks.names.lists import Book, key, words
from benchmarks.names.romanise import SLAVIC, cyrillic, letters, origin, restyle, variant
from licet.parties.entry import Entry

RARE = 8  # a word in at most so many names is a name, not a word of a language
TELLING = 25  # a word in at most so many names tells a party from others
SHORTEST = 6  # letters and digits: shorter names are acronyms
_SMALL = frozenset(("&", "and", "by", "da", "de", "del", "e", "el", "for", "la", "named", "of", "s", "the", "to", "y"))
_SPLIT = re.compile(r"(\W+)")
_NEIGHBOURS = {row[0]: row[1] for row in table("keyboard")}


@dataclass(frozen=True, slots=True)
class Source:
    """A name of an entry that is to be changed."""

    text: str
    entry: Entry
    book: Book

    @property
    def is_person(self) -> bool:
        """Whether it names a person: as the list says, or where it does not, by its words."""
        return self.entry.kind == "person" or (self.entry.kind == "unknown" and self.book.looks_personal(self.text))

    def rare(self, word: str) -> bool:
        """Whether a word is likely a name."""
        return len(word) >= 3 and self.book.frequency(word) <= RARE


Change = Callable[[Source, Random], str | None]


def exact(source: Source, rng: Random) -> str | None:
    """As listed."""
    return source.text


def case_or_punctuation(source: Source, rng: Random) -> str | None:
    """Other case; or commas, points, quotation marks and hyphens left out or put otherwise; or `&` for `and`."""
    text = source.text
    ways = [
        text.upper(),
        text.lower(),
        text.title(),
        re.sub(r"[.,\"“”'‘’()«»]", "", text),
        text.replace("-", " "),
        re.sub(r"\band\b", "&", text, flags=re.IGNORECASE),
        text.replace("&", "and"),
        re.sub(r"[,.]", " ", text),
    ]
    ways = [" ".join(way.split()) for way in dict.fromkeys(ways) if way.strip() != text]
    return rng.choice(ways) if ways else None


def _edit(word: str, rng: Random) -> str:
    """A word with one typing error: a letter left out, doubled or put beside, a neighbouring key, two changed over."""
    place = rng.randrange(1, len(word)) if rng.random() < 0.9 else 0
    letter = word[place]
    key_beside = restyle(letter, rng.choice(_NEIGHBOURS.get(letter.casefold(), "ae")))
    key_beside = key_beside if word.isupper() else key_beside.lower()
    way = rng.choice(("drop", "double", "insert", "replace", "replace", "swap"))
    if way == "swap" and place + 1 < len(word) and word[place + 1] != letter:
        return word[:place] + word[place + 1] + letter + word[place + 2 :]
    twice = letter + restyle(word[1:], letter.lower())
    put = {"drop": "", "double": twice, "insert": letter + key_beside}.get(way, key_beside)
    return word[:place] + put + word[place + 1 :]


def edits(count: int, shortest: int) -> Change:
    """So many typing errors in names of at least `shortest` letters, two of them not in one word of under eight."""

    def change(source: Source, rng: Random) -> str | None:
        parts = _SPLIT.split(source.text)
        long = [at for at, part in enumerate(parts) if part.isalpha() and len(part) >= 4]
        places = long + [at for at in long if len(parts[at]) >= 8]
        if len(places) < count or sum(map(len, words(source.text))) < shortest:
            return None
        for at in rng.sample(places, count):
            parts[at] = _edit(parts[at], rng)
        return "".join(parts)

    return change


def word_order(source: Source, rng: Random) -> str | None:
    """Persons: given names first, or two parts changed over; firms: the legal form at the other end, or two words."""
    parts = source.text.replace(",", " ").split()
    if len(parts) < 2:
        return None
    formed = take_apart(source.text)
    if source.is_person and "," in source.text and rng.random() < 0.5:
        surname, _, given = source.text.partition(",")
        return f"{given.strip()} {surname.strip()}"
    if formed and rng.random() < 0.4:
        form = source.text.replace(formed.brand, "").strip(" ,")
        return f"{formed.brand} {form}" if formed.first else f"{form} {formed.brand}"
    at = rng.randrange(len(parts) - 1)
    parts[at], parts[at + 1] = parts[at + 1], parts[at]
    return " ".join(parts)


def dropped_word(source: Source, rng: Random) -> str | None:
    """One word less, of three or more beside the legal form; the rest tells the party and stands in no other's name."""
    brand = strip_form(source.text)
    parts = brand.replace(",", " ").split()
    if len(parts) < 3:
        return None
    own = source.book.bearing(source.text, legal_form=False) | {key(source.entry)}
    at = rng.randrange(1 if source.is_person and "," in source.text else 0, len(parts))
    left = parts[:at] + parts[at + 1 :]
    kept = words(" ".join(left))
    telling = any(source.book.frequency(word) <= TELLING and len(word) >= 4 for word in kept)
    loose_end = {parts[at].casefold(), left[-1].casefold()} & _SMALL
    if len("".join(kept)) < 8 or not telling or loose_end or not source.book.holding(kept) <= own:
        return None
    return source.text.replace(brand, " ".join(left), 1)


def extra_word(source: Source, rng: Random) -> str | None:
    """One word more: a title or an initial for persons; a country, a branch or a word of trade for firms."""
    text = source.text
    if source.is_person:
        if rng.random() < 0.5:
            return f"{rng.choice(('Mr.', 'Dr.', 'Eng.', 'Haji', 'Gen.', 'Mrs.'))} {text}"
        return f"{text} {rng.choice('ABDGHKMNPRSV')}."
    if source.entry.kind in {"vessel", "aircraft"}:
        return f"{rng.choice(('M/V', 'MT', 'M.T.'))} {text}" if source.entry.kind == "vessel" else None
    formed = take_apart(text)
    brand = formed.brand if formed else text
    more = rng.choice(("Group", "International", "Trading", "Holding", "Global", "Moscow branch", "(China)", "Dubai"))
    return None if more.casefold() in text.casefold() else text.replace(brand, f"{brand} {more}", 1)


def legal_form(source: Source, rng: Random) -> str | None:
    """A firm's legal form written otherwise (6 in 10), another of the country (2), left out or moved (2)."""
    formed = take_apart(source.text)
    if not formed or source.is_person or len("".join(words(formed.brand))) < 4:
        return None
    dice = rng.random()
    if dice < 0.1:
        return formed.brand
    others = relatives(formed.form)
    form = formed.form if dice < 0.7 or not others else rng.choice(others)
    spelled = rng.choice(classes()[form])
    spelled = spelled.upper() if source.text.isupper() else spelled
    in_front = formed.first if dice < 0.9 else not formed.first
    return f"{spelled} {formed.brand}" if in_front else f"{formed.brand} {spelled}"


def romanised(source: Source, rng: Random) -> str | None:
    """Names romanised otherwise, by the tradition of the entry's country; words of a language stay."""
    if source.entry.kind in {"vessel", "aircraft"}:
        return None
    if not source.is_person and origin(source.entry.countries) == "latin":
        return None
    names = [word for word in letters(strip_form(source.text)) if source.is_person or source.rare(word)]
    return variant(source.text, source.entry.countries, rng, names)


def transliterated(source: Source, rng: Random) -> str | None:
    """Russian names in Cyrillic letters: persons of two parts or more, firms of one or two Russian words."""
    if not set(source.entry.countries) & SLAVIC:
        return None
    if source.is_person:
        surname, comma, given = source.text.partition(",")
        parts = [*given.split(), *surname.split()] if comma else source.text.split()
        return " ".join(map(cyrillic, parts)) if len(parts) >= 2 and _plain(parts) else None
    formed = take_apart(source.text)
    forms = {"llc": "ООО", "jsc": "АО", "pjsc": "ПАО", "cjsc": "ЗАО", "ojsc": "ОАО"}
    parts = formed.brand.strip("\"'“”«»").split() if formed else []
    if not formed or formed.form not in forms or not 1 <= len(parts) <= 2 or not _plain(parts):
        return None
    if not all(source.book.frequency(part) <= 3 and len(part) >= 5 for part in parts):
        return None
    return f"{forms[formed.form]} «{' '.join(map(cyrillic, parts))}»"


def _plain(parts: list[str]) -> bool:
    return all(re.fullmatch(r"[A-Za-z'’-]{3,}", part) for part in parts)


def _whole(word: str) -> bool:
    return word.isalpha() and len(word) >= 3


def joined(source: Source, rng: Random) -> str | None:
    """Two neighbouring words written as one, or a hyphen left out."""
    if "-" in source.text and rng.random() < 0.3:
        return source.text.replace("-", "", 1)
    parts = source.text.split(" ")
    places = [at for at in range(len(parts) - 1) if _whole(parts[at]) and _whole(parts[at + 1])]
    if not places:
        return None
    at = rng.choice(places)
    return " ".join([*parts[:at], parts[at] + parts[at + 1], *parts[at + 2 :]])


KINDS: dict[str, tuple[int, Change]] = {
    "exact": (100, exact),
    "case or punctuation": (50, case_or_punctuation),
    "one edit": (100, edits(1, 6)),
    "two edits": (100, edits(2, 8)),
    "word order": (100, word_order),
    "dropped word": (100, dropped_word),
    "extra word": (50, extra_word),
    "legal form": (100, legal_form),
    "romanisation": (100, romanised),
    "Cyrillic, transliterated": (60, transliterated),
    "joined words": (40, joined),
}
