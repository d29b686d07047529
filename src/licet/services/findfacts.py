"""Looking a fact up in the dictionary by words, and how its value is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from licet.facts.dictionary import SAME_FACTS, Dictionary, FactType, level
from licet.facts.errors import CaseError, nearest

THINGS = ("case", "item", "component", "rate", "party", "owner", "listing", "evidence")
EXACT, PLAIN = 1_000, 5
_NO_WORDS = frozenset({
    "a", "an", "and", "are", "as", "at", "by", "does", "for", "from", "has", "in", "is", "it", "its", "of", "on", "or",
    "that", "the", "to", "was", "what", "which", "who", "with",
})  # fmt: skip
_WRITTEN = {
    "yes_no": "yes or no",
    "country": "a two-letter code of ISO 3166, such as CN",
    "date": "a day as YYYY-MM-DD, or a range [first, last]",
    "text": "a text",
}


@dataclass(frozen=True, slots=True)
class FactFound:
    """A fact of the dictionary and how its value is written."""

    fact: FactType
    write: str


def how_written(fact: FactType) -> str:
    """How a value of a fact is written."""
    if fact.type == "number":
        of = f" in {fact.unit}" if fact.unit else ""
        return f"a number{of}, or a range [low, high] where only that is known"
    if fact.type == "enum":
        return "one of its values"
    if fact.type == "set":
        inside = {"enum": "its values", "country": "two-letter country codes"}.get(fact.of, "texts")
        return f"a list of {inside}"
    return _WRITTEN[fact.type]


def find_facts(dictionary: Dictionary, words: str, thing: str = "") -> list[FactFound]:
    """Facts that speak of some of the words, the nearest first; all of a kind without words. Raises CaseError."""
    if thing and thing not in THINGS:
        hint = nearest(thing, THINGS) or f"one of {', '.join(THINGS)}"
        raise CaseError.one("E_VALUE", "there is no such kind of thing", hint=hint)
    kind = SAME_FACTS.get(thing, thing)
    known = [fact for name, fact in dictionary.facts.items() if not kind or level(name) == kind]
    wanted = [word for word in words.casefold().split() if word not in _NO_WORDS]
    scored = [(_score(fact, words.strip().casefold(), wanted), fact) for fact in known]
    found = [fact for score, fact in sorted(scored, key=_first) if score[0] or not wanted]
    return [FactFound(fact, how_written(fact)) for fact in found or _near(dictionary, words)]


def _first(scored: tuple[tuple[int, int], FactType]) -> tuple[int, int, int]:
    """What fits best comes first; of what fits alike, the question that speaks of little else."""
    (words, score), fact = scored
    return -words, -score, len(fact.ask_en) if words else 0


def _score(fact: FactType, whole: str, wanted: Sequence[str]) -> tuple[int, int]:
    """How many of the words a fact speaks of, and how plainly: its name counts most, then its question and values."""
    name, asks = fact.name.casefold(), f"{fact.ask_en} {fact.ask_zh} {fact.ask_ja} {fact.unit} {fact.source}".casefold()
    values = " ".join(fact.values).casefold()
    own = name.replace("_", " ").replace(".", " ").split()
    if whole in (name, name.partition(".")[2]):
        return len(wanted), EXACT
    points = [
        30 if word in own
        else 20 if word in name
        else 6 if word in asks.split()
        else 4 if word in asks
        else 2 if word in values
        else 0
        for word in wanted
    ]  # fmt: skip
    plain = PLAIN if fact.source == "the case" else 0  # what every case says, before what one provision asks
    return sum(1 for point in points if point), sum(points) + plain


def _near(dictionary: Dictionary, words: str) -> list[FactType]:
    """Facts with a name that is spelt nearly so."""
    hint = nearest(words.strip().replace(" ", "_"), dictionary.facts)
    return [fact for name, fact in dictionary.facts.items() if name in hint.rstrip("?").split()]
