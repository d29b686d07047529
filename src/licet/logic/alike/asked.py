"""What open conditions ask, as numbers: two places with the same number ask the same facts in the same order.

The same walk as `licet.logic.ask`, over arrays. A number is made by mixing those of the parts in their order; 0 asks
nothing. The numbers the mixing begins with are drawn anew for each process, so that nobody can choose facts whose
numbers meet; that two meet by chance is as likely as one in 2**64 for each pair.
"""

from __future__ import annotations

import secrets
from collections.abc import Hashable, Iterable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from licet.facts.dictionary import own_name
from licet.logic.alike.domain import Domain
from licet.logic.alike.elements import MISSING, NO_ELEMENT
from licet.logic.alike.looked import Looked, Made, made
from licet.logic.alike.values import UNKNOWN, Values
from licet.logic.ask import Asker, Unsettled
from licet.logic.evaluate import Node
from licet.rules import tree

Numbers = NDArray[np.uint64]
Constants = dict[int, tuple[Node, np.uint64]]
_STEP, _SHIFT = np.uint64(0xD6E8FEB86659FD93), np.uint64(32)


class Names:
    """A number for every thing there is, drawn at random."""

    def __init__(self) -> None:
        self.known: dict[Hashable, int] = {}

    def __call__(self, thing: Hashable) -> np.uint64:
        """The number of a thing; never 0."""
        if thing not in self.known:
            self.known[thing] = secrets.randbits(63) * 2 + 1
        return np.uint64(self.known[thing])


def mixed(parts: Iterable[Numbers], size: int) -> Numbers:
    """One number for several in their order; 0 where all of them are."""
    found = np.zeros(size, np.uint64)
    for part in parts:
        found = (found ^ (found >> _SHIFT)) * _STEP + part
    return found


