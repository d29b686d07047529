"""Which rules of a day can feel a row of a list: those that name the list, and all that build on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from licet.rules import tree
from licet.rules.snapshot import InForce, Snapshot

LIST, FOOTNOTES = "listing.list", "listing.footnotes"
SHOWN = ("prohibition", "requirement", "bar", "policy", "reach", "duty", "exposure", "flag")  # in this order


@dataclass(frozen=True, slots=True)
class RuleReads:
    """What a rule reads of rows: the lists it names, the other rules it refers to, and the footnotes it looks for."""

    lists: frozenset[str]
    rules: frozenset[str]
    footnotes: frozenset[str]


KnownReads = dict[tuple[str, int], tuple[tree.Condition, RuleReads]]  # by rule and condition


class Readers:
    """The rules of one day by the list they read. Nothing here knows the name of a list: the law says it.

    `footnotes` are those that make a difference to any rule of the day. `known` keeps what rules read for other days.
    """

    def __init__(self, law: Snapshot, known: KnownReads | None = None) -> None:
        self.law = law
        self.direct: dict[str, set[str]] = {}
        self.users: dict[str, set[str]] = {}
        footnotes: set[str] = set()
        known = {} if known is None else known
        for held in law.rules.values():
            when = held.when
            key = held.rule.id, id(when)
            if key not in known:
                known[key] = when, _reads(held)  # with the condition, so that its id stays its own
            reads = known[key][1]
            footnotes |= reads.footnotes
            for name in reads.lists:
                self.direct.setdefault(name, set()).add(held.rule.id)
            for other in reads.rules:
                self.users.setdefault(other, set()).add(held.rule.id)
            for other in held.extra["of"] if held.rule.kind == "policy" else ():
                self.users.setdefault(other, set()).add(held.rule.id)
        self.footnotes = frozenset(footnotes)
        self.found: dict[str, tuple[InForce, ...]] = {}

    def of(self, name: str) -> tuple[InForce, ...]:
        """The rules that may say something because of a row of this list, in the order they are shown."""
        if name not in self.found:
            self.found[name] = tuple(sorted(self._above(name), key=_place))
        return self.found[name]

    def _above(self, name: str) -> Iterator[InForce]:
        seen = set(self.direct.get(name, ()))
        pending = list(seen)
        while pending:
            fresh = self.users.get(pending.pop(), set()) - seen
            seen |= fresh
            pending.extend(fresh)
        yield from (held for held in map(self.law.rules.__getitem__, seen) if self.shown(held))

    def shown(self, held: InForce) -> bool:
        """Whether a rule says something by itself; helpers that only serve other rules do not."""
        helper = held.rule.kind == "reach" and held.extra.get("general") == "no"
        return held.rule.kind in SHOWN and not helper and held.rule.instrument in self.law.law.instruments


def _reads(held: InForce) -> RuleReads:
    """What a rule reads, in all its versions: one whose text was not read says unknown for a row all the same."""
    conditions = (held.when, *(version.when for version in held.rule.versions if version.when))
    return RuleReads(
        frozenset(name for condition in conditions for name in _named(condition)),
        frozenset(other for condition in conditions for other in tree.rules_of(condition)),
        frozenset(value for part in tree.walk(held.when) for value in _footnotes(part)),
    )


def _named(condition: tree.Condition) -> Iterator[str]:
    for part in tree.walk(condition):
        if isinstance(part, tree.OneOf) and part.fact == LIST:
            yield from part.values


def _footnotes(part: tree.Condition) -> tuple[str, ...]:
    return part.values if isinstance(part, tree.Has) and part.fact == FOOTNOTES else ()


def _place(held: InForce) -> tuple[int, str]:
    return SHOWN.index(held.rule.kind), held.rule.id
