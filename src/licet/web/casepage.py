"""What the page of a case in the making shows: how it stands, what it says, and the next question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from licet.facts.case import read_case
from licet.facts.errors import CaseError, Problem
from licet.facts.nodes import node
from licet.logic.decision import Decision
from licet.render.page import CAUTION, CLEAR, OPEN, TONES
from licet.render.words import Words as Phrases
from licet.services.check import Options
from licet.services.drafts import State
from licet.services.interview_paths import fact_of, member
from licet.services.interview_steps import VALUE, Question, Step, Waits, part_of, step
from licet.services.interview_steps import Said as Asked
from licet.services.serve import Service
from licet.web.casefacts import Group, groups
from licet.web.controls import Control, control
from licet.web.labels import Labels, labels_of
from licet.web.making import WHOLE
from licet.web.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Standing:
    """How the case stands in one jurisdiction, or as a whole (`id` empty): words of the contract, and a tone."""

    id: str
    name: str
    tone: str
    outcome: str
    best: str
    worst: str
    as_encoded: bool = False

    @property
    def settled(self) -> bool:
        """Whether nothing can change it any more."""
        return self.best == self.worst


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it is put: its form, its controls, and which provisions wait for it."""

    form: str
    about: str
    controls: tuple[Control, ...]
    why: tuple[Waits, ...] = ()
    members: tuple[str, ...] = ()
    made_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The whole page. Where the case cannot be decided as it stands, `problems` says why."""

    state: State
    groups: list[Group]
    whole: Standing | None = None
    places: tuple[Standing, ...] = ()
    question: Put | None = None
    problems: tuple[Problem, ...] = ()


def view(service: Service, state: State, tongue: Tongue) -> View:
    """The page of a state."""
    dictionary = service.checker.law.dictionary
    labels = labels_of(dictionary, tongue)
    said = groups(state.case, dictionary, labels)
    try:
        with service.lock:
            service.renew()
            asked = step(service.checker, Asked(state.case, state.declined))
            case = read_case(node(state.case), dictionary)
            case.file = ""
            decision = service.checker.check(case, Options(language=tongue.base, questions=False))
    except CaseError as error:
        return View(state, said, problems=error.problems)
    whole, places = standings(decision, tongue)
    return View(state, said, whole, places, _put(service, asked, labels))


def standings(decision: Decision, tongue: Tongue) -> tuple[Standing, tuple[Standing, ...]]:
    """How a decision stands as a whole, and in each jurisdiction that has a say or may have."""
    phrases = Phrases(tongue.answer)
    tone = TONES.get(decision.outcome, OPEN)
    partly = tone == CLEAR and decision.coverage.level != "complete"
    whole = Standing(
        "", "", CAUTION if partly else tone, decision.outcome, decision.bounds.best, decision.bounds.worst, partly
    )
    return whole, tuple(
        Standing(
            place.id,
            phrases.place(place.id),
            TONES.get(place.outcome, OPEN),
            place.outcome,
            place.bounds.best,
            place.bounds.worst,
        )
        for place in decision.jurisdictions
        if place.say != "no"
    )


def _put(service: Service, asked: Step, labels: Labels) -> Put | None:
    question: Question | None = asked.question
    if question is None:
        return None
    controls = []
    for part in question.parts:
        known = service.checker.law.dictionary.find(part.fact)
        assert known is not None
        controls.append(control(part, known, labels, said_of(asked.case, part.key)))
    return Put(question.form, question.about, tuple(controls), question.why, question.members, question.made_of)


def said_of(case: dict[str, Any], key: str) -> Any:
    """What a case says of a fact; None where it says nothing. Raises CaseError where there is no such thing."""
    at, _, rest = member(case, key)
    found: Any = at
    for word in rest.split("."):
        found = found.get(word) if isinstance(found, dict) else None
    return found


def editing(service: Service, state: State, key: str, tongue: Tongue) -> Control:
    """The control to change a fact of a case, or to say one more. Raises CaseError where there is no such fact."""
    dictionary = service.checker.law.dictionary
    labels = labels_of(dictionary, tongue)
    if key in WHOLE:
        kind = "date" if key == "on" else "text"
        return Control(key, kind, "", chosen=(str(state.case.get(key, "")),))
    _, kind, rest = member(state.case, key)
    fact = fact_of(kind, "roles" if rest == "role" else rest, key, dictionary)
    known = dictionary.find(fact)
    assert known is not None
    return control(part_of(known, fact, key, ""), known, labels, said_of(state.case, key))


def single(control: Control) -> Put:
    """A control as a question of its own."""
    return Put(VALUE, "", (control,))
