"""`licet law try`: what a proposal would change, for the reference items of all technologies and the user's cases.

On a day after what was read of the law, the law as last read is taken to go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from licet.facts.case import Case
from licet.facts.yamltext import Node
from licet.logic.decide import Decider
from licet.logic.decision import Decision, JurisdictionAnswer
from licet.parties.known import KnownParties
from licet.rules.law import Law
from licet.rules.proposal import lay_over
from licet.services.align import Asked, Sales
from licet.services.align_model import Stretch
from licet.services.align_read import names, read_places, read_technology
from licet.services.check import Checker, Options


@dataclass(frozen=True, slots=True)
class Changed:
    """An item from a place, or a case, whose answer the proposal changes on a day.

    `about` names the sale or the case; `before` and `after` are the answers, `because` what stands behind the new one.
    """

    kind: str
    about: str
    place: str
    on: str
    before: str
    after: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TryAnswer:
    """What a proposal changes; `asked` counts the sales and cases put to both laws, day by day."""

    title: str
    days: tuple[str, ...]
    rules: tuple[str, ...]
    asked: int
    changed: tuple[Changed, ...]


def try_law(
    law: Law,
    known: KnownParties,
    root: Path,
    proposal: Node,
    cases: Iterable[tuple[str, Callable[[], Case]]] = (),
    days: tuple[date, ...] = (),
    to: str = "CN",
    technologies: tuple[str, ...] = (),
) -> TryAnswer:
    """Both laws asked the same. `cases` are names with what reads them afresh. Raises CaseError, LawError.

    Without technologies all are asked about. Without days, sales are asked on each day on which the proposal turns
    something, and cases on their own day.
    """
    proposed = lay_over(law, proposal)
    before, after = Checker(law, known, {}), Checker(proposed.law, known, {})
    asked, changed = 0, list[Changed]()
    for sale in _sales(before, after, root, technologies or names(root), days or proposed.days, to):
        asked += 1
        changed += [sale] if sale.before != sale.after else []
    for name, read in cases:
        for day in days or (None,):
            asked += 1
            found = _case(before, after, name, read, day)
            changed += [found] if found.before != found.after else []
    shown = tuple(day.isoformat() for day in days or proposed.days)
    return TryAnswer(proposed.title, shown, proposed.rules, asked, tuple(changed))


def _sales(
    before: Checker, after: Checker, root: Path, technologies: tuple[str, ...], days: tuple[date, ...], to: str
) -> Iterator[Changed]:
    """Every reference item of these technologies from every place on every day, under both laws."""
    kept: tuple[dict[date, Decider], dict[date, Decider]] = ({}, {})
    for name in technologies:
        technology = read_technology(root, name)
        for day in days:
            asked = Asked(to, day, day)
            old, new = (
                Sales(checker, root, technology, asked, deciders)
                for checker, deciders in zip((before, after), kept, strict=True)
            )
            for place in read_places(root):
                for item in technology.items:
                    was, becomes = old.said(place, item, day), new.said(place, item, day)
                    about = f"{item.name} to {to}"
                    yield Changed(
                        "item", about, place.name, day.isoformat(), _word(was), _word(becomes), _because(becomes)
                    )


def _word(said: Stretch) -> str:
    policy = said.policy.replace("_", " ")
    return f"{said.value}, {policy}" if policy else said.value


def _because(said: Stretch) -> tuple[str, ...]:
    return said.entries or said.by


def _case(before: Checker, after: Checker, name: str, read: Callable[[], Case], day: date | None) -> Changed:
    was, becomes = (checker.check(read(), Options(on=day, questions=False)) for checker in (before, after))
    old, new = _outcomes(was), _outcomes(becomes)
    because = tuple(_reasons(becomes, [j for j in new if new[j] != old.get(j)]))
    return Changed("case", name, "", becomes.on, _spoken(was, old), _spoken(becomes, new), because)


def _outcomes(decision: Decision) -> dict[str, str]:
    return {j.id: _span(j) for j in decision.jurisdictions if j.say != "no"}


def _span(answer: JurisdictionAnswer) -> str:
    best, worst = answer.bounds.best, answer.bounds.worst
    return best if best == worst else f"{best} to {worst}"


def _spoken(decision: Decision, outcomes: dict[str, str]) -> str:
    parts = [f"{name} {said}" for name, said in sorted(outcomes.items())]
    return f"{decision.outcome} ({', '.join(parts)})"


def _reasons(decision: Decision, jurisdictions: list[str]) -> Iterator[str]:
    for answer in decision.jurisdictions:
        if answer.id in jurisdictions:
            for rule in (*answer.prohibitions, *answer.requirements):
                yield f"{rule.cite}: {rule.title}"
