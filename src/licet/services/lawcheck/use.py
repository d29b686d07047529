"""Checks of how provisions are used by others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from licet.facts.dictionary import own_name
from licet.facts.errors import Problem
from licet.rules import tree
from licet.rules.codes import ancestors
from licet.rules.law import Law
from licet.rules.model import Rule
from licet.services.lawcheck.work import Work, at, said

_DECIDING = frozenset({"requirement", "prohibition", "duty", "flag", "exposure"})
_UNREASONED = ("reason for control", "reasons for control", "AT only", "AT-only", "anti-terrorism", "no requirement")


def reliefs_that_lift_nothing(work: Work) -> Iterator[Problem]:
    """Reliefs of which no version names a requirement or a prohibition."""
    for rule in _of_kind(work.law, "relief"):
        for version in rule.versions:
            targets = [work.law.rules[target] for target in version.extra["lifts"] if target in work.law.rules]
            if not any(target.kind in ("requirement", "prohibition") for target in targets):
                yield Problem(
                    "C_LIFTS_NOTHING", f"{rule.id} lifts nothing that exists", at(rule, version), "name what it lifts"
                )


def requirements_without_policy(work: Work) -> Iterator[Problem]:
    """Requirements for which no policy says how an application is reviewed."""
    reviewed = {
        target for rule in _of_kind(work.law, "policy") for version in rule.versions for target in version.extra["of"]
    }
    for rule in _of_kind(work.law, "requirement"):
        if rule.id not in reviewed and not said(rule, "review policy"):
            yield Problem(
                "C_NO_POLICY",
                f"{rule.id}: no policy says how an application is reviewed",
                at(rule),
                f"a policy with of: [{rule.id}]",
            )


def idle_entries(work: Work) -> Iterator[Problem]:
    """Entries that no requirement needs, at any remove: a code without a reason for control."""
    users = _users(work.law)

    @cache
    def decides(rule: str) -> bool:
        if rule not in work.law.rules:  # an instrument: its gaps say what is left out and control nothing
            return False
        return work.law.rules[rule].kind in _DECIDING or any(decides(user) for user in users.get(rule, ()))

    for rule in _of_kind(work.law, "entry"):
        said = " ".join(f"{left.cite} {left.why}" for left in rule.not_coded).casefold()
        if not decides(rule.id) and not any(words.casefold() in said for words in _UNREASONED):
            hint = "refer to it from a requirement, or say under not_coded why its reason for control is left out"
            yield Problem("C_IDLE_ENTRY", f"{rule.id}: no requirement uses this entry", at(rule), hint)


def idle_groups(work: Work) -> Iterator[Problem]:
    """Groups that no rule, and no instrument, reads."""
    users = _users(work.law)
    territory = {name for instrument in work.law.instruments.values() for name in instrument.territory}
    for rule in _of_kind(work.law, "group"):
        if not users.get(rule.id) and rule.id not in territory:
            yield Problem("C_IDLE_GROUP", f"{rule.id}: nothing reads this group", at(rule))


def idle_measures(work: Work) -> Iterator[Problem]:
    """Measures whose fact no rule reads."""
    read = {own_name(fact) for rule in work.law.rules.values() for version in rule.versions for fact in version.reads()}
    for rule in _of_kind(work.law, "measure"):
        if rule.versions[-1].extra["gives"] not in read:
            yield Problem("C_IDLE_MEASURE", f"{rule.id}: nothing reads {rule.versions[-1].extra['gives']}", at(rule))


def _of_kind(law: Law, kind: str) -> list[Rule]:
    return [rule for rule in law.rules.values() if rule.kind == kind]


def _described(law: Law) -> Iterator[tuple[str, str]]:
    """Groups of codes with the entries whose codes they have at some time, or take out, or stand above."""
    groups = [rule for rule in _of_kind(law, "group") if any(v.extra.get("match") == "code" for v in rule.versions)]
    entries = [(rule.id, version.extra.get("code")) for rule in _of_kind(law, "entry") for version in rule.versions]
    for group in groups:
        members = {member for version in group.versions for member in version.members}
        for entry, code in entries:
            if code and any(above in members for above in ancestors(code)):
                yield group.id, entry


def _users(law: Law) -> dict[str, set[str]]:
    """For each rule, those that refer to it in a condition; gaps of instruments count as nobody's."""
    users: dict[str, set[str]] = {}
    for rule in law.rules.values():
        for version in rule.versions:
            for target in version.refers():
                users.setdefault(target, set()).add(rule.id)
    for group, entry in _described(law):
        users.setdefault(entry, set()).add(group)
    for instrument in law.instruments.values():
        for gap in instrument.gaps:
            for group in tree.groups_of(gap.when):
                users.setdefault(group, set()).add(instrument.id)
    return users
