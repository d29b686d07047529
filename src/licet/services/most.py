"""How much one case may take where others wait for it: a server decides one after the other, in memory it shares."""

from __future__ import annotations

from dataclasses import dataclass

from licet.facts.case import Case
from licet.facts.errors import CaseError


@dataclass(frozen=True, slots=True)
class Most:
    """The most that one case may come to.

    `rules` are those of an answer: some 2,000 for an item of which nothing is known, 600 for one of which the kind is,
    30 where all that matters is. `visits` are parties, owners and rows of lists, each once for every item.
    """

    rules: int = 30_000
    visits: int = 50_000

    def let_in(self, case: Case, times: int = 1) -> None:
        """Raises CaseError for more parties than can be held against so many items, so many times."""
        others = sum(1 for party in case.root.lists.get("parties", ()) for _ in party.all())
        if others * len(case.lines) * times > self.visits:
            text = f"{len(case.lines):,} items and {others:,} parties, owners and rows are too many for one case"
            raise CaseError.one("E_TOO_MANY", text, hint="give it as several cases, or as an order book (licet batch)")

    def within(self, rules: int, items: int) -> None:
        """Raises CaseError where an answer has too many rules, after so many items."""
        if rules > self.rules:
            text = f"so much is open that the answer has more than {self.rules:,} rules after {items:,} items"
            hint = "say more of the items, first their kind, or give fewer at a time"
            raise CaseError.one("E_TOO_OPEN", text, hint=hint)
