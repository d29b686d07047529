"""The ownership law of a day: tests, the rules that join them with control, and what rests on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from graphlib import TopologicalSorter

from licet.logic.decide import enforced
from licet.parties.owners.situation import ALL, ONE, OWN, OwnershipTest
from licet.rules import tree
from licet.rules.law import Law
from licet.rules.snapshot import InForce, Snapshot, snapshot
from licet.services.own_answer import LeadsTo

CONTROL_FACTS = "party.controlled_by_"
_OUTCOMES = ("requirement", "prohibition")


@dataclass(frozen=True, slots=True)
class Test:
    """An ownership rule of the day. `params` is None where no source shows what it says on this day."""

    held: InForce
    counts: str
    params: OwnershipTest | None
    leads_to: tuple[LeadsTo, ...]
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """A party rule that joins ownership tests with control."""

    held: InForce
    tests: tuple[str, ...]
    leads_to: tuple[LeadsTo, ...]


@dataclass(frozen=True, slots=True)
class OwnershipLaw:
    """All of it, tests before those that refer to them; `not_yet` names rules that begin later."""

    snapshot: Snapshot
    tests: tuple[Test, ...]
    wholes: tuple[Whole, ...]
    flags: tuple[InForce, ...]
    not_yet: tuple[str, ...]


def ownership_law(law: Law, day: date) -> OwnershipLaw:
    """The ownership tests of a day. Those that only lift something (a general licence's) are left out."""
    held = snapshot(law, day)
    users, ever = _users(held), _in_any(law)
    rules = {h.rule.id: h for h in held.of_kind("ownership") if not _only_lifts(h.rule.id, ever, held)}
    counting = {node.counts for h in rules.values() for node in _owned(h)}
    wholes = [
        Whole(h, tuple(rule for rule in tree.rules_of(h.when) if rule in rules), tuple(_leads(h.rule.id, users, held)))
        for h in held.of_kind("reach")
        if h.rule.subject == "party" and h.rule.id not in counting and set(tree.rules_of(h.when)) & rules.keys()
    ]
    later = [
        f"{rule.title} ({rule.id}) begins on {rule.versions[0].start}"
        for rule in law.rules.values()
        if rule.kind == "ownership" and rule.id not in held.rules and not _only_lifts(rule.id, ever, held)
    ]
    tests = tuple(_test(rules[rule], tuple(_leads(rule, users, held))) for rule in _ordered(rules, held))
    return OwnershipLaw(held, tests, tuple(wholes), tuple(_flags(held)), tuple(later))


def _test(held: InForce, leads_to: tuple[LeadsTo, ...]) -> Test:
    nodes = list(_owned(held))
    if len(nodes) != 1:  # of a day within which the law changes, or that no source shows
        texts = [node.text for node in tree.walk(held.when) if isinstance(node, tree.Always)]
        why = texts[0] if texts else "the law changes within this day"
        return Test(held, held.extra["counts"], None, leads_to, why)
    node = nodes[0]
    gather = ALL if node.aggregate else OWN if node.own else ONE
    right = node.fact.partition(".")[2]
    return Test(held, node.counts, OwnershipTest(node.threshold, node.more_than, gather, node.chain, right), leads_to)


def _owned(held: InForce) -> Iterator[tree.Owned]:
    return (node for node in tree.walk(held.when) if isinstance(node, tree.Owned))


def _ordered(rules: dict[str, InForce], held: Snapshot) -> Iterator[str]:
    """The tests in an order in which each comes after those that its rule of counting refers to."""
    order = TopologicalSorter({rule: [n for n in _beneath(rule, held) if n in rules] for rule in rules})
    return iter(order.static_order())


def _beneath(rule: str, held: Snapshot) -> set[str]:
    found: set[str] = set()
    pending = [rule]
    while pending:
        known = held.rules.get(pending.pop())
        fresh = set(tree.rules_of(known.when)) - found if known is not None else set()
        found |= fresh
        pending.extend(fresh)
    return found


# --- what rests on a test ------------------------------------------------------------------------------


def _users(held: Snapshot) -> dict[str, set[str]]:
    """For each rule, those of the day that refer to it."""
    users: dict[str, set[str]] = {}
    for rule, known in held.rules.items():
        for target in tree.rules_of(known.when):
            users.setdefault(target, set()).add(rule)
    return users


def _in_any(law: Law) -> dict[str, set[str]]:
    """The same over all versions."""
    users: dict[str, set[str]] = {}
    for rule in law.rules.values():
        for version in rule.versions:
            for target in tree.rules_of(version.when) if version.when is not None else ():
                users.setdefault(target, set()).add(rule.id)
    return users


def _above(rule: str, users: dict[str, set[str]]) -> list[str]:
    found: dict[str, None] = {}
    pending = [rule]
    while pending:
        for user in sorted(users.get(pending.pop(0), ())):
            if user not in found:
                found[user] = None
                pending.append(user)
    return list(found)


def _only_lifts(rule: str, users: dict[str, set[str]], held: Snapshot) -> bool:
    """Whether a relief rests on a rule, and nothing that requires or forbids."""
    kinds = {held.law.rules[user].kind for user in _above(rule, users)}
    return "relief" in kinds and kinds.isdisjoint(_OUTCOMES)


def _leads(rule: str, users: dict[str, set[str]], held: Snapshot) -> Iterator[LeadsTo]:
    """Requirements and prohibitions of the day that rest on a rule."""
    for user in _above(rule, users):
        known = held.rules[user]
        if known.rule.kind not in _OUTCOMES:
            continue
        unknown = any(isinstance(node, tree.Always) and node.value is None for node in tree.walk(known.when))
        yield LeadsTo(
            id=user,
            kind=known.rule.kind,
            effect=known.extra.get("effect", "prohibited" if known.rule.kind == "prohibition" else "licence_required"),
            cite=known.rule.cite,
            title=known.rule.title,
            standing="unknown" if unknown else "in_force" if enforced(known) else known.version.status,
            alone=isinstance(known.when, tree.Refer) and known.when.rule == rule,
        )


def _flags(held: Snapshot) -> Iterator[InForce]:
    """Flags about the owners of a party."""
    for known in held.of_kind("flag"):
        if known.rule.subject == "party" and any(
            isinstance(node, tree.Some) and node.of == "owners" for node in tree.walk(known.when)
        ):
            yield known


def control_facts(rule: str, held: Snapshot) -> set[str]:
    """The facts about control that a rule reads, itself or through others."""
    conditions = [held.rules[name].when for name in {rule, *_beneath(rule, held)} if name in held.rules]
    facts = {fact for when in conditions for node in tree.walk(when) for fact in tree.facts_of(node)}
    return {fact for fact in facts if fact.startswith(CONTROL_FACTS)}
