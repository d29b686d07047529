"""The leaves of a condition, compiled: each a test of an element, unknown where its fact is."""

from __future__ import annotations

from collections.abc import Callable

from licet.facts.elements import Element, NoneOf
from licet.facts.numbers import Interval
from licet.facts.truth import Truth
from licet.logic.arithmetic import add
from licet.logic.scope import Getter, same_element
from licet.rules.codes import Codes
from licet.rules.snapshot import InForce, Snapshot

Test = Callable[[Element], Truth]


def holds(get: Getter, fact: str) -> Test:
    """A yes/no fact."""
    if get is same_element:
        return lambda element: element.facts.get(fact)

    def test(element: Element) -> Truth:
        owner = get(element)
        value: Truth = None if owner is None else owner.facts.get(fact)
        return value

    return test


def lacks(get: Getter, fact: str) -> Test | None:
    """A yes/no fact of the element itself is no; None where another element holds it."""
    if get is not same_element:
        return None

    def test(element: Element) -> Truth:
        value = element.facts.get(fact)
        return None if value is None else not value

    return test


def one_of(get: Getter, fact: str, values: frozenset[str]) -> Test:
    """A text is one of these."""
    if get is same_element:
        return _one_of_own(fact, values)

    def test(element: Element) -> Truth:
        owner = get(element)
        return None if owner is None else _is_one_of(owner.facts.get(fact), values)

    return test


def _one_of_own(fact: str, values: frozenset[str]) -> Test:
    return lambda element: _is_one_of(element.facts.get(fact), values)


def _is_one_of(value: str | NoneOf | None, values: frozenset[str]) -> Truth:
    if value is None:
        return None
    if isinstance(value, NoneOf):
        return False if values <= value.texts else None
    return value in values


def same(get: Getter, fact: str, get_other: Getter, other: str) -> Test:
    """Two texts are equal."""

    def test(element: Element) -> Truth:
        owner, second = get(element), get_other(element)
        left = None if owner is None else owner.facts.get(fact)
        right = None if second is None else second.facts.get(other)
        return None if left is None or right is None else left == right

    return test


def has(get: Getter, fact: str, values: frozenset[str]) -> Test:
    """A set has any of these."""

    def test(element: Element) -> Truth:
        owner = get(element)
        value = None if owner is None else owner.facts.get(fact)
        return None if value is None else not values.isdisjoint(value)

    return test


def member(get: Getter, fact: str, group: InForce | None, law: Snapshot) -> Test:
    """A text, or any of a set, is in a group; unknown where the group of that day is not known."""
    if group is None:
        return lambda e: False
    codes = Codes.of(group, law) if group.match == "code" else None
    inside_of, known = membership(group, codes), group.known

    def test(element: Element) -> Truth:
        owner = get(element)
        value = None if owner is None else owner.facts.get(fact)
        if value is None:
            return None
        if isinstance(value, NoneOf):
            return False if known and group.match == "exact" and group.members <= value.texts else None
        words = value if isinstance(value, frozenset) else (value,)
        found: Truth = False
        for word in words:
            inside = inside_of(word)
            if inside:
                return True
            if inside is None:
                found = None
        return found if known else None

    return test


def membership(group: InForce, codes: Codes | None = None) -> Callable[[str], Truth]:
    """How a word is held against the members of a group; `codes` where they are worked out already."""
    members = group.members
    match group.match:
        case "code":
            return (codes or Codes(group)).holds
        case "prefix":
            return lambda word: starts(word, members)
    return members.__contains__


def starts(word: str, members: frozenset[str]) -> Truth:
    """Whether a tariff code falls under one of the codes; unknown where it is too short to tell."""
    found: Truth = False
    for code in members:
        if word.startswith(code):
            return True
        if code.startswith(word):
            found = None
    return found


def beneath(get: Getter, fact: str, code: str) -> Test:
    """A declared code is this paragraph or beneath it; one above it tells nothing."""

    def test(element: Element) -> Truth:
        owner = get(element)
        codes = None if owner is None else owner.facts.get(fact)
        if codes is None:
            return None
        found: Truth = False
        for declared in codes if isinstance(codes, frozenset) else (codes,):
            if declared == code or declared.startswith(code + "."):
                return True
            if code.startswith(declared + "."):
                found = None
        return found

    return test


def classified(part: Test, get: Getter, fact: str) -> Test:
    """The part; where it is open, no if a code was declared."""

    def test(element: Element) -> Truth:
        value = part(element)
        if value is not None:
            return value
        owner = get(element)
        return False if owner is not None and owner.facts.get(fact) else None

    return test


def declared(part: Test, code: Test) -> Test:
    """The parameters and, where they leave it open, the declared code: it may say yes, but never no.

    A chip declared as something else may still meet the thresholds nobody has looked at.
    """

    def test(element: Element) -> Truth:
        value = part(element)
        return True if value is None and code(element) is True else value

    return test


def number(get: Getter, fact: str, low: int | None) -> Callable[[Element], Interval]:
    """A number fact as an interval; unknown is the widest the dictionary allows."""
    widest: Interval = (low, None)

    def read(element: Element) -> Interval:
        owner = get(element)
        value: Interval | None = None if owner is None else owner.facts.get(fact)
        return widest if value is None else value

    return read


def aggregate(op: str, of: str, get: Getter, value: Callable[[Element], Interval]) -> Callable[[Element], Interval]:
    """max, min or sum over a list; nothing is known of an empty or a missing list."""

    def read(element: Element) -> Interval:
        owner = get(element)
        members = () if owner is None else owner.lists.get(of, ())
        if owner is None or not members:
            return (0, None)
        intervals = [value(member) for member in members]
        result = intervals[0]
        for interval in intervals[1:]:
            result = _JOIN[op](result, interval)
        if owner.closed.get(of) is True:
            return result
        return (0, result[1]) if op == "min" else (result[0], None)

    return read


def _largest(left: Interval, right: Interval) -> Interval:
    return (max(left[0] or 0, right[0] or 0), None if left[1] is None or right[1] is None else max(left[1], right[1]))


def _smallest(left: Interval, right: Interval) -> Interval:
    highs = [high for high in (left[1], right[1]) if high is not None]
    return (min(left[0] or 0, right[0] or 0), min(highs) if highs else None)


_JOIN = {"max": _largest, "min": _smallest, "sum": add}
