"""Values of compiled conditions over many places at once.

A test of a single fact has one value for each value of the fact, so it is asked of the scalar evaluator once for each,
on a small element made for it, and looked up from then on. What joins tests is Kleene's logic over arrays, in which no
is 0, unknown 1 and yes 2: AND is the least, OR the greatest, NOT the distance from yes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from licet.facts.dictionary import level, own_name
from licet.facts.truth import Truth
from licet.logic.alike.distinct import present
from licet.logic.alike.domain import Domain
from licet.logic.alike.elements import CLOSED, MISSING, MOST, NO_ELEMENT, Elements
from licet.logic.alike.laws import TODAY, Laws, Lines
from licet.logic.alike.looked import Looked, Made, Reads, made
from licet.logic.alike.spots import Spots
from licet.logic.evaluate import Node
from licet.rules import tree
from licet.rules.codes import Codes
from licet.rules.described import coded
from licet.rules.kinds import FACT
from licet.rules.model import Version
from licet.rules.snapshot import InForce

Truths = NDArray[np.int8]
NO, UNKNOWN, YES = 0, 1, 2
CODE: dict[Truth, int] = {False: NO, None: UNKNOWN, True: YES}


def content(group: InForce | None) -> Hashable:
    """All that a group says on a day."""
    return None if group is None else (group.members, group.without, group.known, group.match)


def _says(node: Node, made: Made) -> int:
    return CODE[node.value(made.inner)]


def _spots(node: Node, reads: Reads) -> Spots | None:
    """Where numbers lie against the line of a test, if it holds a fact against one."""
    match node.source:
        case tree.Compare(left=tree.NumberFact(name=name, scale=scale), right=tree.Const(value=value, scale=less)):
            line = value * 10 ** max(0, scale - less)
            if less <= scale and abs(line) < MOST and reads[0] == (name, own_name(name)) and own_name(name) != TODAY:
                return Spots(own_name(name), line)
    return None


_MEMBERS = ("rate", "component", "owner")


class Kept:
    """What tests were found to say, and tests that stand in no provision, for all days of a law."""

    def __init__(self) -> None:
        self.truths: dict[int, tuple[Node, Looked]] = {}
        self.nodes: dict[Hashable, Node] = {}
        self.codes: dict[Hashable, Codes] = {}
        self.folded: dict[int, tuple[Node, int | None]] = {}
        self.joined: dict[int, tuple[Node, int, tuple[Node, ...]]] = {}
        self.measures: dict[int, tuple[Version, tuple[str, ...]]] = {}
        self.stated: frozenset[str] = frozenset()  # by elements when this was folded


class Values:
    """The values of the law of several days for the elements of many cases, whose lines stand in the order of days."""

    def __init__(self, laws: Laws, elements: Elements, lines: Lines, kept: Kept) -> None:
        self.laws, self.elements, self.lines, self.kept = laws, elements, lines, kept
        self.law = laws.law
        self.of_lines: dict[str, Truths] = {}
        self.of_elements: dict[tuple[str, int], Truths] = {}
        self.known: dict[tuple[int, int], tuple[Node, Domain, Truths]] = {}
        self.alive: dict[tuple[str, int], list[tuple[str, str, Truths]]] = {}
        self.grouped: dict[tuple[str, int], list[tuple[str, Truths, int]]] = {}
        self.described: dict[Hashable, tuple[object, Truths]] = {}
        self.homes: dict[tuple[str, int], Domain] = {}
        self.some: dict[int, tuple[Truths, bool]] = {}
        self.stated_somewhere = elements.stated()
        if self.stated_somewhere != kept.stated:
            kept.folded, kept.joined, kept.stated = {}, {}, self.stated_somewhere
        self.kinds = {"item": self._kinds(self.home("item", 0)), "case": self._kinds(lines.all)}

    def home(self, kind: str, when: int) -> Domain:
        """Every element of a kind, looked at by one of the laws."""
        if (kind, when) not in self.homes:
            rows = np.arange(self.elements.tables[kind].size)
            self.homes[kind, when] = Domain(self.elements, (kind,), (rows,), when)
        return self.homes[kind, when]

    def _kinds(self, at: Domain) -> frozenset[str] | None:
        """The kinds of all things there are; None where that of one is not known."""
        column = at.codes(FACT, FACT)
        codes = [MISSING] if column is None else present(column)
        if any(code <= MISSING for code in codes) and at.size:
            return None
        return frozenset(str(self.elements.value(FACT, code)) for code in codes)

    def codes(self, at: Domain, fact: str, own: str) -> NDArray[np.int32] | None:
        """The numbers of a fact over a domain; None where no element states it."""
        if own == TODAY:
            day = self.laws.snapshots[at.when].day.toordinal()
            return np.full(at.size, self.elements.number(TODAY, (day, day)), np.int32)
        if own.startswith(CLOSED):
            column = self.elements.tables[at.kind].codes(own)
            return None if column is None else column[at.at[-1]]
        return at.codes(fact, own)

    # --- conditions -----------------------------------------------------------------------------

    def of(self, node: Node, at: Domain) -> Truths:
        """The values of a compiled condition over a domain of its scope."""
        key = id(node), id(at)
        if key not in self.known:
            self.known[key] = node, at, self._of(node, at)  # kept alive with it, so that no other gets its id
        return self.known[key][2]

    def _of(self, node: Node, at: Domain) -> Truths:  # noqa: PLR0911 - one for each kind of node
        match node.source:
            case tree.All():
                return self._joined(node, at, np.minimum, NO)
            case tree.Any():
                return self._joined(node, at, np.maximum, YES)
            case tree.Not():
                return YES - self.of(node.parts[0], at)
            case tree.Some(of=of) | tree.Every(of=of):
                return self._quantified(node, of, at)
            case tree.Refer(rule=rule):
                return self.refer(rule, at)
            case tree.Described(group=group):
                return self._described(group, at)
            case tree.Declared(fact=fact, code=code):
                part = self.of(node.parts[0], at)
                if not (part == UNKNOWN).any():
                    return part
                said = self.leaf(self._beneath(fact, code, at), at)
                return np.where((part == UNKNOWN) & (said == YES), np.int8(YES), part)
            case tree.Classified(fact=fact):
                part = self.of(node.parts[0], at)
                return np.where((part == UNKNOWN) & self.stated(fact, at), np.int8(NO), part)
            case tree.Always(value=value):
                return np.full(at.size, CODE[value], np.int8)
        return self.leaf(node, at)

    def _joined(self, node: Node, at: Domain, join: Any, end: int) -> Truths:
        """AND or OR, stopping where all is settled. Parts that are the same for all elements are joined once."""
        known = self.kept.joined.get(id(node))
        if known is None:
            always, parts = YES - end, []
            for part in node.parts:
                value = self.always(part, at.when)
                if value is None:
                    parts.append(part)
                else:
                    always = int(join(always, value))
            known = self.kept.joined[id(node)] = node, always, tuple(parts)
        _, always, some = known
        if always == end or not some:
            return np.full(at.size, always, np.int8)
        found = self.of(some[0], at)
        for part in some[1:]:
            if (found == end).all():
                return found
            found = join(found, self.of(part, at))
        return found if always == YES - end else join(found, np.int8(always))

    def always(self, node: Node, when: int) -> int | None:
        """The one value of a condition for all elements, since none states what it reads; None where there is none."""
        known = self.kept.folded.get(id(node))
        if known is None:
            known = self.kept.folded[id(node)] = node, self._always(node, when)
        return known[1]

    def _always(self, node: Node, when: int) -> int | None:
        match node.source:
            case tree.All() | tree.Any():
                end = NO if isinstance(node.source, tree.All) else YES
                values = [self.always(part, when) for part in node.parts]
                told = [value for value in values if value is not None]
                if end in told:
                    return end
                return None if None in values else UNKNOWN if UNKNOWN in told else YES - end
            case tree.Not():
                value = self.always(node.parts[0], when)
                return None if value is None else YES - value
            case tree.Always(value=value):
                return CODE[value]
            case tree.Refer(rule=rule):
                inner = self.laws.node(rule, when) if rule in self.laws.snapshots[when].rules else None
                return self.always(inner, when) if inner is not None and inner.scope == node.scope else None
            case tree.Declared() | tree.Classified():
                value = self.always(node.parts[0], when)
                return None if value == UNKNOWN else value
            case tree.Some() | tree.Every() | tree.Described() | tree.Owned():
                return None
        return self._always_says(node, when)

    def _always_says(self, node: Node, when: int) -> int | None:
        reads = self.reads(node, when)
        if any(own == TODAY or own in self.stated_somewhere for _, own in reads):
            return None
        nothing = [(fact, own, None) for fact, own in reads]
        values = {CODE[node.value(made(node.scope, nothing, gone).inner)] for gone in ((), ("item",))}
        return values.pop() if len(values) == 1 else None

    def _quantified(self, node: Node, of: str, at: Domain) -> Truths:
        inside = at.members(of)
        (part,) = node.parts
        some = isinstance(node.source, tree.Some)
        found = self.gathered(self.of(part, inside), inside, some)
        gone = at.holder(of)[1] == NO_ELEMENT
        return np.where(gone, np.int8(UNKNOWN), found) if gone.any() else found

    @staticmethod
    def gathered(values: Truths, inside: Domain, some: bool = True) -> Truths:
        """Whether it holds for some member of each list, or for every one."""
        assert inside.first is not None
        assert inside.count is not None
        found = np.full(len(inside.count), NO if some else YES, np.int8)
        join = np.maximum if some else np.minimum
        for place in range(int(inside.count.max(initial=0))):
            there = inside.count > place
            found[there] = join(found[there], values[inside.first[there] + place])
        return found

    def stated(self, fact: str, at: Domain) -> NDArray[np.bool_]:
        """Where a fact says anything: an empty list of codes says nothing."""
        column = self.codes(at, fact, own_name(fact))
        if column is None:
            return np.zeros(at.size, np.bool_)
        says = np.array([False, *map(bool, self.elements.known_values(own_name(fact)))])
        return says[column + 1]

    # --- rules ----------------------------------------------------------------------------------

    def over(self, rule: str) -> Truths:
        """The values of a rule for every line, each by the law of its day."""
        if rule not in self.of_lines:
            found = np.zeros(self.lines.all.size, np.int8)
            for first, last in self.laws.runs(rule):
                span = self.lines.span(first, last)
                if span.size:
                    found[self.lines.slice(first, last)] = self._span(rule, span)
            self.of_lines[rule] = found
        return self.of_lines[rule]

    def _span(self, rule: str, span: Domain) -> Truths:
        if self.law.rules[rule].subject not in ("case", "route"):
            return self.refer(rule, span)
        held = self.laws.snapshots[span.when].rules.get(rule)
        if held is None or self._about_none(held, "case"):
            return np.zeros(span.size, np.int8)
        return self.of(self.laws.node(rule, span.when), span)

    def elementwise(self, rule: str, when: int) -> Truths:
        """The values of a rule for every element of its subject, by one of the laws."""
        key = rule, self.laws.first(rule, when)
        if key not in self.of_elements:
            at = self.home(self.law.rules[rule].subject, key[1])
            held = self.laws.snapshots[when].rules.get(rule)
            none = held is None or not at.size or self._about_none(held, at.home)
            node = None if none else self.laws.node(rule, key[1])
            self.of_elements[key] = np.zeros(at.size, np.int8) if node is None else self.of(node, at)
        return self.of_elements[key]

    def _about_none(self, held: InForce, home: str) -> bool:
        """Whether all things are of kinds that the rule is not about."""
        kinds, there = held.kinds, self.kinds.get(home)
        return kinds is not None and there is not None and there.isdisjoint(kinds)

    def refer(self, rule: str, at: Domain) -> Truths:
        """The values of a rule as seen from another subject (see `licet.logic.evaluate.Evaluator.lifted`)."""
        known = self.law.rules.get(rule)
        if known is None:
            return np.full(at.size, UNKNOWN, np.int8)
        subject = known.subject
        if subject in ("case", "route"):
            assert at.line is not None
            return self.over(rule)[at.line]
        values = self.elementwise(rule, at.when)
        if subject == at.kind:
            return values[at.at[-1]]
        if subject == "item":
            return self._of_item(values, at)
        if subject == "party" and at.kind != "case":
            return values[at.rows("party")]
        return self._listed(values, subject, at)

    def _listed(self, values: Truths, subject: str, at: Domain) -> Truths:
        if at.kind != "case":
            inside = at.members("listings")
            return self.gathered(values[inside.at[-1]], inside)
        parties = at.members("parties")
        found = values[parties.at[-1]] if subject == "party" else self._listed(values, subject, parties)
        return self.gathered(found, parties)

    def _of_item(self, values: Truths, at: Domain) -> Truths:
        """The values for the items of lines; without one, no where the items are complete."""
        assert at.item is not None
        gone = at.item == NO_ELEMENT
        if not gone.any():
            return values[at.item]
        closed = self.elements.tables["case"].codes(CLOSED + "items")
        whole = np.zeros(at.size, np.bool_)
        if closed is not None:
            whole = closed[at.at[0]] == self.elements.number(CLOSED + "items", True)
        none = np.where(whole, np.int8(NO), np.int8(UNKNOWN))
        return np.where(gone, none, values[at.item] if len(values) else none)

    # --- groups of codes ------------------------------------------------------------------------

    def _described(self, group: str, at: Domain) -> Truths:
        """Whether an entry of a group describes the item, by its parameters or by the code declared."""
        if at.home != "case":
            return self._describes(group, at)
        held = self.laws.snapshots[at.when].rules.get(group)
        entries = self.entries(group, at.when)
        key = group, content(held), tuple((id(values), inside) for _, values, inside in entries)
        if key not in self.described:
            self.described[key] = entries, self._describes(group, self.home("item", at.when))
        return self._of_item(self.described[key][1], at)

    def _describes(self, group: str, at: Domain) -> Truths:
        """The same for items themselves."""
        told = self.leaf(self._member(group, at), at)
        found = np.zeros(at.size, np.int8)
        for _, values, inside in self.entries(group, at.when):
            found = np.maximum(found, np.minimum(values[at.at[-1]], np.int8(inside)))
        fact = tree.declared_in(group)
        found = np.where((found == UNKNOWN) & self.stated(fact, at), np.int8(NO), found)
        return np.maximum(told, found)

    def _member(self, group: str, at: Domain) -> Node:
        key = (group, at.scope, content(self.laws.snapshots[at.when].rules.get(group)))
        if key not in self.kept.nodes:
            member = tree.Member(fact=tree.declared_in(group), group=group)
            self.kept.nodes[key] = self.laws.evaluators[at.when].compile(member, at.scope)
        return self.kept.nodes[key]

    def _beneath(self, fact: str, code: str, at: Domain) -> Node:
        key = (fact, code, at.scope)
        if key not in self.kept.nodes:
            self.kept.nodes[key] = self.laws.evaluators[at.when].compile(tree.Beneath(fact=fact, code=code), at.scope)
        return self.kept.nodes[key]

    def entries(self, group: str, when: int) -> list[tuple[str, Truths, int]]:
        """The entries that lie in a group or may, and describe some item or may: values, and how they lie in it."""
        held = self.laws.snapshots[when].rules.get(group)
        if held is None:
            return []
        if (group, when) not in self.grouped:
            key = group, content(held)
            if key not in self.kept.codes:
                self.kept.codes[key] = Codes(held)
            holds = self.kept.codes[key].holds
            alive = self._alive(group.partition(".")[0], when)
            self.grouped[group, when] = [
                (rule, values, CODE[inside]) for rule, code, values in alive if (inside := holds(code)) is not False
            ]
        return self.grouped[group, when]

    def _alive(self, scheme: str, when: int) -> list[tuple[str, str, Truths]]:
        """The entries of a scheme that describe some item or may."""
        if (scheme, when) not in self.alive:
            listed = coded(scheme, self.laws.snapshots[when])
            values = ((rule, code, self.elementwise(rule, when)) for rule, code in listed)
            self.alive[scheme, when] = [(rule, code, found) for rule, code, found in values if self._any(found)]
        return self.alive[scheme, when]

    def _any(self, values: Truths) -> bool:
        """Whether a value is not no; asked of the same arrays again and again."""
        if id(values) not in self.some:
            self.some[id(values)] = values, bool(values.any())
        return self.some[id(values)][1]

    # --- leaves ---------------------------------------------------------------------------------

    def leaf(self, node: Node, at: Domain) -> Truths:
        """The values of a test of facts."""
        kept = self.kept.truths.get(id(node))
        if kept is None:
            reads = self.reads(node, at.when)
            looked = Looked(node.scope, reads, partial(_says, node), _spots(node, reads))
            kept = self.kept.truths[id(node)] = node, looked
        return self.look(kept[1], at).astype(np.int8)

    def look(self, looked: Looked, at: Domain) -> NDArray[np.int64]:
        """What a test comes to over a domain."""
        columns = [self.codes(at, fact, own) for fact, own in looked.reads]
        return looked.up(self.elements, columns, at.size)

    def reads(self, node: Node, when: int) -> Reads:
        """The facts that the value of a test can rest on, each once."""
        if isinstance(node.source, tree.Owned):  # of a party without owners
            kind = node.scope[-1]
            return (f"{kind}.kind", "party.kind"), (f"{kind}.closed", CLOSED + "owners")
        # What is summed up over a list is of lines without members always the same.
        facts = tree.facts_of(node.source)
        return self.inputs((fact for fact in facts if level(fact) not in _MEMBERS or level(fact) in node.scope), when)

    def inputs(self, facts: Iterable[str], when: int) -> Reads:
        """Some facts with all that those of them are computed from which are measures."""
        found = {fact: own_name(fact) for fact in facts}
        pending = list(found)
        while pending:
            fact = pending.pop()
            held = self.laws.snapshots[when].measures.get(own_name(fact))
            for name in self._read_by(held.version) if held is not None else ():
                # A measure is worked out on the element that holds its fact.
                inner = name if level(name) == "case" else f"{level(fact)}.{name.partition('.')[2]}"
                if inner not in found:
                    found[inner] = own_name(name)
                    pending.append(inner)
        return tuple(found.items())

    def _read_by(self, version: Version) -> tuple[str, ...]:
        """What a measure is computed from; asked for every test that rests on it."""
        kept = self.kept.measures.get(id(version))
        if kept is None:
            kept = self.kept.measures[id(version)] = version, tuple(version.reads())
        return kept[1]
