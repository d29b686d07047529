"""The interview step by step, for those who hold the case themselves: answers are written into it, the next is asked.

Nothing is kept between two steps: a step takes the case as it stands, the keys of the questions that were declined,
and answers by the keys of the parts that were asked; it gives all of these back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from licet.facts.case import Case, read_case
from licet.facts.casefile import plain_case
from licet.facts.dictionary import Dictionary, FactType
from licet.facts.elements import line
from licet.facts.errors import CaseError, Place
from licet.facts.nodes import node
from licet.facts.values import read_value
from licet.logic.decide import CHANNEL_ACTS, Bounds
from licet.logic.decision import OutcomeBounds
from licet.logic.outcome import headline, outcome_word
from licet.services.check import Checker
from licet.services.interview import NO_SIGN, Asked, Interview
from licet.services.interview_paths import COMPLETE, asked_fact, fact_of, key_of, member, paths, put
from licet.services.own_case import apply_holdings

SCHEMA = "licet.interview/1"
VALUE, CHECKLIST, INQUIRIES, LIST = "value", "checklist", "inquiries", "list"
MAX_DECLINED, MAX_ITEMS = 5_000, 25
TIMES = 10  # that a case is decided for a step, more or less


@dataclass(frozen=True, slots=True)
class Said:
    """A case in its plain form, keys of questions declined, and answers by key; None says that it is not known.

    An answer is a value as a case says it. To whether a list is complete it may be `{complete: yes, members: [{…}]}`,
    with further members of it; to a measure `{rates: [{tops: 1979, bits: 8}]}`, by what it is made of.
    """

    case: Mapping[str, Any]
    declined: tuple[str, ...] = ()
    answers: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One fact that is asked: the key to answer it by, which is its place in the case, and what it is about.

    `type`: yes_no, number, enum, country, date, text or set; `values` are the words of an enum or a set, if closed.
    """

    key: str
    fact: str
    about: str
    ask_en: str
    ask_zh: str
    ask_ja: str
    type: str
    unit: str
    values: tuple[str, ...]
    who: str
    note: str


def part_of(known: FactType, fact: str, key: str, about: str) -> Part:
    """A fact as it is asked under a key, of what it is about."""
    return Part(
        key=key,
        fact=fact,
        about=about,
        ask_en=known.ask_en,
        ask_zh=known.ask_zh,
        ask_ja=known.ask_ja,
        type=known.type,
        unit=known.unit,
        values=known.values,
        who=known.who,
        note=known.note,
    )


