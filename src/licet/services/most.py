"""How much one case may take where others wait for it: a server decides one after the other, in memory it shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from licet.facts.case import Case
from licet.facts.elements import Element
from licet.facts.errors import CaseError
from licet.rules.kinds import FACT

DECLARED = "item.declared."
PAPER, BLANK, UNTOLD = 20, 10, 2  # a paper takes as long as so many parties, components as so many of a known kind


@dataclass(frozen=True, slots=True)
class Most:
    """The most that one case may come to.

    `rules` are those of an answer, with its questions: some 3,000 for an item of which nothing is known, 800 for one of
    which the kind is, 30 where all that matters is. `visits` are parties, owners and rows of lists, each once for every
    item; papers in hand count 20 times. `parts` are components; ten times where neither their kind nor a code is known,
    twice where only a code is.
    """

    rules: int = 30_000
    visits: int = 50_000
    parts: int = 1_000

    def let_in(self, case: Case, times: int = 1) -> None:
        """Raises CaseError for more parties than can be held against so many items, so many times, or components."""
        lists, items = case.root.lists, len(case.lines)
        firms = sum(1 for party in lists.get("parties", ()) for _ in party.all())
        papers = len(lists.get("held", ()))
        if items * (firms + PAPER * papers) * times > self.visits:
            text = (
                f"{items:,} items, {firms:,} parties, owners and rows and {papers:,} papers are too many for one case"
            )
            raise CaseError.one("E_TOO_MANY", text, hint="give it as several cases, or as an order book (licet batch)")
        parts = [part for item in case.items for part in _parts(item)]
        if sum(map(_weight, parts)) > self.parts:
            text = f"{len(parts):,} components, of which so little is known, are too many for one case"
            raise CaseError.one("E_TOO_MANY", text, hint="say their kind or their code, or count them with licet bom")

    def within(self, rules: int, items: int) -> None:
        """Raises CaseError where an answer has too many rules and questions, after so many items."""
        if rules > self.rules:
            text = f"so much is open that after {items:,} items there are more than {self.rules:,} rules and questions"
            hint = "say more of the items, first their kind, or give fewer at a time"
            raise CaseError.one("E_TOO_OPEN", text, hint=hint)


def _parts(item: Element) -> Iterator[Element]:
    for part in item.lists.get("components", ()):
        yield part
        yield from _parts(part)


def _weight(part: Element) -> int:
    if FACT in part.facts:
        return 1
    return UNTOLD if any(fact.startswith(DECLARED) for fact in part.facts) else BLANK
