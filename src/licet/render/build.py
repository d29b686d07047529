"""From a decision to a page: what is said first, what is counted only, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from licet.logic.decision import Conflict, Decision, JurisdictionAnswer, ListedAs, PartyScreened, Question, RuleAnswer
from licet.render.clean import one_line
from licet.render.figures import figures
from licet.render.page import CAUTION, CLEAR, OPEN, TONES, Page, Place, Point, Section
from licet.render.places import COUNTED, Places
from licet.render.prooftree import steps
from licet.render.say import Speaker
from licet.rules.law import Law

SHORT_HASH = 12
PARTY_MARKS = {"clear": "no", "listed": "yes", "possible": "unknown", "open": "unknown"}


class Builder:
    """Builds pages over one law in one language."""

    def __init__(self, law: Law, language: str) -> None:
        self.law = law
        self.speaker = Speaker(law, language)
        self.words = self.speaker.words

    def page(self, decision: Decision, proof: bool) -> Page:
        """The page of one decision."""
        builder = Places(self.law, self.speaker, len(_items(decision)) > 1)
        places = [builder.place(answer) for answer in decision.jurisdictions]
        missing = [Point(one_line(m.what), id=m.id, mark="unknown") for m in decision.coverage.missing]
        conflicts = [self.conflict(found) for found in decision.conflicts]
        settled = decision.bounds.best == decision.bounds.worst
        tone, outcome = self.outcome(decision)
        return Page(
            language=self.words.language,
            title=one_line(decision.case),
            day=decision.on,
            tone=tone,
            outcome=outcome,
            summary=self.summary(decision),
            places=tuple(place for place in places if place.has_say or place.points()),
            parties=self.section("parties", [self.party(one) for one in decision.screening]),
            conflicts=self.section("conflicts", conflicts),
            questions=self.section("open", [self.question(question) for question in decision.questions]),
            nothing_open=self.words("open.none" if settled else "open.law"),
            counted=self.counted(places),
            figures=figures(decision, self.speaker),
            coverage=self.section("coverage", missing),
            covered=self.words("coverage.complete") if decision.coverage.level == "complete" else "",
            law=tuple(self.law_lines(decision)),
            sources=tuple(builder.points.point(answer) for answer in _sure(decision)),
            proof=tuple(steps(decision.proof, self.speaker)) if proof else (),
        )

    def conflict(self, found: Conflict) -> Point:
        """A conflict of laws with both citations."""
        first, second = (
            self.words(
                "conflict.side",
                law=self.words.place(side.jurisdiction),
                cite=one_line(side.cite),
                title=one_line(side.title),
            )
            for side in (found.first, found.second)
        )
        said = self.words(f"conflict.{found.kind}", first=first, second=second)
        if found.value != "yes":
            said = self.words("conflict.open", said=said)
        return Point(said, id=f"{found.first.id} / {found.second.id}", mark=found.value)

    def outcome(self, decision: Decision) -> tuple[str, str]:
        """The headline with its tone: what is permitted only as far as the law is encoded is no plain clear."""
        said, tone = self.words.of("outcome", decision.outcome), TONES.get(decision.outcome, OPEN)
        if tone == CLEAR and decision.coverage.level != "complete":
            return CAUTION, self.words("sum.as_encoded", outcome=said)
        return tone, said

    def summary(self, decision: Decision) -> str:
        """One line beneath the outcome: what it can still become."""
        best, worst = decision.bounds.best, decision.bounds.worst
        if decision.coverage.level == "none":
            return self.words("coverage.none")
        if best == worst:
            return self.words("sum.settled" if decision.coverage.level == "complete" else "sum.not_covered")
        names = {"best": self.words.of("outcome", best), "worst": self.words.of("outcome", worst)}
        return self.words("sum.worst" if decision.outcome == best else "sum.between", **names)

    def section(self, key: str, points: list[Point]) -> Section:
        """Points of the whole case under the heading of this key."""
        return Section(key, self.words(f"head.{key}"), tuple(points))

    def counted(self, places: list[Place]) -> str:
        """How many duties, warnings and risks are not known, over all jurisdictions."""
        said = []
        for key in COUNTED:
            count = sum(place.sections[key].hidden for place in places if key in place.sections)
            said += [self.words(f"count.{key}", count=count)] if count else []
        return self.words("open.counted", counts=", ".join(said)) if said else ""

    def party(self, screened: PartyScreened) -> Point:
        """A party with what the lists say of it: each hit with its alias and score, and whether it counts."""
        lines = tuple(one_line(self.hit(hit)) for hit in screened.hits)
        result = self.words(f"parties.{screened.result}")
        return Point(one_line(screened.party), mark=PARTY_MARKS[screened.result], lead=result, lines=lines)

    def hit(self, hit: ListedAs) -> str:
        """One hit on one line."""
        alias = "" if hit.alias == hit.name else self.words("parties.alias", alias=hit.alias)
        said = {"list": self.speaker.name(hit.list), "name": hit.name, "score": f"{hit.score:.2f}", "alias": alias}
        cite = f" [{hit.cite}]" if hit.cite else ""
        return self.words(f"parties.taken.{hit.taken}", because=hit.because, **said) + cite

    def question(self, question: Question) -> Point:
        """An open fact with its wording, why it is asked, and who may know."""
        titles = [self.speaker.titles.get(rule, rule) for rule in question.settles]
        key = "open.why_more" if len(titles) > 1 else "open.why"
        why = (self.words(key, title=titles[0], count=len(titles) - 1),) if titles else ()
        who = self.words.of("who", question.who) if question.who else ""
        ask, about = one_line(question.ask), one_line(question.of)
        return Point(ask, id=question.fact, mark="unknown", about=about, lead=who, lines=why)

    def law_lines(self, decision: Decision) -> list[str]:
        """Which law and lists decided."""
        law, lists = decision.law, decision.lists
        lines = [self.words("law.snapshot", hash=law.snapshot[:SHORT_HASH], date=law.checked_to)]
        if law.as_read:
            lines.append(self.words("law.as_read", date=law.checked_to))
        lines.append(self.words("law.lists", names=self.lists(lists.names), hash=lists.snapshot[:SHORT_HASH]))
        lines.extend(one_line(note) for note in lists.notes)
        if lists.recognised:
            lines.append(self.words("law.recognised", names=", ".join(lists.recognised)))
        lines.append(self.words("law.engine", engine=decision.engine))
        if self.words.language != "en":
            lines.append(self.words("law.titles"))
        return lines

    def lists(self, names: Mapping[str, str]) -> str:
        """The lists by the day up to which they were read."""
        days = sorted(set(names.values()), reverse=True)
        known = {day: [self.speaker.name(name) for name, read in names.items() if read == day] for day in days}
        return "; ".join(f"{', '.join(listed)} ({day})" if day else ", ".join(listed) for day, listed in known.items())


def _answers(place: JurisdictionAnswer) -> list[RuleAnswer]:
    """Every answer of a jurisdiction, in the order of the contract."""
    lists = [getattr(place, found.name) for found in fields(place) if isinstance(getattr(place, found.name), tuple)]
    return [answer for answers in lists for answer in answers if isinstance(answer, RuleAnswer)]


def _sure(decision: Decision) -> list[RuleAnswer]:
    """Every provision that says yes, once."""
    answers = (answer for place in decision.jurisdictions for answer in _answers(place))
    return list({answer.id: answer for answer in answers if answer.value == "yes"}.values())


def _items(decision: Decision) -> set[str]:
    """The items the answers are about."""
    return {answer.item for place in decision.jurisdictions for answer in _answers(place) if answer.item}
