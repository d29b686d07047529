"""Which rules of a day can feel a row of a list: those that name the list, and all that build on them."""

from __future__ import annotations

from collections.abc import Iterator

from licet.rules import tree
from licet.rules.snapshot import InForce, Snapshot

LIST, FOOTNOTES = "listing.list", "listing.footnotes"
SHOWN = ("prohibition", "requirement", "bar", "policy", "reach", "duty", "exposure", "flag")  # in this order


class Readers:
    """The rules of one day by the list they read. Nothing here knows the name of a list: the law says it.

    `footnotes` are those that make a difference to any rule of the day.
    """

    def __init__(self, law: Snapshot) -> None:
        self.law = law
        self.direct: dict[str, set[str]] = {}
        self.users: dict[str, set[str]] = {}
        for held in law.rules.values():
            # All versions: one whose text was not read says unknown for a row all the same.
            for condition in (held.when, *(version.when for version in held.rule.versions if version.when)):
                for name in _named(condition):
                    self.direct.setdefault(name, set()).add(held.rule.id)
                for other in tree.rules_of(condition):
                    self.users.setdefault(other, set()).add(held.rule.id)
            for other in held.extra["of"] if held.rule.kind == "policy" else ():
                self.users.setdefault(other, set()).add(held.rule.id)
        self.found: dict[str, tuple[InForce, ...]] = {}
        self.footnotes = frozenset(
            value for held in law.rules.values() for part in tree.walk(held.when) for value in _footnotes(part)
        )

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


def _named(condition: tree.Condition) -> Iterator[str]:
    for part in tree.walk(condition):
        if isinstance(part, tree.OneOf) and part.fact == LIST:
            yield from part.values


def _footnotes(part: tree.Condition) -> tuple[str, ...]:
    return part.values if isinstance(part, tree.Has) and part.fact == FOOTNOTES else ()


def _place(held: InForce) -> tuple[int, str]:
    return SHOWN.index(held.rule.kind), held.rule.id
