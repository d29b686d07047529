"""Carries what is known of the parties of a case into its facts.

Only what the case leaves open is filled in: the entity, its country and headquarters, the headquarters
of its topmost parent, and its rows that stood on the day, on lists of which the case itself names no row.
The known parties are few and their lists not all; so only the case can say that a party has no other rows
(`complete: [listings]`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from licet.facts.case import Case
from licet.facts.elements import Element
from licet.parties.known import KnownParties, Party
from licet.services.listed_row import row_element, row_facts_of


def everybody(root: Element) -> Iterator[Element]:
    """Every party of a case and every owner behind one, in an order that does not change."""
    pending = list(root.lists.get("parties", ()))
    while pending:
        element = pending.pop(0)
        pending.extend(element.lists.get("owners", ()))
        yield element


def resolve_parties(case: Case, known: KnownParties, day: date) -> list[str]:
    """Fill in the parties of a case and their owners; returns the entities that were recognised."""
    found: list[str] = []
    for element in everybody(case.root):
        party = known.find(element.facts.get("party.entity", "")) or known.find(element.facts.get("party.name", ""))
        if party is not None:
            _fill(element, party, known, day)
            found.append(party.entity)
    return sorted(set(found))


def _fill(element: Element, party: Party, known: KnownParties, day: date) -> None:
    facts = element.facts
    facts.setdefault("party.entity", party.entity)
    facts.setdefault("party.country", party.country)
    facts.setdefault("party.headquarters", party.headquarters)
    above = known.parent_headquarters(party, day)
    if above is not None:
        facts.setdefault("party.parent_headquarters", above)
    stated = element.lists.get("listings", [])
    named = {row.facts.get("listing.list") for row in stated}
    rows = [
        row_element(row_facts_of(row), row.cite) for row in party.rows if row.in_force(day) and row.list not in named
    ]
    element.add("listings", [*stated, *rows], element.closed.get("listings"))
