"""What is known of a party besides its name, held against an entry: what it is, where, when born, which numbers."""

from __future__ import annotations

from licet.parties.entry import Entry
from licet.parties.match.hit import Query, Reason

_OTHER_KIND = {
    frozenset(("person", "firm")): -0.08,
    frozenset(("person", "vessel")): -0.15,
    frozenset(("person", "aircraft")): -0.15,
    frozenset(("firm", "vessel")): -0.08,
    frozenset(("firm", "aircraft")): -0.10,
    frozenset(("vessel", "aircraft")): -0.15,
}
_SAME_COUNTRY, _OTHER_COUNTRY = 0.01, -0.03
_SAME_BIRTH, _OTHER_BIRTH, _OTHER_YEAR, _NEAR_YEAR = 0.03, -0.05, -0.20, -0.03
_SAME_NUMBER = 0.30
SHORTEST_NUMBER = 3
SURE = 0.97  # the score of an entry with the very number that was asked for, whatever its name


def number_key(value: str) -> str:
    """A number without spaces, dashes and case; empty for what stands in place of one (n/a, -, 0)."""
    found = "".join(mark for mark in value.upper() if mark.isalnum())
    return found if len(found) >= SHORTEST_NUMBER and any(map(str.isdigit, found)) else ""


def context(query: Query, entry: Entry) -> list[Reason]:
    """What speaks for and against an entry besides its name."""
    found = []
    other = _OTHER_KIND.get(frozenset((query.kind, entry.kind)))
    if other is not None:
        found.append(Reason("kind", f"a {entry.kind} and not a {query.kind}", other))
    if query.countries and entry.countries:
        shared = [country for country in query.countries if country in entry.countries]
        words = f"in {', '.join(shared)} as asked" if shared else f"in {', '.join(entry.countries[:4])}"
        found.append(Reason("country", words, _SAME_COUNTRY if shared else _OTHER_COUNTRY))
    births = [_birth(one, other) for one in query.births for other in entry.births if one and other]
    if births:
        found.append(max(births, key=lambda reason: reason.weight))
    numbers = {number_key(value) for value in query.identifiers} & {number_key(i.value) for i in entry.identifiers}
    numbers.discard("")
    if numbers:
        found.append(Reason("identifier", f"has the number {', '.join(sorted(numbers))}", _SAME_NUMBER))
    return found


def _birth(asked: str, listed: str) -> Reason:
    """Two dates of birth, either of which may be a year or a month only."""
    size = min(len(asked), len(listed))
    if asked[:size] == listed[:size]:
        return Reason("birth", f"born {listed} as asked", _SAME_BIRTH)
    if asked[:4] == listed[:4]:
        return Reason("birth", f"born {listed}, not {asked}", _OTHER_BIRTH)
    years = abs(int(asked[:4]) - int(listed[:4])) if asked[:4].isdigit() and listed[:4].isdigit() else 0
    return Reason("birth", f"born {listed}, not {asked}", _NEAR_YEAR if years == 1 else _OTHER_YEAR)
