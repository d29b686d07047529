"""Checking a case: from its text to a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from licet import __version__
from licet.facts.case import Case
from licet.facts.countries import country_name
from licet.facts.elements import Element, line
from licet.facts.errors import CaseError, Problem
from licet.facts.numbers import day_number, minute_number
from licet.logic.answers import Answers
from licet.logic.ask import Open, OpenFact
from licet.logic.carried import Dependents
from licet.logic.conflicts import conflicts
from licet.logic.decide import CASE, CHANNEL_ACTS, RELIEF, Bounds, Decider, Line
from licet.logic.decision import (
    SCHEMA,
    Coverage,
    Decision,
    JurisdictionAnswer,
    LawUsed,
    ListsUsed,
    Margin,
    Missing,
    OutcomeBounds,
    PartyScreened,
    ProofNode,
    Question,
    RuleAnswer,
)
from licet.logic.declared import untold
from licet.logic.narrowed import narrow
from licet.logic.outcome import exit_code, headline, outcome_word
from licet.logic.own import own_values
from licet.logic.territory import ungoverned
from licet.parties.known import KnownParties
from licet.rules.law import Law
from licet.rules.snapshot import Snapshot, snapshot
from licet.services.most import Most
from licet.services.resolve import resolve_parties

SEMANTICS = "1"
MAX_DECIDERS = 100  # days of law kept compiled, about 7 MB each; of more, the oldest is made anew


@dataclass(frozen=True, slots=True)
class Options:
    """How to check: on another day or moment than the case says, in which language, with proof, with how old a law.

    Without `questions` none is collected, which takes longest where much is open.
    """

    on: date | None = None
    language: str = "en"
    proof: bool = False
    law_age: timedelta = timedelta(0)
    moment: datetime | None = None
    questions: bool = True


DEFAULT = Options()


class KnownRows(NamedTuple):
    """What a screen tells of the rows of a party: on which lists it is not, and whether it is in doubt that it has one.

    `not_on` is None where nobody was screened.
    """

    not_on: frozenset[str] | None = None
    in_doubt: bool = False


class Screen(Protocol):
    """What holds the parties of cases against lists (`licet.services.case_screen.CaseScreen`)."""

    def fill(self, case: Case) -> tuple[PartyScreened, ...]:
        """Give the parties of a case their rows; what came of each."""

    def ask(self, elements: Iterable[Element]) -> None:
        """Screen many parties at a time."""

    def foresee(self, elements: Iterable[Element]) -> None:
        """Find out at once of which parties nothing is found, on whatever day."""

    def known(self, element: Element) -> KnownRows | None:
        """What is known of the rows of a party of which the case says none; None where it has some."""

    def used(self, known: ListsUsed) -> ListsUsed:
        """The lists used, added to those that are known without."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is known of the parties of a case: the entities recognised, and how the lists answered."""

    recognised: tuple[str, ...]
    screen: Screen | None = None
    screened: tuple[PartyScreened, ...] = ()


