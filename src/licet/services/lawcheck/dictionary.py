"""Checks of the dictionary of facts."""

from __future__ import annotations

from collections.abc import Iterator

from licet.facts.dictionary import own_name
from licet.facts.errors import Place, Problem
from licet.rules import tree
from licet.rules.model import CLOCKS
from licet.services.lawcheck.work import Work

# Read by the program itself: the case is labelled, matched and timed by them.
_SHARES = frozenset({"owner.share", "owner.votes"})
_READ_ELSEWHERE = _SHARES | {"case.on", "case.minute", "party.name", "item.name", "party.entity"}
_CLOCKS = frozenset(f"dates.{clock}" for clock in CLOCKS)


def facts_without_chinese(work: Work) -> Iterator[Problem]:
    """Facts that cannot be asked for in Chinese."""
    for fact in work.law.dictionary.facts.values():
        if not fact.ask_zh:
            yield Problem(
                "C_NO_CHINESE", f"{fact.name} has no question in Chinese", _place(work, fact.name), "add ask: {zh: …}"
            )


def facts_never_read(work: Work) -> Iterator[Problem]:
    """Facts that no rule, measure or gap reads."""
    rules = work.law.rules.values()
    read = {own_name(name) for rule in rules for version in rule.versions for name in version.reads()}
    read |= {version.extra["gives"] for rule in rules for version in rule.versions if "gives" in version.extra}
    for instrument in work.law.instruments.values():
        for gap in instrument.gaps:
            read |= {own_name(name) for node in tree.walk(gap.when) for name in tree.facts_of(node)}
    for name, fact in work.law.dictionary.facts.items():
        if name not in read | _READ_ELSEWHERE | _CLOCKS and not fact.note and not name.startswith("complete."):
            yield Problem("C_FACT_NOT_READ", f"no rule reads {name}", _place(work, name), "remove it, or use it")


def _place(work: Work, name: str) -> Place:
    """Where a fact is defined: the line of its name in one of the files of the dictionary."""
    for path in sorted((work.root / "facts").glob("*.yaml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith(f"{name}:"):
                return Place(path.relative_to(work.root.parent).as_posix(), number)
    return Place(f"{work.root.name}/facts")
