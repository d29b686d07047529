"""The same name as another clerk would have written it: other romanisations, and back to Cyrillic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from random import Random

from benchmarks.names.forms import table

ORIGINS = {country: tradition for tradition, countries in table("origins") for country in countries.split()}
SLAVIC = frozenset(country for country, tradition in ORIGINS.items() if tradition == "slavic")
_LETTER = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def origin(countries: Iterable[str]) -> str:
    """The tradition a name was romanised from, by the first country that has one."""
    return next((ORIGINS[country] for country in countries if country in ORIGINS), "latin")


def restyle(model: str, word: str) -> str:
    """A word in the case of another: capitals, a capital in front, or small."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


@cache
def _rules(tradition: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), put) for name, pattern, put in table("romanise") if name == tradition)


@cache
def _map(name: str) -> dict[str, tuple[str, ...]]:
    return {head: tuple(others.split("|")) for head, others in table(name)}


def spellings(word: str, tradition: str) -> list[str]:
    """Other spellings of one word, each by one rule."""
    small = word.casefold()
    found = [rule.sub(put, small, count=1) for rule, put in _rules(tradition) if rule.search(small)]
    return [restyle(word, other) for other in dict.fromkeys(found) if other != small]


def chinese(text: str, rng: Random) -> str | None:
    """A name in pinyin with its surname in a Cantonese or overseas spelling, or all of it in Wade-Giles.

    Wade-Giles only where every syllable is known, one changes, and there are three or more: two syllables
    in Wade-Giles fit too many people to be found by anybody.
    """
    syllables = _LETTER.findall(text)
    wade, yue = _map("wade_giles"), _map("surnames_yue")
    others = [wade.get(syllable.casefold(), ("",))[0] for syllable in syllables]
    if len(syllables) >= 3 and all(others) and rng.random() < 0.5:
        spelled = [restyle(old, new) for old, new in zip(syllables, others, strict=True)]
        changed = f"{spelled[0]} {'-'.join(spelled[1:])}"
        return changed if spelled != syllables else None
    head = yue.get(syllables[0].casefold()) if syllables else None
    if head is None or len("".join(syllables[1:])) < 5:
        return None
    return text.replace(syllables[0], restyle(syllables[0], rng.choice(head)), 1)


def variant(text: str, countries: Iterable[str], rng: Random, may_change: Iterable[str]) -> str | None:
    """A name in another romanisation: one to three words changed, and in every second of them two spellings.

    `may_change`: the words that are names, not words of English.
    """
    tradition = origin(countries)
    if tradition == "chinese":
        return chinese(text, rng)
    allowed = set(may_change)
    changes = [(word, spellings(word, tradition)) for word in _LETTER.findall(text) if word in allowed]
    changes = [(word, others) for word, others in changes if others]
    if not changes:
        return None
    chosen = rng.sample(changes, min(len(changes), rng.choice((1, 1, 2, 2, 3))))
    for word, others in chosen:
        spelled = rng.choice(others)
        more = spellings(spelled, tradition) if rng.random() < 0.5 else []
        spelled = rng.choice([other for other in more if other.casefold() != word.casefold()] or [spelled])
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", spelled, text, count=1)
    return text


_CYRILLIC = (
    *(("shch", "щ"), ("sh", "ш"), ("ch", "ч"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("yu", "ю")),
    *(("ya", "я"), ("yo", "ё"), ("ye", "е"), ("iu", "ю"), ("ia", "ия"), ("iy", "ий"), ("ii", "ий"), ("ey", "ей")),
    *(("ay", "ай"), ("oy", "ой"), ("ei", "ей"), ("ai", "ай"), ("x", "кс"), ("j", "дж"), ("w", "в"), ("'", "ь")),
    *zip("abvgdezijklmnoprstufhycq", "абвгдезийклмнопрстуфхыцк", strict=True),
)
_FINAL = ((re.compile("(ск|цк)ы$"), r"\1ий"), (re.compile("([бвдзлмнрт])ы$"), r"\1ий"))


def cyrillic(word: str) -> str:
    """One Latin word in Cyrillic letters, by the commonest English romanisation of Russian read backwards."""
    rest, out = word.casefold().replace("’", "'"), ""
    rest = re.sub("(?<=[bdfgklmnprstvz])ye", "'e", re.sub("(?<=[aeiou])ye", "e", rest))
    while rest:
        latin, letter = next(((a, b) for a, b in _CYRILLIC if rest.startswith(a)), (rest[0], rest[0]))
        out, rest = out + letter, rest[len(latin) :]
    for pattern, put in _FINAL:
        out = pattern.sub(put, out)
    return restyle(word, out)


def letters(text: str) -> Iterator[str]:
    """The words of a name made of letters."""
    return iter(_LETTER.findall(text))
