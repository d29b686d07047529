"""The next question about a case that comes in whole each time: the interview without a memory of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from licet.facts.case import read_case
from licet.facts.elements import Element
from licet.facts.yamltext import Node
from licet.logic.decision import Decision
from licet.services.check import Checker, Options
from licet.services.interview import Interview


@dataclass(frozen=True, slots=True)
class Part:
    """One fact that a question asks for, and the label of the thing it is about (empty: the case)."""

    fact: str
    of: str


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """What to ask next: nothing where `parts` is empty, because the outcome is settled or no fact can move it.

    `decision` is how it stands, without its questions; `because` are the rules that wait for the answer, `pair` two
    facts to give a measure by instead; `open` is how many facts that were not skipped can still change the outcome.
    """

    decision: Decision
    parts: tuple[Part, ...]
    because: tuple[str, ...]
    pair: tuple[str, ...]
    open: int


def next_question(checker: Checker, node: Node, skip: Iterable[Part] = ()) -> NextQuestion:
    """The best question about a case; what nobody knows (`skip`) is not asked again. Raises CaseError."""
    dictionary = checker.law.dictionary
    decision = checker.check(read_case(node, dictionary), Options(questions=False))
    interview = Interview(checker, read_case(node, dictionary))
    unknown = {(part.fact, part.of) for part in skip}
    opened = interview.open().values()
    interview.declined.update((o.fact, id(o.element)) for o in opened if (o.fact, label(o.element)) in unknown)
    asked = interview.next()
    if asked is None:
        return NextQuestion(decision, (), (), (), 0)
    parts = tuple(Part(fact, label(element)) for fact, element in asked.parts)
    return NextQuestion(
        decision, parts, tuple(asked.rules), (interview.pair_of(asked.fact) or ())[1:], len(interview.open())
    )


def label(element: Element) -> str:
    """What a thing is called in questions; empty for the case as a whole."""
    return "" if element.root is element else element.label
