"""How deep the law looks into a list of a list: owners of owners, parts of parts.

The unknown others of an open list are a row without facts whose own lists are open again; as many levels of them
are needed as conditions over that list lie inside each other.
"""

from __future__ import annotations

from licet.rules import tree
from licet.rules.snapshot import Snapshot


def nesting(law: Snapshot, of: str) -> int:
    """The greatest number of quantifiers over this list inside each other, through references."""
    depth = _Depth(law, of)
    guards = [case.guard for held in law.rules.values() for case in held.value if case.guard is not None]
    return max([*(depth.rule(rule) for rule in law.rules), *(depth.condition(guard) for guard in guards)], default=0)


class _Depth:
    def __init__(self, law: Snapshot, of: str) -> None:
        self.law, self.of = law, of
        self.known: dict[str, int] = {}

    def rule(self, rule: str) -> int:
        held = self.law.rules.get(rule)
        if held is None:
            return 0
        if rule not in self.known:
            lifted = int({"party": "parties", "listing": "listings"}.get(held.rule.subject) == self.of)
            lifted += int(held.rule.subject == "listing" and self.of == "parties")
            self.known[rule] = lifted + self.condition(held.when)
        return self.known[rule]

    def condition(self, node: tree.Condition) -> int:
        if isinstance(node, tree.Refer):
            return self.rule(node.rule)
        if isinstance(node, tree.Owned):
            return self.rule(node.counts)
        inner = max((self.condition(part) for part in tree.children(node)), default=0)
        return inner + (isinstance(node, tree.Some | tree.Every) and node.of == self.of)