@dataclass(slots=True)
class Checker:
    """Checks cases against one law and one set of known parties; keeps the deciders of days already seen.

    `screening` gives the lists of a day; without it only the known parties have rows.
    """

    law: Law
    known: KnownParties
    deciders: dict[tuple[date, bool], Decider]
    screening: Callable[[date], Screen] | None = None
    dependents: Dependents | None = None
    carried: int = 0  # deciders in a row that took something over from the one before
    own: frozenset[str] = frozenset()  # see `kept`
    most: Most | None = None  # of one case; none where nobody else waits

    def decider(self, day: date, hour_known: bool) -> Decider:
        """The decider for a day. What was compiled for the last other day serves on as far as it can."""
        key = (day, hour_known)
        if key not in self.deciders:
            # What is taken over holds on to what it was compiled with, of days let go of: so now and then nothing is.
            before = next(reversed(self.deciders.values()), None) if self.carried < MAX_DECIDERS else None
            self.carried = 0 if before is None else self.carried + 1
            self.deciders[key] = self.following(before, snapshot(self.law, day, hour_known))
            if len(self.deciders) > MAX_DECIDERS:
                del self.deciders[next(iter(self.deciders))]
        return self.deciders[key]

    def following(self, before: Decider | None, law: Snapshot) -> Decider:
        """A decider that takes over from another what is compiled and stays as it was."""
        if before is None:
            return Decider(law)
        return Decider(law, before, self._dependents().unstable(before.law, law))

    def _dependents(self) -> Dependents:
        self.dependents = self.dependents or Dependents(self.law)
        return self.dependents

    def kept(self) -> frozenset[str]:
        """What elements need not forget from one line of a case to the next (see `licet.facts.elements.line`)."""
        self.own = self.own or own_values(self.law, self._dependents())
        return self.own

    def prepare(self, case: Case, options: Options = DEFAULT) -> tuple[Decider, Resolved]:
        """The decider for a case, with its parties resolved. Raises CaseError."""
        day = self.dated(case, options)
        decider = self.decider(day, "case.minute" in case.root.facts)
        resolved = self.resolve(case, day)
        if self.most is not None:  # with the owners and rows that were hung beneath the parties
            self.most.let_in(case)
        self.fit(case, decider)
        return decider, resolved

    def dated(self, case: Case, options: Options = DEFAULT) -> date:
        """The day a case is decided on, which becomes a fact of it, as does its moment. Raises CaseError."""
        day = options.on or case.on
        if day is None:
            raise CaseError.one("E_DATE", "the case says no day", hint="add on: YYYY-MM-DD, or use --on")
        if day < self.law.encoded_from:
            first = self.law.encoded_from.isoformat()
            raise CaseError.one("E_BEFORE_LAW", f"no law is encoded for {day}", hint=f"the first day is {first}")
        moment = case.moment if options.on is None else options.moment
        case.root.facts["case.on"] = (day_number(day),) * 2
        case.root.facts.pop("case.minute", None)
        if moment is not None:
            case.root.facts["case.minute"] = (minute_number(moment),) * 2
        return day

    def fit(self, case: Case, decider: Decider) -> None:
        """What the law of the day makes of the facts of the items before anything is decided."""
        for item in case.items:
            decider.contradictions.without_other(item)
            narrow(decider.evaluator, item)
        if _names_parts(case):
            # Few cases name the parts of an item, and what reads bills of materials is heavy.
            from licet.services.bom_case import fill_content  # noqa: PLC0415

            fill_content(case, decider)

    def resolve(self, case: Case, day: date) -> Resolved:
        """Carry into the parties of a case what is known of them on a day. Raises CaseError."""
        if case.holdings is not None:
            # Few cases have a graph of owners, and what reads one is heavy.
            from licet.services.own_case import apply_holdings  # noqa: PLC0415

            apply_holdings(case, day)
        recognised = tuple(resolve_parties(case, self.known, day))
        if self.screening is None:
            return Resolved(recognised)
        screen = self.screening(day)
        return Resolved(recognised, screen, screen.fill(case))

    def lines(self, case: Case, decider: Decider) -> list[Line]:
        """Every item of the case decided, or the case alone where it has none."""
        return [decider.decide(line(case.root, item), item) for item in case.lines]

    def contradictions(self, case: Case, decider: Decider) -> Iterator[Problem]:
        """Facts of the case that cannot all be true under the law of the day."""
        yield from decider.contradictions.case(case.root)
        for number, item in enumerate(case.items):
            line(case.root, item, self.kept() if number else frozenset())
            yield from decider.contradictions.item(item)
        if _names_parts(case):
            from licet.services.bom_case import content_contradictions  # noqa: PLC0415 - as above

            yield from content_contradictions(case, decider)

    def check(self, case: Case, options: Options = DEFAULT) -> Decision:
        """The decision for a case. Raises CaseError, also where its facts contradict each other."""
        decider, resolved = self.prepare(case, options)
        problems = list(dict.fromkeys(self.contradictions(case, decider)))
        if problems:
            raise CaseError(problems)
        return Report(self, case, decider, options, resolved).decision()


def _names_parts(case: Case) -> bool:
    """Whether an item has components, or a bill of materials beside the case."""
    return any("item.bom" in item.facts or item.lists.get("components") for item in case.items)