@dataclass(frozen=True, slots=True)
class Waits:
    """A provision that waits for the answer."""

    id: str
    cite: str
    title: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked together.

    `form`: value (one value, for several things alike where there are several parts), checklist (yes or no to each),
    inquiries (`none_after_inquiry` to each, or another word), list (whether a list is complete). `members` are the
    facts by which a further member of the list may be named, `made_of` those a measure may be given by instead.
    """

    form: str
    about: str
    parts: tuple[Part, ...]
    why: tuple[Waits, ...]
    members: tuple[str, ...]
    made_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """The case as it stands, between which outcomes it lies, and what to ask next (None: nothing more)."""

    schema: str
    law: str
    on: str
    outcome: str
    bounds: OutcomeBounds
    settled: bool
    question: Question | None
    case: dict[str, Any]
    declined: tuple[str, ...]


_MEMBERS = {
    "parties": ("role", "name", "country"),
    "components": ("kind", "name"),
    "owners": ("share", "name", "country"),
}


def step(checker: Checker, said: Said) -> Step:
    """The answers written into the case, and the next question. Raises CaseError."""
    if len(said.declined) > MAX_DECLINED:
        raise CaseError.one("E_TOO_MANY", f"at most {MAX_DECLINED:,} questions can be declined")
    dictionary = checker.law.dictionary
    plain, case = _written(checker, said.case)
    if len(case.items) > MAX_ITEMS:
        text = f"an interview is about {MAX_ITEMS} items at most; there are {len(case.items):,}"
        raise CaseError.one("E_TOO_MANY", text, hint="ask about some of them at a time")
    declined = dict.fromkeys(said.declined)
    if said.answers:
        declined |= dict.fromkeys(_answered(plain, said.answers, dictionary))
        plain, case = _written(checker, plain)
    return _Next(checker, case, declined).step(plain)


def _written(checker: Checker, said: Mapping[str, Any]) -> tuple[dict[str, Any], Case]:
    """A case in its plain form, and as read; a graph of owners is hung under its parties."""
    case = read_case(node(said), checker.law.dictionary)
    case.file = ""
    if case.holdings is not None:
        apply_holdings(case, checker.dated(case))
    return plain_case(case, checker.law.dictionary), case


# --- answers -----------------------------------------------------------------------------------


def _answered(case: dict[str, Any], answers: Mapping[str, Any], dictionary: Dictionary) -> Iterator[str]:
    """Write answers into the plain form of a case; the keys of those that leave something open. Raises CaseError."""
    for key, answer in answers.items():
        at, kind, rest = member(case, key)
        fact = fact_of(kind, rest, key, dictionary)
        if fact.startswith(COMPLETE):
            open_ = _complete(case, at, fact.removeprefix(COMPLETE), answer, key)
        elif isinstance(answer, Mapping):
            open_ = _made_of(at, answer, key)
        else:
            open_ = _value(at, fact, rest, answer, dictionary)
        if open_:
            yield key


def _value(at: dict[str, Any], fact: str, rest: str, answer: Any, dictionary: Dictionary) -> bool:
    known = dictionary.find(fact)
    assert known is not None
    value = read_value(known, node(answer, rest))
    if value is not None:
        put(at, rest, answer)
    return value is None or (known.numeric and value[0] != value[1])  # a range is all that is known


def _complete(case: dict[str, Any], at: dict[str, Any], of: str, answer: Any, key: str) -> bool:
    """Whether a list is complete, with further members of it."""
    given = answer if isinstance(answer, Mapping) else {COMPLETE[:-1]: answer}
    odd = [name for name in given if name not in (COMPLETE[:-1], "members")]
    members = given.get("members", [])
    if odd or not isinstance(members, list):
        raise _wrong(key, "whether a list is complete is said by yes or no", "or by {complete: yes, members: [{…}]}")
    if members:
        before = at.get(of)
        at[of] = [*(before if isinstance(before, list) else []), *members]
    word = given.get(COMPLETE[:-1])
    closed = word is True or (isinstance(word, str) and word.lower() in ("yes", "true"))
    if not closed and word not in (None, False, "no", "false", "unknown"):
        raise _wrong(key, "this is not yes or no", "say yes, no or unknown")
    if closed and of == "held" and at is case:
        at.pop("held", None)  # what is not said to be unknown is all there is
    elif closed:
        put(at, f"{COMPLETE}{of}", "yes")
    return not closed


def _made_of(at: dict[str, Any], answer: Mapping[str, Any], key: str) -> bool:
    """A measure by the list that it is made of."""
    if [*answer] != ["rates"] or not isinstance(answer["rates"], list):
        raise _wrong(key, "this is no value", "say one value, or {rates: [{…}]}")
    at["rates"] = answer["rates"]
    return False


def _wrong(key: str, message: str, hint: str) -> Exception:
    return CaseError.one("E_ANSWER", message, Place(path=key), hint)


# --- the next question -------------------------------------------------------------------------


class _Next:
    """What is still open of one case."""

    def __init__(self, checker: Checker, case: Case, declined: dict[str, None]) -> None:
        self.checker, self.case, self.declined = checker, case, declined
        if checker.most is not None:
            checker.most.let_in(case, TIMES)
        self.paths = paths(case)  # only what the case itself says can be answered
        self.interview = Interview(checker, case)
        problems = list(dict.fromkeys(checker.contradictions(case, self.interview.decider)))
        if problems:
            raise CaseError(problems)
        elements = {path: element for element, path in self.paths.items()}
        for key in declined:
            self._decline(key, elements)

    def _decline(self, key: str, elements: dict[str, int]) -> None:
        """Leave a fact aside; one of a thing that is no longer there is nobody's."""
        path, fact = asked_fact(key)
        if path in elements:
            self.interview.declined.add((fact, elements[path]))

    def step(self, plain: dict[str, Any]) -> Step:
        """What to ask next."""
        question = self._question()
        bounds, words = self._bounds()
        return Step(
            schema=SCHEMA,
            law=self.checker.law.hash,
            on=self.interview.decider.law.day.isoformat(),
            outcome=headline(bounds, words),
            bounds=words,
            settled=bounds.best == bounds.worst,
            question=question,
            case=plain,
            declined=tuple(self.declined),
        )

    def _bounds(self) -> tuple[Bounds, OutcomeBounds]:
        decider = self.interview.decider
        found = [decider.decide(line(self.case.root, item), item) for item in self.case.lines]
        overall = Bounds()
        for one in found:
            overall = overall.join(one.overall())
        needs = [need for one in found for of in one.needed.values() for need in of]
        buying = self.case.root.facts.get("act") in CHANNEL_ACTS
        best, worst = (outcome_word(level, needs, buying) for level in (overall.best, overall.worst))
        return overall, OutcomeBounds(best, worst)

    def _question(self) -> Question | None:
        """The best question that the case can take an answer to."""
        while (asked := self.interview.next()) is not None:
            here = [(fact, element) for fact, element in asked.parts if id(element) in self.paths]
            if here:
                return self._put(Asked(here, asked.rules))
            self.interview.decline(asked)
        return None

    def _put(self, asked: Asked) -> Question:
        rules = [self.checker.law.rules[rule] for rule in asked.rules]
        form, of = self._form(asked), asked.fact.removeprefix(COMPLETE)
        pair = self.interview.pair_of(asked.fact) or ()
        return Question(
            form=form,
            about=asked.about,
            parts=tuple(self._part(fact, element) for fact, element in asked.parts),
            why=tuple(Waits(rule.id, rule.cite, rule.title) for rule in rules),
            members=_MEMBERS.get(of, ()) if form == LIST else (),
            made_of=tuple(name.rpartition(".")[2] for name in pair),
        )

    def _form(self, asked: Asked) -> str:
        known = self.checker.law.dictionary.find(asked.fact)
        assert known is not None
        if asked.fact.startswith(COMPLETE):
            return LIST
        if len(asked.parts) > 1 and known.type == "yes_no":
            return CHECKLIST
        return INQUIRIES if len(asked.parts) > 1 and NO_SIGN in known.values else VALUE

    def _part(self, fact: str, element: Any) -> Part:
        known = self.checker.law.dictionary.find(fact)
        assert known is not None
        about = "" if element is self.case.root else element.label
        return part_of(known, fact, key_of(fact, self.paths[id(element)]), about)
