"""A row of a list as the facts that the law reads of it."""

from __future__ import annotations

from typing import Protocol

from licet.facts.elements import Element


class Row(Protocol):
    """What a row says: one of the law's own file, of a loaded list, or of a graph of owners."""

    @property
    def list(self) -> str:
        """The name of the list."""

    @property
    def footnotes(self) -> tuple[str, ...]:
        """Footnotes, paragraphs or programmes of the row."""

    @property
    def scope(self) -> str:
        """all_items, limited or empty."""

    @property
    def policy(self) -> str:
        """One of the review policies, or empty."""

    @property
    def exceptions_barred(self) -> bool | None:
        """Whether the row bars licence exceptions."""


def row_facts_of(row: Row) -> dict[str, object]:
    """The facts of a row, as far as it says them."""
    facts: dict[str, object] = {"listing.list": row.list, "listing.footnotes": frozenset(row.footnotes)}
    if row.scope:
        facts["listing.scope"] = row.scope
    if row.policy:
        facts["listing.policy"] = row.policy
    if row.exceptions_barred is not None:
        facts["listing.exceptions_barred"] = row.exceptions_barred
    return facts


def row_element(facts: dict[str, object], cite: str) -> Element:
    """A row of a list as an element of a party's `listings`."""
    return Element(facts, f"{facts['listing.list']} ({cite})")