class Report:
    """Collects what the lines of one case come to."""

    def __init__(self, checker: Checker, case: Case, decider: Decider, options: Options, resolved: Resolved) -> None:
        self.checker, self.case, self.decider, self.options = checker, case, decider, options
        self.resolved = resolved
        self.law = checker.law
        self.answers = Answers(decider)
        self.buying = case.root.facts.get("act") in CHANNEL_ACTS
        self.sections: dict[str, dict[str, list[RuleAnswer]]] = {}
        self.bounds: dict[str, Bounds] = {}
        self.says: dict[str, str] = {}
        self.found: list[Line] = []
        self.alone = len(case.lines) == 1
        self.keep = frozenset[str]()  # from the first line on, since nothing changes a fact of the case any more
        self.margins: list[Margin] = []
        self.count = 0  # of rules in the answer
        self.proof: list[ProofNode] = []

    def decision(self) -> Decision:
        """Everything about the case."""
        gaps: dict[str, Missing] = {}
        for item in self.case.lines:
            found = self.decider.decide(line(self.case.root, item, self.keep), item)
            self.found.append(found)
            if not self.alone:
                self.keep = self.checker.kept()
            for jurisdiction in dict.fromkeys(i.jurisdiction for i in self.decider.instruments):
                self.jurisdiction(jurisdiction, found)
            gaps.update((name, Missing(name, gap.missing)) for name, gap in self.decider.gaps(found).items())
            if item is not None:
                for part in (item, *item.lists.get("components", ())):
                    self.margins.extend(self.decider.margins.all(part))
        overall = Bounds()
        for found in self.found:
            overall = overall.join(found.overall())
        coverage = self.coverage(gaps)
        bounds = self.words(overall, list(self.bounds))
        outcome = headline(overall, bounds)
        return Decision(
            schema=SCHEMA,
            engine=f"licet {__version__}, semantics {SEMANTICS}",
            case=self.case.title,
            on=self.moment(),
            outcome=outcome,
            bounds=bounds,
            coverage=coverage,
            exit_code=exit_code(outcome, coverage.level),
            law=LawUsed(self.law.hash, self.checked_to().isoformat(), self.too_old()),
            lists=self.lists(),
            jurisdictions=tuple(self.jurisdictions()),
            questions=tuple(self.questions(overall.best)) if self.options.questions else (),
            conflicts=conflicts(self.decider, self.found),
            margins=tuple(self.margins),
            proof=tuple(self.proof),
            screening=self.resolved.screened,
        )

    def lists(self) -> ListsUsed:
        """The lists of parties that were used."""
        known = ListsUsed(self.checker.known.hash, self.checker.known.lists, self.resolved.recognised)
        return known if self.resolved.screen is None else self.resolved.screen.used(known)

    def moment(self) -> str:
        """The day decided on, with the hour where it is known."""
        stated = self.case.moment if self.options.on is None else self.options.moment
        return stated.isoformat() if stated is not None else self.decider.law.day.isoformat()

    def words(self, bounds: Bounds, jurisdictions: list[str]) -> OutcomeBounds:
        """Bounds in words."""
        needs = [need for found in self.found for j in jurisdictions for need in found.needed.get(j, ())]
        return OutcomeBounds(
            outcome_word(bounds.best, needs, self.buying), outcome_word(bounds.worst, needs, self.buying)
        )

    def jurisdiction(self, jurisdiction: str, found: Line) -> None:
        """What one line comes to in one jurisdiction."""
        say = self.decider.has_say(jurisdiction, found) or jurisdiction in found.needed
        self.sections.setdefault(jurisdiction, {})
        for kind in ("flag", "exposure"):
            self.add(jurisdiction, kind, self.answers.of_kind(found, jurisdiction, kind, reached=False))
        if not say:
            return
        self.bounds[jurisdiction] = self.bounds.get(jurisdiction, Bounds()).join(found.bounds(jurisdiction))
        reached = [found.reach.get(i.id) for i in self.decider.instruments if i.jurisdiction == jurisdiction]
        self.says[jurisdiction] = "yes" if any(value is True for value in reached) else "unknown"
        for kind in ("reach", "entry", "duty"):
            self.add(jurisdiction, kind, self.answers.of_kind(found, jurisdiction, kind, reached=kind != "reach"))
        for need in found.needed.get(jurisdiction, ()):
            self.add(jurisdiction, need.rule.rule.kind, self.answers.needed(need, found))
            if self.options.proof:
                self.proof.append(self.answers.prover.rule(need.rule.rule.id, found.root, CASE))
        self.add(jurisdiction, "relief", self.answers.reliefs(found, jurisdiction))
        self.add(jurisdiction, "policy", self.answers.policies(found, jurisdiction))
        self.add(jurisdiction, "flag", self.answers.not_enforced(found, jurisdiction))
        if found.needed.get(jurisdiction):
            self.add(jurisdiction, "bar", self.answers.of_kind(found, jurisdiction, "bar", reached=False, certain=True))

    def add(self, jurisdiction: str, kind: str, answers: Iterable[RuleAnswer]) -> None:
        """Put answers to those of their kind. Raises CaseError where they are more than who waits can bear."""
        section = self.sections[jurisdiction].setdefault(kind, [])
        before = len(section)
        section.extend(answers)
        self.count += len(section) - before
        if self.checker.most is not None:
            self.checker.most.within(self.count, len(self.found))

    def jurisdictions(self) -> list[JurisdictionAnswer]:
        """The jurisdictions that have a say, the worst first, then those from which only a risk or a flag comes."""
        shown = [j for j in self.sections if j in self.bounds or any(self.sections[j].values())]
        shown.sort(
            key=lambda j: (
                j not in self.bounds,
                -self.bounds.get(j, Bounds()).worst,
                -self.bounds.get(j, Bounds()).best,
            )
        )
        return [self._answer(j) for j in shown]

    def _answer(self, jurisdiction: str) -> JurisdictionAnswer:
        sections = self.sections[jurisdiction]
        bounds = self.bounds.get(jurisdiction, Bounds())
        words = self.words(bounds, [jurisdiction])

        def of(kind: str) -> tuple[RuleAnswer, ...]:
            return tuple(sections.get(kind, ()))

        return JurisdictionAnswer(
            id=jurisdiction,
            say=self.says.get(jurisdiction, "no"),
            outcome=headline(bounds, words),
            bounds=words,
            reach=of("reach"),
            entries=of("entry"),
            requirements=of("requirement"),
            prohibitions=of("prohibition"),
            reliefs=of("relief"),
            bars=of("bar"),
            policies=of("policy"),
            duties=of("duty"),
            flags=of("flag"),
            exposures=of("exposure"),
            authorities=tuple(dict.fromkeys(self.authorities(jurisdiction))),
        )

    def authorities(self, jurisdiction: str) -> Iterator[str]:
        """Whose authorisation is needed for certain."""
        for found in self.found:
            for need in found.needed.get(jurisdiction, ()):
                if need.value is True:
                    yield self.law.instruments[need.rule.rule.instrument].authority

    # --- coverage -----------------------------------------------------------------------------

    def coverage(self, gaps: dict[str, Missing]) -> Coverage:
        """What has a say and is not encoded."""
        missing = [*self.other_law(), *gaps.values(), *self.untold()]
        if self.too_old():
            read = self.checked_to().isoformat()
            text = (
                f"The law was read up to {read}; changes after that day are not known. Accept the age with --law-age."
            )
            missing.append(Missing("law.age", text))
        level = "none" if not self.bounds else "partial" if missing else "complete"
        return Coverage(level, tuple(missing))

    def untold(self) -> list[Missing]:
        """Codes declared for a list with a say that no provision encoded can tell, where it may come out clear."""
        codes = dict.fromkeys(code for item in self.case.items for code in untold(self.decider.law, item))
        return [
            Missing(f"declared.{scheme}.{code}", f"No provision encoded tells the code {code} declared for {scheme}.")
            for scheme, code in codes
            if scheme in self.bounds and self.bounds[scheme].best <= RELIEF
        ]

    def other_law(self) -> list[Missing]:
        """Countries of the route whose own export law is not encoded on this day."""
        if self.buying:
            return []
        missing = []
        for country in ungoverned(self.decider, self.case.root.facts):
            name = country_name(country, self.options.language)
            missing.append(Missing(f"law.{country.lower()}", f"The export law of {name} is not encoded for this day."))
        return missing

    def checked_to(self) -> date:
        """Up to which day the sources of all instruments with a say were read."""
        days = [
            i.checked_to
            for found in self.found
            for i in self.decider.instruments
            if self.decider.needs[i.id] and found.reach.get(i.id, False) is not False
        ]
        return min(days, default=min(i.checked_to for i in self.law.instruments.values()))

    def too_old(self) -> bool:
        """Whether the day lies further beyond the sources than the user accepts."""
        return self.decider.law.day - self.checked_to() > self.options.law_age

    # --- questions ----------------------------------------------------------------------------

    def questions(self, floor: int) -> list[Question]:
        """Open facts of all lines, the one most rules wait for first."""
        opened: Open = {}
        for found in self.found:
            found.settle(self.alone, self.keep)
            for key, item in self.decider.open_facts(found, floor).items():
                kept = opened.setdefault(key, item)
                kept.rules.extend(rule for rule in item.rules if rule not in kept.rules)
            if self.checker.most is not None:
                self.checker.most.within(self.count + len(opened), len(self.found))
        ranked = sorted(opened.values(), key=lambda item: -len(item.rules))
        return [self.question(item) for item in ranked]

    def question(self, item: OpenFact) -> Question:
        """An open fact as a question with its wording and why it is asked."""
        fact = self.law.dictionary.find(item.fact)
        assert fact is not None
        titles = [self.law.rules[rule].title for rule in item.rules]
        more = f" (and {len(titles) - 1} more)" if len(titles) > 1 else ""
        return Question(
            fact=item.fact,
            of="" if item.element is self.case.root else item.element.label,
            ask=fact.ask(self.options.language),
            why=f"{titles[0]}{more}" if titles else "",
            who=fact.who,
            settles=tuple(item.rules),
        )
