"""The law in this checkout with one rule of our own: which US-origin parts count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from licet.facts.case import Case, read_case
from licet.facts.yamltext import read_yaml
from licet.rules.law import Law
from licet.rules.model import Rule, Source, Version
from licet.rules.tree import All, Any, Beneath, Condition, Holds
from licet.services.bom_law import CONTROLLED
from licet.services.check import Checker

FIRST = date(2016, 1, 1)
SOURCE = (Source("a text", "2026-11-23", "official"),)


def _declared(*codes: str) -> Condition:
    return Any(parts=tuple(Beneath(fact="item.declared.us", code=code) for code in codes))


def with_rule(law: Law, *codes: str) -> Law:
    """The law, in which US-origin items declared under these codes count to every destination."""
    when = All(parts=(Holds(fact="item.us_origin"), _declared(*codes)))
    version = Version(FIRST, None, SOURCE, "in_force", "", when)
    ear = next(iter(law.instruments))
    rule = Rule(CONTROLLED, "entry", "item", "Supp. 2", "counts", ear, "act", (version,))
    return replace(law, rules=law.rules | {CONTROLLED: rule})


def without_rule(law: Law) -> Law:
    """The law, which does not say what counts."""
    return replace(law, rules={name: rule for name, rule in law.rules.items() if name != CONTROLLED})


def checking(checker: Checker, law: Law) -> Checker:
    """A checker over another law."""
    return Checker(law, checker.known, {})


def case_of(checker: Checker, text: str, file: str = "case.yaml") -> Case:
    return read_case(read_yaml(text, file), checker.law.dictionary)
