"""A third interpreter, written for its plainness: it walks the tree of a condition as the documents describe it.

It shares nothing with the scalar evaluator or the arrays but the tree and the case: values are worked out anew
each time they are wanted, numbers are fractions, questions are sets of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from licet.facts.case import Case
from licet.facts.dictionary import COLLECTIONS, ELEMENT, level, own_name
from licet.facts.elements import Element
from licet.rules import tree
from licet.rules.model import Instrument, MeasureCase
from licet.rules.snapshot import InForce, Snapshot

Truth = bool | None
End = Fraction | None
Ends = tuple[End, End]
Frame = tuple[tuple[str, Element], ...]
Result = dict[str, object]

SEVERITY = {
    "hold": 2,
    "licence_required": 3,
    "prohibited": 4,
    "may_not_buy": 4,
    "may_not_contract": 4,
    "may_not_invest": 4,
}
SAME = {"component": "item", "owner": "party"}


def and3(values: Iterable[Truth]) -> Truth:
    """no if one is no, unknown if one is unknown, else yes."""
    found = list(values)
    return False if False in found else None if None in found else True


def or3(values: Iterable[Truth]) -> Truth:
    """yes if one is yes, unknown if one is unknown, else no."""
    found = list(values)
    return True if True in found else None if None in found else False


def not3(value: Truth) -> Truth:
    """The opposite."""
    return None if value is None else not value


class Naive:
    """One line: the case with one of its items, or none."""

    def __init__(self, law: Snapshot, root: Element, item: Element | None) -> None:
        self.law, self.root, self.item = law, root, item
        self.strangers: dict[tuple[int, str], Element] = {}
        self.stands_for: dict[int, str] = {}
        self.entries: dict[tuple[str | int, ...], Truth] = {}

    # --- the case -------------------------------------------------------------------------------

    def members(self, element: Element, of: str) -> list[Element]:
        """The members given and, of an open list, one of which nothing is known."""
        members = list(element.lists.get(of, []))
        if element.closed.get(of) is True:
            return members
        key = (id(element), of)
        if key not in self.strangers:
            self.strangers[key] = Element({})
            self.stands_for[id(self.strangers[key])] = self.stands_for.get(id(element), f"complete.{of}")
        return [*members, self.strangers[key]]

    def holder(self, kind: str, frame: Frame) -> Element | None:
        """The element that has the facts of this kind."""
        if kind == "case":
            return self.root
        if frame and frame[-1][0] == kind:
            return frame[-1][1]
        for held, element in frame:
            if held == kind:
                return element
        return self.item if kind == "item" else None

    def lister(self, of: str, frame: Frame) -> Element | None:
        """The element that has this list."""
        kind = COLLECTIONS[of]
        if frame and SAME.get(frame[-1][0], frame[-1][0]) == kind:
            return frame[-1][1]
        return self.holder(kind, frame)

    def fact(self, fact: str, frame: Frame) -> object:
        """The value of a fact; None where it is not stated."""
        element = self.holder(level(fact), frame)
        return None if element is None else element.facts.get(own_name(fact))

    # --- truth ----------------------------------------------------------------------------------

    def value(self, node: tree.Condition, frame: Frame) -> Truth:
        """yes, no or unknown."""
        match node:
            case tree.All():
                result = and3(self.value(part, frame) for part in node.parts)
            case tree.Any():
                result = or3(self.value(part, frame) for part in node.parts)
            case tree.Not():
                result = not3(self.value(node.part, frame))
            case tree.Some() | tree.Every():
                result = self.listed(node, frame)
            case tree.Refer():
                result = self.refer(node.rule, frame)
            case tree.Declared():
                result = self.value(node.part, frame)
                if result is None and self.value(tree.Beneath(fact=node.fact, code=node.code), frame) is True:
                    result = True
            case tree.Owned():
                result = self.owned(node, frame[-1][1])
            case tree.Always():
                result = node.value
            case tree.Compare():
                result = self.compare(node, frame)
            case tree.Member():
                result = self.member(node, frame)
            case tree.Described():
                result = self.described(node, frame)
            case _:
                result = self.leaf(node, frame)
        return result

    def listed(self, node: tree.Some | tree.Every, frame: Frame) -> Truth:
        """Whether a condition holds for some, or for every, member of a list."""
        element = self.lister(node.of, frame)
        if element is None:
            return None
        members = self.members(element, node.of)
        values = [self.value(node.where, (*frame, (ELEMENT[node.of], member))) for member in members]
        return or3(values) if isinstance(node, tree.Some) else and3(values)

    def leaf(self, node: tree.Condition, frame: Frame) -> Truth:
        """A test of words or of a yes or no."""
        stated = self.fact(next(iter(tree.facts_of(node))), frame)
        if stated is None:
            return None
        match node:
            case tree.Holds():
                return bool(stated)
            case tree.OneOf():
                return stated in node.values
            case tree.Same():
                other = self.fact(node.other, frame)
                return None if other is None else stated == other
            case tree.Has():
                assert isinstance(stated, frozenset)
                return any(word in node.values for word in stated)
            case tree.Beneath():
                return or3(under(word, node.code) for word in words(stated))
        raise AssertionError(node)

    def described(self, node: tree.Described, frame: Frame) -> Truth:
        """By the declared code, or by an entry whose code is in the group; no where the case has no item at all."""
        if self.holder("item", frame) is None:
            return False if self.root.closed.get("items") is True else None
        scheme = node.group.split(".")[0]
        values = [self.member(tree.Member(fact=f"item.declared.{scheme}", group=node.group), frame)]
        for rule, within in self.within(node.group):
            value = and3([self.entry(rule, frame), within])
            open_ = value is None and bool(self.fact(f"item.declared.{scheme}", frame))
            values.append(False if open_ else value)
        return or3(values)

    def within(self, group: str) -> Iterator[tuple[str, Truth]]:
        """The entries whose code lies in a group, or may."""
        scheme = group.partition(".")[0]
        for rule in self.law.rules.values() if group in self.law.rules else ():
            code = rule.extra.get("code") if rule.rule.kind == "entry" else None
            if code is not None and rule.rule.id.startswith(f"{scheme}."):
                found = inside(code, self.law.rules[group])
                if found is not False:
                    yield rule.rule.id, found

    def entry(self, rule: str, frame: Frame) -> Truth:
        """An entry is asked by many groups; without remembering, each asks it anew."""
        key: tuple[str | int, ...] = (rule, *(id(element) for _, element in frame))
        if key not in self.entries:
            self.entries[key] = self.refer(rule, frame)
        return self.entries[key]

    def member(self, node: tree.Member, frame: Frame) -> Truth:
        """Membership in a group of the day."""
        group = self.law.rules.get(node.group)
        if group is None:
            return False
        stated = self.fact(node.fact, frame)
        if stated is None:
            return None
        found = or3(inside(word, group) for word in words(stated))
        return found if group.known or found is True else None

    # --- references -----------------------------------------------------------------------------

    def targets(self, rule: str, frame: Frame) -> list[Frame]:
        """The frames in which a rule is to be worked out, seen from here."""
        subject = self.law.law.rules[rule].subject
        kind, element = frame[-1] if frame else ("case", self.root)
        if subject in ("case", "route"):
            return [()]
        if subject == SAME.get(kind, kind):
            return [(*frame[:-1][-1:], (subject, element))] if subject == "listing" else [((subject, element),)]
        if subject == "item":
            return [(("item", self.item),)] if self.item is not None else []
        if subject == "party" and kind != "case":
            party = self.holder("party", frame)
            return [(("party", party),)] if party is not None else []
        parties = self.members(self.root, "parties") if kind == "case" else [element]
        if subject == "party":
            return [(("party", party),) for party in parties]
        return [(("party", party), ("listing", row)) for party in parties for row in self.members(party, "listings")]

    def refer(self, rule: str, frame: Frame) -> Truth:
        """The value of a rule seen from here: some party (or row) for which it holds is enough."""
        if rule not in self.law.law.rules:
            return None
        if self.law.law.rules[rule].subject == "item" and not self.targets(rule, frame):
            return False if self.root.closed.get("items") is True else None
        return or3(self.rule(rule, target) for target in self.targets(rule, frame))

    def rule(self, rule: str, frame: Frame) -> Truth:
        """The value of a rule for one thing it is about."""
        held = self.law.rules.get(rule)
        return False if held is None else self.value(held.when, frame)

    # --- ownership ------------------------------------------------------------------------------

    def owned(self, node: tree.Owned, party: Element) -> Truth:
        """Whether owners that count hold the share."""
        whole = Fraction(100)
        sure, may, known, others = [Fraction(0)], [Fraction(0)], Fraction(0), Fraction(0)
        for owner in party.lists.get("owners", []):
            low, high = owner.facts.get(node.fact) or (None, None)
            least = Fraction(low or 0, 10_000)
            most = whole if high is None else Fraction(high, 10_000)
            known += least
            caught = self.rule(node.counts, (("party", owner),))
            if node.chain:
                caught = or3([caught, self.owned(node, owner)])
            sure.append(least if caught is True else Fraction(0))
            may.append(Fraction(0) if caught is False else most)
            others += least if caught is False else 0
        if party.closed.get("owners") is not True and party.facts.get("party.kind") not in ("person", "government"):
            may.append(max(Fraction(0), whole - known))
        low = sum(sure) if node.aggregate else max(sure)
        high = sum(may) if node.aggregate or node.own else max(may)
        shares = (low, max(low, min(high, whole - others)))
        line = Fraction(node.threshold, 10_000)
        return order(">" if node.more_than else ">=", (Fraction(shares[0]), Fraction(shares[1])), (line, line))

    # --- numbers --------------------------------------------------------------------------------

    def measure(self, number: tree.Number) -> tuple[MeasureCase, ...]:
        """The cases of the measure that computes a number."""
        held = self.law.measures.get(own_name(number.name)) if isinstance(number, tree.NumberFact) else None
        return held.value if held is not None else ()

    def compare(self, node: tree.Compare, frame: Frame) -> Truth:
        """A comparison; a measure on the left may have several cases."""
        cases = self.measure(node.left)
        right = self.number(node.right, frame)
        if len(cases) < 2:
            left = self.number(node.left, frame)
            return None if left is None or right is None else order(node.op, left, right)
        assert isinstance(node.left, tree.NumberFact)
        element = self.holder(level(node.left.name), frame)
        if element is None or right is None:
            return None
        if own_name(node.left.name) in element.facts:
            stated = self.stated(node.left, frame)
            return order(node.op, stated, right)
        return self.first_case(node.op, cases, right, (("item", element),))

    def first_case(self, op: str, cases: tuple[MeasureCase, ...], right: Ends, frame: Frame) -> Truth:
        """What all cases agree on that may be the first to hold."""
        possible: list[Truth] = []
        for case in cases:
            guard = True if case.guard is None else self.value(case.guard, frame)
            if guard is False:
                continue
            left = self.number(case.value, frame)
            possible.append(None if left is None else order(op, left, right))
            if guard is True:
                break
        return possible[0] if possible and len(set(possible)) == 1 else None

    def stated(self, node: tree.NumberFact, frame: Frame) -> Ends:
        """A number as the case states it; else as wide as the dictionary allows."""
        ends = self.fact(node.name, frame)
        low, high = ends if isinstance(ends, tuple) else (node.low, None)
        unit = 10**node.scale
        return (None if low is None else Fraction(low, unit), None if high is None else Fraction(high, unit))

    def number(self, node: tree.Number, frame: Frame) -> Ends | None:
        """The ends of a number; None for a quotient that may divide by zero."""
        match node:
            case tree.Const():
                point = Fraction(node.value, 10**node.scale)
                return (point, point)
            case tree.Arith():
                left, right = self.number(node.left, frame), self.number(node.right, frame)
                return None if left is None or right is None else arithmetic(node.op, left, right)
            case tree.Aggregate():
                return self.aggregate(node, frame)
        cases = self.measure(node)
        element = self.holder(level(node.name), frame)
        if not cases or element is None or own_name(node.name) in element.facts:
            return self.stated(node, frame)
        assert len(cases) == 1, "a measure with several cases stands alone on the left"
        return self.number(cases[0].value, (("item", element),))

    def aggregate(self, node: tree.Aggregate, frame: Frame) -> Ends:
        """max, min or sum over the members given; an open list may hold more."""
        element = self.lister(node.of, frame)
        members = element.lists.get(node.of, []) if element is not None else []
        ends = [self.number(node.value, (*frame, (ELEMENT[node.of], member))) for member in members]
        if element is None or not ends:
            return (Fraction(0), None)
        lows = [end[0] or Fraction(0) for end in ends if end is not None]
        highs = [end[1] for end in ends if end is not None]
        bounded = [high for high in highs if high is not None]
        closed = element.closed.get(node.of) is True
        if node.op == "min":
            return (min(lows) if closed else Fraction(0), min(bounded) if bounded else None)
        join = max if node.op == "max" else sum
        return (Fraction(join(lows)), Fraction(join(bounded)) if closed and len(bounded) == len(highs) else None)

    # --- questions ------------------------------------------------------------------------------

    def asks(self, node: tree.Condition, frame: Frame) -> set[str]:
        """The facts an unknown condition waits for."""
        match node:
            case tree.Some() | tree.Every():
                element = self.lister(node.of, frame)
                members = [] if element is None else self.members(element, node.of)
                return self.union(node.where, [(*frame, (ELEMENT[node.of], member)) for member in members])
            case tree.Refer():
                return self.asks_of_rule(node.rule, frame)
            case tree.Owned():
                return self.asks_of_owners(node, frame[-1][1])
            case tree.Compare():
                return self.asks_of_number(node.left, frame) | self.asks_of_number(node.right, frame)
            case tree.Described() if self.holder("item", frame) is None:
                return {"complete.items"}
        found: set[str] = set()
        if isinstance(node, tree.Described) and not self.fact(tree.declared_in(node.group), frame):
            found |= {fact for rule, _ in self.within(node.group) for fact in self.asks_of_rule(rule, frame)}
        for fact in tree.facts_of(node):
            element = self.holder(level(fact), frame)
            if element is not None and own_name(fact) not in element.facts:
                found.add(own_name(fact))
        for part in tree.children(node):
            if self.value(part, frame) is None:
                found |= self.asks(part, frame)
        return found

    def union(self, node: tree.Condition, frames: list[Frame]) -> set[str]:
        """What a condition asks for the things for which it is unknown."""
        found: set[str] = set()
        for frame in frames:
            if self.value(node, frame) is None:
                stranger = [self.stands_for[id(e)] for _, e in frame if id(e) in self.stands_for]
                found |= {stranger[0]} if stranger else self.asks(node, frame)
        return found

    def asks_of_rule(self, rule: str, frame: Frame) -> set[str]:
        """What a rule asks, seen from here, if its value here is unknown."""
        held = self.law.rules.get(rule)
        if held is None or self.refer(rule, frame) is not None:
            return set()
        if held.rule.subject == "item" and not self.targets(rule, frame):
            return {"complete.items"}
        return self.union(held.when, self.targets(rule, frame))

    def asks_of_owners(self, node: tree.Owned, party: Element) -> set[str]:
        """Shares, owners and whether they count, down the open part of the tree."""
        found = set() if party.closed.get("owners") is True else {"complete.owners"}
        for owner in party.lists.get("owners", []):
            low, high = owner.facts.get(node.fact) or (0, None)
            found |= {node.fact} if low != high else set()
            counts = self.rule(node.counts, (("party", owner),))
            if counts is None:
                found |= self.asks_of_rule(node.counts, (("party", owner),))
            if counts is not True and node.chain:
                found |= self.asks_of_owners(node, owner)
        return found

    def asks_of_number(self, node: tree.Number, frame: Frame) -> set[str]:
        """The facts of a number that are no single point."""
        if isinstance(node, tree.Arith):
            return self.asks_of_number(node.left, frame) | self.asks_of_number(node.right, frame)
        if isinstance(node, tree.Aggregate):
            element = self.lister(node.of, frame)
            members = element.lists.get(node.of, []) if element is not None else []
            asked = [self.asks_of_number(node.value, (*frame, (ELEMENT[node.of], member))) for member in members]
            return set().union(*asked)
        if not isinstance(node, tree.NumberFact):
            return set()
        fact, element = own_name(node.name), self.holder(level(node.name), frame)
        if element is None:
            return set()
        ends = element.facts.get(fact)
        if ends is not None and ends[0] is not None and ends[0] == ends[1]:
            return set()
        if ends is not None or fact not in self.law.measures:
            return {fact}
        found: set[str] = set()
        inner: Frame = (("item", element),)
        for case in self.law.measures[fact].value:
            if case.guard is not None and self.value(case.guard, inner) is None:
                found |= self.asks(case.guard, inner)
            if isinstance(case.value, tree.Aggregate) and not element.lists.get(case.value.of):
                found.add(fact)
            found |= self.asks_of_number(case.value, inner)
        return found


# --- words and ends --------------------------------------------------------------------------------


def words(value: object) -> list[str]:
    """A single word or the words of a set."""
    return list(value) if isinstance(value, frozenset) else [str(value)]


def under(word: str, code: str) -> Truth:
    """A declared word is the code or beneath it; one above it tells nothing."""
    have, want = word.split("."), code.split(".")
    if have[: len(want)] == want:
        return True
    return None if want[: len(have)] == have else False


def inside(word: str, group: InForce) -> Truth:
    """A word is in a group; a tariff code too short to tell may be."""
    if group.match == "exact":
        return word in group.members
    if group.match == "code":
        return coded(word, group)
    if any(word[: len(code)] == code for code in group.members):
        return True
    return None if any(code[: len(word)] == word for code in group.members) else False


def coded(word: str, group: InForce) -> Truth:
    """A code is in a group of codes if each code the word may stand for is."""
    steps = word.split(".")
    listed = {**dict.fromkeys(group.members, True), **dict.fromkeys(group.without, False)}
    here = False
    for count in range(1, len(steps) + 1):
        here = listed.get(".".join(steps[:count]), here)
    lower = [kept for code, kept in listed.items() if code.split(".")[: len(steps)] == steps and code != word]
    return here if all(kept is here for kept in lower) else None


def order(op: str, left: Ends, right: Ends) -> Truth:
    """A comparison of two ranges: known where every pair of their numbers gives the same answer."""
    if op in ("<", "<="):
        return order({"<": ">", "<=": ">="}[op], right, left)
    (a, b), (c, d) = left, right
    if op == "=":
        if a is not None and a == b == c == d:
            return True
        return (
            False
            if (a is not None and d is not None and a > d) or (c is not None and b is not None and c > b)
            else None
        )
    if a is not None and d is not None and (a > d or (a == d and op == ">=")):
        return True
    return False if b is not None and c is not None and (b < c or (b == c and op == ">")) else None


def arithmetic(op: str, left: Ends, right: Ends) -> Ends | None:
    """Interval arithmetic; factors and divisors are never negative."""
    (a, b), (c, d) = left, right
    if op == "+":
        return (None if a is None or c is None else a + c, None if b is None or d is None else b + d)
    if op == "-":
        return (None if a is None or d is None else a - d, None if b is None or c is None else b - c)
    if op == "*":
        return ((a or Fraction(0)) * (c or Fraction(0)), None if b is None or d is None else b * d)
    if not c:
        return None
    return (None if d is None else (a or Fraction(0)) / d, None if b is None else b / c)


# --- the outcome -----------------------------------------------------------------------------------


class NaiveDecider:
    """The outcome of a line, rule by rule."""

    def __init__(self, law: Snapshot, root: Element, item: Element | None) -> None:
        self.law, self.line = law, Naive(law, root, item)

    def enforced(self, kind: str) -> Iterator[InForce]:
        """The rules of a kind that count."""
        return (
            h
            for h in self.law.rules.values()
            if h.rule.kind == kind and h.version.status not in ("suspended", "not_enforced")
        )

    def decide(self, rules: Iterable[str]) -> Result:
        """Everything an answer says, as plain values."""
        line, needs, reaches, waiting = self.line, {}, {}, []
        jurisdictions: dict[str, tuple[int, int]] = {}
        for instrument in self.law.law.instruments.values():
            if instrument.encoded_from > self.law.day:
                continue
            governs = self.governs(instrument)
            general = self.general(instrument)
            reach = and3([governs, or3(line.refer(rule, ()) for rule in general)])
            if reach is not False:
                reaches[instrument.id] = reach
            for held in [*self.enforced("requirement"), *self.enforced("prohibition")]:
                if held.rule.instrument != instrument.id:
                    continue
                named = held.extra.get("reach") or general
                own = and3([governs, or3(line.refer(rule, ()) for rule in named)])
                value = and3([own, line.refer(held.rule.id, ())])
                if value is not False:
                    ends = self.ends(held, value)
                    needs[held.rule.id] = (value, ends)
                    before = jurisdictions.get(instrument.jurisdiction, (0, 0))
                    jurisdictions[instrument.jurisdiction] = (max(before[0], ends[0]), max(before[1], ends[1]))
                    waiting.append((held, value, own, ends, named))
        bounds = tuple(max([0, *(ends[n] for ends in jurisdictions.values())]) for n in (0, 1))
        asked: set[str] = set()
        for held, value, own, ends, named in waiting:
            if ends[1] > bounds[0] and ends[0] != ends[1]:
                asked |= self.asks(held, value, own, named)
        entries = {h.rule.id: line.refer(h.rule.id, ()) for h in self.law.rules.values() if h.rule.kind == "entry"}
        values = {rule: line.refer(rule, ()) for rule in rules}
        return {
            "bounds": bounds,
            "jurisdictions": jurisdictions,
            "reaches": reaches,
            "entries": {rule: value for rule, value in entries.items() if value is not False},
            "needs": needs,
            "values": {r: (v, tuple(sorted(line.asks_of_rule(r, ())))) for r, v in values.items() if v is not False},
            "questions": tuple(sorted(asked)),
        }

    def governs(self, instrument: Instrument) -> Truth:
        """Whether the act is one for this instrument."""
        act = self.line.root.facts.get("act")
        channel = act if act in ("procurement", "investment") else "export"
        return None if act is None else channel == instrument.channel

    def general(self, instrument: Instrument) -> list[str]:
        """The reach of all rules that name none."""
        reaches = [h for h in self.law.rules.values() if h.rule.kind == "reach" and h.rule.instrument == instrument.id]
        return [held.rule.id for held in reaches if held.extra.get("general") != "no"]

    def reliefs(self, held: InForce) -> list[str]:
        """The reliefs that name a requirement."""
        return [relief.rule.id for relief in self.enforced("relief") if held.rule.id in relief.extra["lifts"]]

    def bars(self, relief: str) -> list[str]:
        """The bars that name a relief, itself or by the beginning of its id."""
        patterns = [(bar.rule.id, pattern) for bar in self.enforced("bar") for pattern in bar.extra["bars"]]
        return [bar for bar, p in patterns if p == relief or (p.endswith(".*") and relief.startswith(p[:-1]))]

    def barred(self, relief: str) -> Truth:
        """Whether a bar holds."""
        return or3(self.line.refer(bar, ()) for bar in self.bars(relief))

    def ends(self, held: InForce, value: Truth) -> tuple[int, int]:
        """The best and the worst a requirement can come to."""
        default = "prohibited" if held.rule.kind == "prohibition" else "licence_required"
        full = SEVERITY[held.extra.get("effect", default)]
        reliefs = [(self.line.refer(relief, ()), self.barred(relief)) for relief in self.reliefs(held)]
        may = any(lifted is not False and barred is not True for lifted, barred in reliefs)
        sure = any(lifted is True and barred is False for lifted, barred in reliefs)
        return (0 if value is None else 1 if may else full, 1 if sure else full)

    def asks(self, held: InForce, value: Truth, reach: Truth, named: list[str]) -> set[str]:
        """What is open in a requirement, its reach, its reliefs and their bars."""
        line, found = self.line, set[str]()
        if value is None:
            if reach is None:
                found |= {"act"} - line.root.facts.keys()
                found |= {fact for rule in named for fact in line.asks_of_rule(rule, ())}
            found |= line.asks_of_rule(held.rule.id, ())
        for relief in self.reliefs(held):
            barred = self.barred(relief)
            if line.refer(relief, ()) is False or barred is True:
                continue
            found |= line.asks_of_rule(relief, ())
            if barred is None:
                found |= {fact for bar in self.bars(relief) for fact in line.asks_of_rule(bar, ())}
        return found


def by_naive(law: Snapshot, cases: Iterable[Case], rules: Iterable[str] = ()) -> Iterator[Result]:
    """Every line of the cases."""
    wanted = list(rules)
    for case in cases:
        for item in case.lines:
            yield NaiveDecider(law, case.root, item).decide(wanted)
