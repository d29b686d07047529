"""What an entry is controlled for: the requirements of a day that read it, by its rule or by its code."""

from __future__ import annotations

from dataclasses import dataclass

from licet.rules import tree
from licet.rules.codes import Codes
from licet.rules.snapshot import InForce, Snapshot


@dataclass(frozen=True, slots=True)
class Control:
    """A requirement that an entry leads to. `part` where only a part of the entry, told by words, is controlled so."""

    rule: str
    title: str
    cite: str
    reason: str
    part: bool = False


def controls_of(law: Snapshot) -> Controls:
    """The controls of the law of a day, found once."""
    if "controls" not in law.memo:
        law.memo["controls"] = Controls(law)
    found: Controls = law.memo["controls"]
    return found


class Controls:
    """The requirements of a day, with the entries and the groups of codes that each of them reads."""

    def __init__(self, law: Snapshot) -> None:
        self.law = law
        self.codes: dict[str, Codes] = {}
        self.reads = [(held, *self._reads(held)) for held in law.of_kind("requirement")]

    def of(self, scheme: str, code: str, rule: str = "") -> list[Control]:
        """The requirements that read an entry of a scheme, by its code or by its rule."""
        found = []
        for held, rules, groups in self.reads:
            told = {group: self._inside(group, code) for group in groups if group.startswith(f"{scheme}.")}
            if rule in rules or any(inside is True for inside in told.values()):
                part = rule not in rules and all(_of_a_part(group) for group, inside in told.items() if inside is True)
                found.append(Control(held.rule.id, held.rule.title, held.rule.cite, held.extra.get("reason", ""), part))
        return found

    def _inside(self, group: str, code: str) -> bool | None:
        if group not in self.law.rules:
            return False
        if group not in self.codes:
            self.codes[group] = Codes(self.law.rules[group])
        return self.codes[group].holds(code)

    def _reads(self, held: InForce) -> tuple[set[str], set[str]]:
        """Rules and groups of codes that a requirement reads, at any remove, as far as they are about the item."""
        rules: set[str] = set()
        groups: set[str] = set()
        pending = [held.when]
        while pending:
            for node in tree.walk(pending.pop()):
                if isinstance(node, tree.Described) or (isinstance(node, tree.Member) and _is_code(node.fact)):
                    groups.add(node.group)
                elif isinstance(node, tree.Refer) and node.rule not in rules:
                    rules.add(node.rule)
                    known = self.law.rules.get(node.rule)
                    if known is not None and known.rule.subject == "item":
                        pending.append(known.when)
        return rules, groups


def _is_code(fact: str) -> bool:
    return fact.startswith("item.declared.")


def _of_a_part(group: str) -> bool:
    """Groups named `….may.…` hold entries of which only a part is controlled so."""
    return ".may." in group
