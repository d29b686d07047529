"""A case may carry its owners as a graph: `holdings: [{owner, owned, share}]` beside its parties.

Before the case is decided the graph is hung under the parties as the nested owners that the rules read. The nesting
is a tree, so where the graph returns to an entity that stands above already, it is cut: the owner stays, with its
share, its rows and an open list of owners of its own. So a ring can leave a question open, and never clears anybody.
"""

from __future__ import annotations

from datetime import date

from licet.facts.case import MAX_MEMBERS, Case
from licet.facts.elements import Element
from licet.facts.errors import CaseError, Problem
from licet.parties.known import name_key
from licet.parties.owners.model import Holding
from licet.parties.owners.onday import on_day
from licet.parties.owners.reading import read_holdings

MAX_DEPTH = 24
_NAMES = ("party.name", "party.entity")


def apply_holdings(case: Case, day: date) -> None:
    """Give every party the owners that the case's holdings of the day name, at any depth. Raises CaseError.

    What a party says of its owners itself stays; an owner named in both ways is refused.
    """
    if case.holdings is not None:
        graph = on_day(read_holdings(case.holdings), day)
        case.holdings = None
        _Tree(case, graph.holdings).grow()


class _Tree:
    def __init__(self, case: Case, holdings: tuple[Holding, ...]) -> None:
        self.root = case.root
        self.of: dict[str, list[Holding]] = {}
        for holding in holdings:
            self.of.setdefault(name_key(holding.owned), []).append(holding)
        self.count = 0
        # Parties as the case states them, before anything is hung beneath: what they say of owners comes along.
        self.parties = {key: _copy(party) for party in self.root.lists.get("parties", []) for key in _keys(party)}

    def grow(self) -> None:
        for party in self.root.lists.get("parties", []):
            self.hang(party, _keys(party), 0)

    def hang(self, party: Element, above: frozenset[str], depth: int) -> None:
        """Owners of the graph beneath a party, after those it names itself."""
        stated = party.lists.get("owners", [])
        for owner in stated:
            self.hang(owner, above | _keys(owner), depth + 1)
        named = {key for owner in stated for key in _keys(owner)}
        fresh = []
        for holding in (holding for key in sorted(_keys(party)) for holding in self.of.get(key, ())):
            key = name_key(holding.owner)
            if key in named:
                text = f"{holding.owner} is named as an owner of {party.label} twice"
                raise CaseError([Problem("E_CONTRADICTION", text, holding.place, "keep it in one of the two lists")])
            named.add(key)
            fresh.append(self.owner(holding, key, above, depth))
        if fresh:
            party.add("owners", [*stated, *fresh], party.closed.get("owners"))

    def owner(self, holding: Holding, key: str, above: frozenset[str], depth: int) -> Element:
        """The owner a holding names: as the case describes it among its parties, else by its name alone."""
        known = self.parties.get(key)
        self.count += 1 if known is None else sum(1 for _ in known.all())
        if self.count > MAX_MEMBERS:
            text = f"followed along all ways, the holdings name more than {MAX_MEMBERS:,} owners and rows of lists"
            hint = "give the part of the graph that matters, or use licet own"
            raise CaseError.one("E_TOO_MANY", text, holding.place, hint)
        facts = {} if known is None else {n: value for n, value in known.facts.items() if n != "party.roles"}
        facts.setdefault("party.name", holding.owner)
        facts["owner.share"] = holding.share
        if holding.votes is not None:
            facts["owner.votes"] = holding.votes
        owner = Element(facts, holding.owner)
        told = self.root if known is None else _copy(known)
        owner.add("listings", [] if known is None else told.lists.get("listings", []), told.closed.get("listings"))
        keys = _keys(owner)
        cut = not keys.isdisjoint(above) or depth >= MAX_DEPTH
        stated = [] if cut or known is None else told.lists.get("owners", [])
        owner.add("owners", stated, None if cut else told.closed.get("owners"))
        if not cut:
            self.hang(owner, above | keys, depth + 1)
        return owner


def _copy(element: Element) -> Element:
    """An element with all beneath it, so that one party can stand in several places."""
    copy = Element(dict(element.facts), element.label)
    for of, members in element.lists.items():
        copy.add(of, [_copy(member) for member in members], element.closed.get(of))
    return copy


def _keys(party: Element) -> frozenset[str]:
    return frozenset(name_key(party.facts[fact]) for fact in _NAMES if fact in party.facts)
