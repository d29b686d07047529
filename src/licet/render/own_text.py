"""The answer of `licet own` for a terminal: a line for each rule, with its path and citation beneath."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from licet.render.clean import printable, to_ascii
from licet.services.own_answer import (
    HolderAnswer,
    LeadsTo,
    OwnersAnswer,
    StepAnswer,
    TargetAnswer,
    TestAnswer,
    WholeAnswer,
)

_ORDER = {"proven": 0, "open": 1, "disproven": 2}
_STANDING = {
    "in_force": "in force",
    "suspended": "suspended on this day",
    "not_enforced": "not enforced on this day",
    "scheduled": "scheduled",
    "unknown": "whether it is in force on this day is not known",
}


@cache
def names() -> dict[str, str]:
    """Short names of rules."""
    text = (files("licet.render") / "own_names.tsv").read_text(encoding="utf-8")
    return dict(row.split("\t") for row in text.splitlines())


def text(answer: OwnersAnswer, to_file: bool) -> str:
    """The answer as text."""
    shown = printable("\n".join(line.rstrip() for line in _lines(answer))) + "\n"
    return shown if to_file or _shows(shown) else to_ascii(shown)


def _shows(shown: str) -> bool:
    """Whether the terminal can show what is to be printed."""
    try:
        shown.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _lines(answer: OwnersAnswer) -> Iterator[str]:
    yield f"{answer.title or 'Owners'} - on {answer.on}"
    for target in answer.targets:
        yield ""
        yield from _target(target)
    for rule in answer.not_yet:
        yield ""
        yield f"Not yet on this day: {rule}"
    if answer.recognised:
        yield ""
        yield f"Known parties recognised: {', '.join(answer.recognised)}"


def _target(target: TargetAnswer) -> Iterator[str]:
    other = f" ({target.other})" if target.other else ""
    rows = f"on {', '.join(target.lists)}" if target.lists else "on no list named"
    yield f"{target.name}{other}: {rows}{'' if target.screened else ', not screened against the rest'}"
    for one in ordered(target):
        yield f"  {name(one.id)}: {one.text}"
        if one.value == "disproven":
            continue
        if isinstance(one, TestAnswer):
            yield from _test(one, "    ")
        else:
            yield from _path(one.steps, "    ")
            for test in target.tests:
                if test.id in one.tests:
                    yield f"    {name(test.id)}: {test.text}"
                    yield from _test(test, "      ", cited=False)
            yield f"    {one.cite}"
            yield from _leads(one.leads_to, "    ")
    for flag in target.flags:
        sure = "flag" if flag.value == "yes" else "possible flag"
        yield f"  {sure}: {flag.title} ({flag.cite})"


def ordered(target: TargetAnswer) -> list[TestAnswer | WholeAnswer]:
    """The rules of a target, proven ones first; tests that a joining rule names stand under it."""
    return sorted(target.leading, key=lambda one: _ORDER[one.value])


def name(rule: str) -> str:
    """The short name of a rule, or its id."""
    return names().get(rule, rule)


def _test(test: TestAnswer, indent: str, cited: bool = True) -> Iterator[str]:
    if test.value == "disproven":
        return
    yield from _path(test.steps[1:] if test.value == "proven" else test.steps, indent)
    for row in test.rows:
        yield f"{indent}{row.owner}: {row.list}{_row(row.policy, row.exceptions_barred, row.footnotes)}"
    for one in test.settles[1:]:
        yield f"{indent}or if {one.text}"
    strict = strictest(test)
    if strict:
        yield f"{indent}most restrictive owner: {strict}"
    if cited:
        yield f"{indent}{test.cite}"
        yield from _leads(test.leads_to, indent)


def strictest(test: TestAnswer) -> str:
    """What the rows of the owners come to together, where a licence requirement follows its owners."""
    if test.value != "proven" or not any(one.kind == "requirement" for one in test.leads_to):
        return ""
    order = ("approval", "presumption_of_approval", "case_by_case", "presumption_of_denial", "policy_of_denial")
    stated = [row.policy for row in test.rows if row.policy in order]
    policy = max(stated, key=order.index).replace("_", " ") if stated else "policy not stated"
    if stated and len(stated) < len(test.rows):
        policy += " (not every row states one)"
    barred = [row.exceptions_barred for row in test.rows]
    said = "barred" if "yes" in barred else "not said" if "" in barred or not barred else "not barred"
    return f"{policy}; licence exceptions {said}"


def _row(policy: str, barred: str, footnotes: tuple[str, ...]) -> str:
    said = [f"footnotes {', '.join(footnotes)}"] if footnotes else []
    said += [policy.replace("_", " ")] if policy else []
    said += ["licence exceptions barred"] if barred == "yes" else []
    return f" ({'; '.join(said)})" if said else ""


def _path(steps: tuple[StepAnswer, ...], indent: str) -> Iterator[str]:
    for step in steps:
        if step.by == "control":
            yield f"{indent}{step.name}: controlled by {', '.join(holder.name for holder in step.holders)}"
        elif step.holders:
            yield f"{indent}{step.name}: {' + '.join(map(holder_text, step.holders))}"


def holder_text(holder: HolderAnswer) -> str:
    """A holder with its share."""
    least, most = holder.share.least, holder.share.most
    return f"{holder.name} {least} %" if least == most else f"{holder.name} {least} to {most} %"


def _leads(leads_to: tuple[LeadsTo, ...], indent: str) -> Iterator[str]:
    for one in leads_to:
        also = "" if one.alone else ", if its other conditions hold"
        yield f"{indent}leads to {one.effect.replace('_', ' ')} under {one.id} ({_STANDING[one.standing]}){also}"
