"""The short answer to a case, for many of them: what it comes to and what decides, without reasons and ways out.

Outcome, bounds and coverage are those of `Checker.check`, made by the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from licet.facts.case import Case
from licet.facts.elements import line
from licet.facts.errors import CaseError
from licet.logic.decide import CLEAR, Bounds, Line, Needed
from licet.logic.decision import Missing, OutcomeBounds
from licet.logic.outcome import exit_code, headline, outcome_word
from licet.services.check import DEFAULT, Checker, Options, Report


@dataclass(frozen=True, slots=True)
class Brief:
    """What a case comes to.

    `because` cites what applies for certain and decides, `open` what may apply; `questions` name the facts that can
    still change the outcome, the one most provisions wait for first.
    """

    outcome: str
    best: str
    worst: str
    coverage: str
    exit_code: int
    jurisdictions: tuple[str, ...]
    because: tuple[str, ...]
    open: tuple[str, ...]
    policies: tuple[str, ...]
    questions: tuple[str, ...]


def brief(checker: Checker, case: Case, options: Options = DEFAULT) -> Brief:
    """The short answer to a case. Raises CaseError."""
    decider, resolved = checker.prepare(case, options)
    return briefed(Report(checker, case, decider, options, resolved))


def briefed(report: Report, look: Callable[[], None] = lambda: None) -> Brief:
    """The short answer to a case that is prepared. Raises CaseError.

    `look` is called whenever values were worked out, which the elements of the case keep until the next step.
    """
    checker, case, decider = report.checker, report.case, report.decider
    problems = list(dict.fromkeys(checker.contradictions(case, decider)))
    look()
    if problems:
        raise CaseError(problems)
    gaps: dict[str, Missing] = {}
    policies: dict[str, None] = {}
    for item in case.lines:
        found = decider.decide(line(case.root, item), item)
        report.found.append(found)
        for jurisdiction in dict.fromkeys(i.jurisdiction for i in decider.instruments):
            if decider.has_say(jurisdiction, found) or jurisdiction in found.needed:
                before = report.bounds.get(jurisdiction, Bounds())
                report.bounds[jurisdiction] = before.join(found.bounds(jurisdiction))
            if jurisdiction in found.needed:
                said = (answer for answer in report.answers.policies(found, jurisdiction) if answer.value == "yes")
                policies |= {f"{jurisdiction} {answer.detail['policy']}": None for answer in said}
        gaps |= {name: Missing(name, gap.missing) for name, gap in decider.gaps(found).items()}
        look()
    overall = Bounds()
    for found in report.found:
        overall = overall.join(found.overall())
    coverage = report.coverage(gaps)
    questions = tuple(dict.fromkeys(question.fact for question in report.questions(overall.best)))
    look()
    return composed(report.found, report.bounds, report.buying, coverage.level, policies, questions)


def composed(
    lines: Sequence[Line],
    bounds: dict[str, Bounds],
    buying: bool,
    coverage: str,
    policies: Iterable[str],
    questions: Sequence[str],
) -> Brief:
    """The short answer to a case of which these lines were decided, with the bounds by jurisdiction."""
    overall = Bounds()
    for each in bounds.values():
        overall = overall.join(each)
    words = _words(lines, overall, bounds, buying)
    outcome = headline(overall, words)
    needs = [need for found in lines for of in found.needed.values() for need in of]
    return Brief(
        outcome=outcome,
        best=words.best,
        worst=words.worst,
        coverage=coverage,
        exit_code=exit_code(outcome, coverage),
        jurisdictions=tuple(
            f"{name} {headline(each, _words(lines, each, [name], buying))}" for name, each in bounds.items()
        ),
        because=tuple(dict.fromkeys(need.rule.rule.cite for need in needs if _decides(need, overall))),
        open=tuple(dict.fromkeys(need.rule.rule.cite for need in needs if _is_open(need, overall))),
        policies=tuple(policies),
        questions=tuple(questions),
    )


def _words(lines: Sequence[Line], bounds: Bounds, jurisdictions: Iterable[str], buying: bool) -> OutcomeBounds:
    needs = [need for found in lines for name in jurisdictions for need in found.needed.get(name, ())]
    return OutcomeBounds(outcome_word(bounds.best, needs, buying), outcome_word(bounds.worst, needs, buying))


def _decides(need: Needed, overall: Bounds) -> bool:
    """Whether it applies for certain and nothing else is worse for certain."""
    return need.value is True and need.bounds.best == overall.best > CLEAR


def _is_open(need: Needed, overall: Bounds) -> bool:
    """Whether the outcome may come out worse because of it."""
    return need.bounds.best != need.bounds.worst and need.bounds.worst > overall.best
