"""The entities of a graph as parties of a case, so that any party rule of the law can be asked about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from licet.facts.case import Case
from licet.facts.elements import Element, line
from licet.facts.numbers import day_number
from licet.facts.truth import Truth
from licet.logic.evaluate import Evaluator
from licet.parties.known import KnownParties
from licet.parties.owners.model import Entity, Graph
from licet.rules.snapshot import Snapshot
from licet.services.listed_row import row_facts_of
from licet.services.own_law import control_facts
from licet.services.resolve import resolve_parties


class Entities:
    """The parties, with what is known of them filled in, and the evaluator that asks."""

    def __init__(self, graph: Graph, known: KnownParties, held: Snapshot, day: date) -> None:
        self.graph, self.held = graph, held
        self.evaluator = Evaluator(held)
        self.elements = {name: _element(entity) for name, entity in graph.entities.items()}
        root = Element({"case.on": (day_number(day),) * 2}, "case")
        root.add("parties", list(self.elements.values()), True)
        root.add("held", [], True)
        case = Case(graph.title, day, None, root, [])
        self.recognised = tuple(resolve_parties(case, known, day))
        line(root, None)
        self.root = root

    def value(self, rule: str, name: str, given: Mapping[str, Truth], control: Truth) -> Truth:
        """What a party rule says of an entity, with the values of ownership tests and of control given."""
        element = self.elements[name]
        element.memo = dict(given)
        facts = control_facts(rule, self.held)
        for fact in facts:
            element.facts.pop(fact, None)
            if control is not None:
                element.facts[fact] = control
        value = self.evaluator.rule(rule)(element)
        element.memo = {}
        for fact in facts:
            element.facts.pop(fact, None)
        return value

    def rows(self, name: str) -> list[Element]:
        """The rows of lists on which an entity stands."""
        return self.elements[name].lists.get("listings", [])

    def lists(self, name: str) -> tuple[str, ...]:
        """The lists on which an entity stands."""
        return tuple(dict.fromkeys(row.facts["listing.list"] for row in self.rows(name)))

    def counting_rows(self, rule: str, name: str, given: Mapping[str, Truth]) -> list[Element]:
        """The rows without which an entity would not count under a rule."""
        element, rows = self.elements[name], self.rows(name)
        found = []
        for row in rows:
            element.lists["listings"] = [row]
            if self.value(rule, name, given, False) is True:
                found.append(row)
        element.lists["listings"] = rows
        return found

    def with_owners(self, name: str) -> Element:
        """An entity with its direct owners beneath it, for rules that look at owners one by one."""
        party = _element(self.graph.entities[name])
        party.add("listings", self.rows(name), party.closed.get("listings"))
        owners = []
        for holding in self.graph.holdings:
            if holding.owned == name:
                owner = _element(self.graph.entities[holding.owner])
                owner.add("listings", self.rows(holding.owner), owner.closed.get("listings"))
                owner.facts["owner.share"] = holding.share
                owners.append(owner)
        party.add("owners", owners, True if self.graph.entities[name].owners_complete else None)
        party.up = self.root
        party.settle(self.root)
        return party


def _element(entity: Entity) -> Element:
    facts: dict[str, object] = {"party.name": entity.name}
    if entity.entity:
        facts["party.entity"] = entity.entity
    if entity.kind and entity.kind != "trust":
        facts["party.kind"] = entity.kind
    if entity.country:
        facts["party.country"] = entity.country
    element = Element(facts, entity.name)
    element.add(
        "listings", [Element(row_facts_of(row), row.list) for row in entity.listings], True if entity.screened else None
    )
    return element
