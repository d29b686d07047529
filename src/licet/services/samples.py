"""Which answers to a question could make a difference: the values the law of a day compares a fact with."""

from __future__ import annotations

from typing import Any

from licet.facts.dictionary import Dictionary, own_name
from licet.rules import tree
from licet.rules.snapshot import Snapshot

OTHER = "licet: none of these"
MAX_SAMPLES = 6


def samples_of(law: Snapshot) -> Samples:
    """The samples of the law of a day, collected once."""
    if "samples" not in law.memo:
        law.memo["samples"] = Samples(law)
    found: Samples = law.memo["samples"]
    return found


class Samples:
    """For each fact a few answers that fall on different sides of the law's lines."""

    def __init__(self, law: Snapshot) -> None:
        self.law = law
        self.words: dict[str, set[str]] = {}
        self.lines: dict[str, set[int]] = {}
        for held in law.rules.values():
            guards = [case.guard for case in held.value if case.guard is not None]
            for condition in (held.when, *guards):
                for node in tree.walk(condition):
                    self._collect(node)

    def _collect(self, node: tree.Condition) -> None:
        match node:
            case tree.OneOf(fact=fact, values=values) | tree.Has(fact=fact, values=values):
                self.words.setdefault(own_name(fact), set()).update(values)
            case tree.Beneath(fact=fact, code=code):
                self.words.setdefault(own_name(fact), set()).add(code)
            case tree.Described(group=group):
                self._collect(tree.Member(fact=tree.declared_in(group), group=group))
            case tree.Member(fact=fact, group=group):
                members = sorted(self.law.rules[group].members) if group in self.law.rules else []
                self.words.setdefault(own_name(fact), set()).update(members[:2])
            case tree.Compare(left=tree.NumberFact() as left, right=tree.Const() as right) if right.scale <= left.scale:
                line = right.value * 10 ** (left.scale - right.scale)
                self.lines.setdefault(own_name(left.name), set()).add(line)

    def of(self, fact: str, dictionary: Dictionary) -> list[Any]:
        """Values of a fact as they are kept in an element; none where nothing is known to compare it with."""
        known = dictionary.find(fact)
        if known is None or fact.startswith("complete."):
            return []
        if known.type == "yes_no":
            return [True, False]
        words = sorted(self.words.get(fact, ()))[:MAX_SAMPLES]
        if known.type == "set":
            return [frozenset({word}) for word in words] + [frozenset()]
        if not known.numeric:
            allowed = known.values or (*words, OTHER)
            return list(dict.fromkeys([*words, *(value for value in allowed if value not in words)]))[: MAX_SAMPLES + 1]
        lines = sorted(self.lines.get(fact, {0}))
        return [
            (point, point) for point in (lines[0] - 1, *lines, lines[-1] + 1) if known.low is None or point >= known.low
        ]
