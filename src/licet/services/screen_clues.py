"""What would rule a hit out: facts that the entry carries and the question left out."""

from __future__ import annotations

from collections.abc import Iterator

from licet.facts.countries import country_name
from licet.parties.entry import Entry
from licet.services.screen_model import Asked, Clue

SHOWN = 3  # values of an entry that a clue repeats


def clues(asked: Asked, entry: Entry) -> tuple[Clue, ...]:
    """What to ask for, that which tells parties apart best first."""
    return tuple(_clues(asked, entry))


def _clues(asked: Asked, entry: Entry) -> Iterator[Clue]:
    numbers = tuple(f"{number.kind} {number.value}".strip() for number in entry.identifiers)
    if numbers and not asked.identifiers:
        yield _clue("identifiers", numbers, "ask for its number (registration, tax, passport, IMO …)")
    if entry.births and not asked.births and asked.kind not in ("firm", "vessel", "aircraft"):
        yield _clue("births", entry.births, "ask for the date of birth")
    if entry.countries and not asked.countries:
        yield _clue("countries", tuple(country_name(code) for code in entry.countries), "ask for the country")
    if entry.addresses and not asked.addresses:
        yield _clue("addresses", entry.addresses, "ask for the address")
    if entry.kind != "unknown" and asked.kind == "unknown":
        yield _clue("kind", (entry.kind,), "ask what it is")


def _clue(fact: str, has: tuple[str, ...], ask: str) -> Clue:
    shown = " or ".join(has[:SHOWN]) + (f" or one of {len(has) - SHOWN} more" if len(has) > SHOWN else "")
    return Clue(fact, has, f"{ask}: the entry's is {shown}")