class Asked:
    """What conditions ask of many places at once."""

    def __init__(
        self, values: Values, names: Names, looked: dict[int, tuple[Node, Looked]], constants: Constants
    ) -> None:
        self.values, self.names, self.looked, self.constants = values, names, looked, constants
        self.elements, self.laws, self.law = values.elements, values.laws, values.law
        self.nothing = names("nothing")  # is asked where it is open, but not for want of a fact
        self.of_lines: dict[str, Numbers] = {}
        self.of_elements: dict[tuple[str, int], Numbers] = {}
        self.described: dict[tuple[str, int], Numbers] = {}
        self.askers = [Asker(evaluator) for evaluator in self.laws.evaluators]

    def of(self, node: Node, at: Domain) -> Numbers:
        """What a condition asks wherever its value is unknown, else 0."""
        always = self.values.always(node, at.when)
        if always is not None and not self._gone(at):
            number = (self.always(node, at.when) or self.nothing) if always == UNKNOWN else np.uint64(0)
            return np.full(at.size, number, np.uint64)
        open_ = self.values.of(node, at) == UNKNOWN
        if not open_.any():
            return np.zeros(at.size, np.uint64)
        asked = self._open(node, at)
        return np.where(open_, np.where(asked == 0, self.nothing, asked), np.uint64(0))

    @staticmethod
    def _gone(at: Domain) -> bool:
        """Whether some line has no item, of which then nothing is asked."""
        return at.item is not None and bool((at.item == NO_ELEMENT).any())

    def always(self, node: Node, when: int) -> np.uint64:
        """What a condition asks that is unknown for every element, since none states what it reads."""
        known = self.constants.get(id(node))
        if known is None:
            known = self.constants[id(node)] = node, self._always(node, when)
        return known[1]

    def _always(self, node: Node, when: int) -> np.uint64:
        match node.source:
            case tree.Refer(rule=rule):
                return self.always(self.laws.node(rule, when), when)
            case tree.All() | tree.Any() | tree.Not() | tree.Declared() | tree.Classified():
                asked = [np.array([self.names(("fact", fact))]) for fact in tree.facts_of(node.source)]
                for part in node.parts:
                    open_ = self.values.always(part, when) == UNKNOWN
                    asked.append(np.array([self.always(part, when) if open_ else np.uint64(0)]))
                return np.uint64(mixed(asked, 1)[0])
            case tree.Always():
                return np.uint64(0)
        nothing = [(fact, own, None) for fact, own in self.values.reads(node, when)]
        return np.uint64(_number(node, self.askers[when], self.names, made(node.scope, nothing)))

    def _open(self, node: Node, at: Domain) -> Numbers:
        match node.source:
            case tree.Some(of=of) | tree.Every(of=of):
                inside = at.members(of)
                asked = self._members(self.of(node.parts[0], inside), inside)
                return self.gathered(asked, inside)
            case tree.Refer(rule=rule):
                return self.refer(rule, at)
            case tree.Described(group=group):
                return self._described(group, at)
            case tree.All() | tree.Any() | tree.Not():
                return mixed((self.of(part, at) for part in node.parts), at.size)
            case tree.Declared(fact=fact) | tree.Classified(fact=fact):
                parts = (self.of(part, at) for part in node.parts)
                return mixed((self.missing(fact, at), *parts), at.size)
            case tree.Always():
                return np.zeros(at.size, np.uint64)
        return self._leaf(node, at)

    def missing(self, fact: str, at: Domain) -> Numbers:
        """The fact itself where it is not stated."""
        column = self.values.codes(at, fact, own_name(fact))
        asked = self.names(("fact", fact))
        if column is None:
            return np.full(at.size, asked, np.uint64)
        return np.where(column == MISSING, asked, np.uint64(0))

    def _leaf(self, node: Node, at: Domain) -> Numbers:
        kept = self.looked.get(id(node))
        if kept is None:
            asks = partial(_number, node, self.askers[at.when], self.names)
            looked = Looked(node.scope, self.values.reads(node, at.when), asks)
            kept = self.looked[id(node)] = node, looked
        return self.values.look(kept[1], at).view(np.uint64)

    # --- rules ----------------------------------------------------------------------------------

    def over(self, rule: str) -> Numbers:
        """What a rule asks of every line, each by the law of its day."""
        if rule not in self.of_lines:
            lines = self.values.lines
            found = np.zeros(lines.all.size, np.uint64)
            for first, last in self.laws.runs(rule):
                span = lines.span(first, last)
                if span.size:
                    found[lines.slice(first, last)] = self._span(rule, span)
            self.of_lines[rule] = found
        return self.of_lines[rule]

    def _span(self, rule: str, span: Domain) -> Numbers:
        if self.law.rules[rule].subject not in ("case", "route"):
            return self.refer(rule, span)
        open_ = self.values.over(rule)[span.line] == UNKNOWN
        if rule not in self.laws.snapshots[span.when].rules or not open_.any():
            return np.zeros(span.size, np.uint64)
        return self.of(self.laws.node(rule, span.when), span)

    def elementwise(self, rule: str, when: int) -> Numbers:
        """What a rule asks of every element of its subject, by one of the laws."""
        key = rule, self.laws.first(rule, when)
        if key not in self.of_elements:
            values = self.values.elementwise(rule, when)
            asked = np.zeros(len(values), np.uint64)
            if rule in self.laws.snapshots[when].rules and (values == UNKNOWN).any():
                at = self.values.home(self.law.rules[rule].subject, key[1])
                asked = self.of(self.laws.node(rule, key[1]), at)
            self.of_elements[key] = asked
        return self.of_elements[key]

    def refer(self, rule: str, at: Domain) -> Numbers:
        """What a rule asks as seen from another subject."""
        known = self.law.rules.get(rule)
        if known is None:
            return np.zeros(at.size, np.uint64)
        subject = known.subject
        if subject in ("case", "route"):
            assert at.line is not None
            return self.over(rule)[at.line]
        if rule not in self.laws.snapshots[at.when].rules:
            return np.zeros(at.size, np.uint64)
        asked = self.elementwise(rule, at.when)
        if subject == at.kind:
            return self._members(asked[at.at[-1]], at)
        if subject == "item":
            return self._of_item(asked, at)
        if subject == "party" and at.kind != "case":
            return self._members(asked[at.rows("party")], at)
        return self._listed(asked, subject, at)

    def _listed(self, asked: Numbers, subject: str, at: Domain) -> Numbers:
        if at.kind != "case":
            inside = at.members("listings")
            return self.gathered(self._members(asked[inside.at[-1]], inside), inside)
        parties = at.members("parties")
        if subject == "party":
            return self.gathered(self._members(asked[parties.at[-1]], parties), parties)
        return self.gathered(self._listed(asked, subject, parties), parties)

    def _of_item(self, asked: Numbers, at: Domain) -> Numbers:
        """Of the item of the line; without one, whether the items are complete."""
        assert at.item is not None
        gone = at.item == NO_ELEMENT
        if not gone.any():
            return asked[at.item]
        complete = self.names(("fact", "complete.items"))
        return np.where(gone, complete, asked[at.item] if len(asked) else complete)

    # --- lists ----------------------------------------------------------------------------------

    def _members(self, asked: Numbers, at: Domain) -> Numbers:
        """Of the unknown others of an open list only that the list is complete is asked."""
        missing = self.elements.tables[at.kind].missing
        if at.kind == "case" or not any(missing):
            return asked
        names = np.array([self.names(("fact", name)) if name else 0 for name in missing], np.uint64)[at.at[-1]]
        return np.where((names != 0) & (asked != 0), names, asked)

    def gathered(self, asked: Numbers, inside: Domain) -> Numbers:
        """What the members of each list ask, in their order."""
        assert inside.first is not None
        assert inside.count is not None
        found = np.zeros(len(inside.count), np.uint64)
        for place in range(int(inside.count.max(initial=0))):
            there = inside.count > place
            before, own = found[there], asked[inside.first[there] + place] * self.names(("place", place))
            found[there] = (before ^ (before >> _SHIFT)) * _STEP + own
        return found

    def _described(self, group: str, at: Domain) -> Numbers:
        """The declared code, and what the open entries of the group ask where none is declared."""
        if at.home != "case":
            return self._describing(group, at)
        key = group, at.when
        if key not in self.described:
            self.described[key] = self._describing(group, self.values.home("item", at.when))
        return self._of_item(self.described[key], at)

    def _describing(self, group: str, at: Domain) -> Numbers:
        fact = tree.declared_in(group)
        asked = self.missing(fact, at)
        if group not in self.laws.snapshots[at.when].rules:
            return asked
        parts = []
        for rule, values, _ in self.values.entries(group, at.when):
            if (values == UNKNOWN).any():
                parts.append(self.elementwise(rule, at.when)[at.at[-1]])
        entries = mixed(parts, at.size)
        entries = np.where(self.values.stated(fact, at), np.uint64(0), entries)
        return mixed((asked, entries), at.size)


def _number(node: Node, asker: Asker, names: Names, made: Made) -> int:
    """The number of what the scalar walk asks of small elements, in the range of signed numbers."""
    if node.value(made.inner) is not None:
        return 0
    found: Unsettled = {}
    asker.condition(node, made.inner, found)
    kinds = {id(element): kind for kind, element in made.of_kind.items()}
    asked = tuple((fact, kinds.get(id(element), "")) for fact, element in found.values())
    return int(names(("facts", asked)) >> np.uint64(1)) if asked else 0
