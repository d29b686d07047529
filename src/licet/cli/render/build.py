"""From a decision to a page: what is said first, what is counted only, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from licet.cli.render.clean import one_line
from licet.cli.render.figures import figures
from licet.cli.render.page import CAUTION, CLEAR, OPEN, TONES, Page, Place, Point, Section
from licet.cli.render.points import Points
from licet.cli.render.prooftree import steps
from licet.cli.render.say import Speaker
from licet.logic.decision import Decision, JurisdictionAnswer, OutcomeBounds, Question, RuleAnswer
from licet.rules.law import Law

SHORT_HASH = 12
COUNTED = ("duties", "flags", "exposures")
_SEVERITY = ("no_licence_required", "free", "relief_available", "hold", "licence_required", "may_not_invest", "may_not_contract", "may_not_buy", "prohibited")
_SUSPENDED = ("suspended", "not_enforced")


class Builder:
    """Builds pages over one law in one language."""

    def __init__(self, law: Law, language: str) -> None:
        self.law = law
        self.speaker = Speaker(law, language)
        self.words = self.speaker.words
        self.points = Points(law, self.speaker)

    def page(self, decision: Decision, proof: bool) -> Page:
        """The page of one decision."""
        items = {a.item for place in decision.jurisdictions for a in (*place.entries, *place.requirements, *place.reach) if a.item}
        self.points.several_items = len(items) > 1
        covered, outcome = decision.coverage.level == "complete", self.words.of("outcome", decision.outcome)
        places = [self.place(answer) for answer in decision.jurisdictions]
        as_encoded = not covered and TONES.get(decision.outcome) == CLEAR
        return Page(
            language=self.words.language,
            title=one_line(decision.case),
            day=decision.on,
            tone=CAUTION if as_encoded else TONES.get(decision.outcome, OPEN),
            outcome=self.words("sum.as_encoded", outcome=outcome) if as_encoded else outcome,
            summary=self.summary(decision),
            places=tuple(place for place in places if place.has_say or place.points()),
            conflicts=self.section("conflicts", [Point(f"{c.first} / {c.second}: {c.text}") for c in decision.conflicts]),
            questions=self.section("open", [self.question(question) for question in decision.questions]),
            counted=self.counted(places),
            nothing_open=self.words("open.none" if decision.bounds.best == decision.bounds.worst else "open.law"),
            figures=figures(decision, self.speaker),
            coverage=self.section("coverage", [Point(one_line(m.what), id=m.id, mark="unknown") for m in decision.coverage.missing]),
            covered=self.words("coverage.complete") if covered else "",
            law=tuple(self.law_lines(decision)),
            sources=tuple(self.sources(decision)),
            proof=tuple(steps(decision.proof, self.speaker)) if proof else (),
        )

    def summary(self, decision: Decision) -> str:
        """One line beneath the outcome: what it can still become."""
        best, worst = decision.bounds.best, decision.bounds.worst
        if decision.coverage.level == "none":
            return self.words("coverage.none")
        if best == worst:
            return self.words("sum.settled" if decision.coverage.level == "complete" else "sum.not_covered")
        names = {"best": self.words.of("outcome", best), "worst": self.words.of("outcome", worst)}
        return self.words("sum.worst" if decision.outcome == best else "sum.between", **names)

    def counted(self, places: list[Place]) -> str:
        """How many duties, warnings and risks are not known, over all jurisdictions."""
        counts = [(key, sum(place.sections[key].hidden for place in places if key in place.sections)) for key in COUNTED]
        said = [self.words(f"count.{key}", count=count) for key, count in counts if count]
        return self.words("open.counted", counts=", ".join(said)) if said else ""

    def section(self, key: str, points: Iterable[Point], hidden: int = 0) -> Section:
        """Points under the heading of this key; others are only counted."""
        more = self.words(f"{key}.more", count=hidden) if hidden and key not in COUNTED else ""
        return Section(key, self.words(f"head.{key}"), tuple(points), more, hidden)

    # --- jurisdictions ------------------------------------------------------------------------

    def place(self, answer: JurisdictionAnswer) -> Place:
        """One jurisdiction with its sections."""
        outcome = answer.outcome if answer.say != "no" else "no_say"
        sections = [self.reach(answer), self.entries(answer), *self.needs(answer), *self.ways(answer), self.duties(answer)]
        sections += [self.warnings(answer, "flags"), self.warnings(answer, "exposures")]
        return Place(
            id=answer.id,
            name=self.words.place(answer.id),
            has_say=answer.say != "no",
            tone=TONES.get(outcome, OPEN),
            outcome=self.words.of("outcome", outcome),
            still=self.still(answer),
            worst=self.words.of("outcome", answer.bounds.worst),
            sections={section.key: section for section in sections if section or section.hidden},
        )

    def still(self, answer: JurisdictionAnswer) -> str:
        """What a jurisdiction's answer can still become, where it is not settled."""
        bounds = answer.bounds
        if answer.say == "no" or bounds.best == bounds.worst:
            return ""
        worst = self.words.of("outcome", bounds.worst)
        if answer.outcome == bounds.best:
            return self.words("sum.at_worst", worst=worst)
        return self.words("sum.range", best=self.words.of("outcome", bounds.best), worst=worst)

    def reach(self, answer: JurisdictionAnswer) -> Section:
        """Why the law of a jurisdiction applies."""
        return self.section("reach", self.points.of(a for a in answer.reach if a.value == "yes"))

    def entries(self, answer: JurisdictionAnswer) -> Section:
        """List entries that describe the item."""
        return self.section("entries", self.points.of(a for a in answer.entries if a.value == "yes" and "code" in a.detail))

    def needs(self, answer: JurisdictionAnswer) -> list[Section]:
        """What asks for a licence or forbids, and what may."""
        needs = [*answer.prohibitions, *answer.requirements]
        sure = [need for need in needs if need.value == "yes"]
        possible = [need for need in needs if need.value == "unknown"]
        possible.sort(key=lambda need: -_severity(need.detail.get("effect", "")))
        points = self.points.of(possible)
        return [self.section("why", self.points.of(sure)), self.section("possible", points)]

    def ways(self, answer: JurisdictionAnswer) -> list[Section]:
        """What lifts it, what switches that off, and how an application would be reviewed."""
        needs = [*answer.requirements, *answer.prohibitions]
        sure = {need.id for need in needs if need.value == "yes"}
        wanted = sure or {need.id for need in needs}
        ours = [relief for relief in answer.reliefs if wanted.intersection(relief.detail["lifts"].split(", "))]
        others = {relief.id for relief in answer.reliefs} - {relief.id for relief in ours}
        lifts = self.section("lifts", self.points.reliefs(ours, wanted), len(others))
        policies = [policy for policy in answer.policies if policy.value == "yes"]
        unsure = len({policy.id for policy in answer.policies} - {policy.id for policy in policies})
        review = self.section("review", self.points.policies(policies), unsure)
        return [lifts, self.section("bars", self.points.of(answer.bars)), review]

    def duties(self, answer: JurisdictionAnswer) -> Section:
        """Duties that arise; those that may are counted."""
        duties = [duty for duty in answer.duties if duty.value == "yes"]
        unsure = len({duty.id for duty in answer.duties} - {duty.id for duty in duties})
        return self.section("duties", self.points.duties(duties), unsure)

    def warnings(self, answer: JurisdictionAnswer, key: str) -> Section:
        """Flags or exposures that stand; unknown ones are counted. Suspended law that would apply is among the flags."""
        answers = answer.flags if key == "flags" else answer.exposures
        shown = [a for a in answers if a.value == "yes"]
        unsure = len({a.id for a in answers} - {a.id for a in shown})
        points = [self.suspended(point, a) for a in shown for point in self.points.of([a])]
        return self.section(key, points, unsure)

    def suspended(self, point: Point, answer: RuleAnswer) -> Point:
        """A warning with how to resolve it, or with the word that its text does not count."""
        lines = [self.words(f"flags.{answer.status}")] if answer.status in _SUSPENDED else []
        if "check" in answer.detail:
            lines.append(self.words("flags.check", text=one_line(answer.detail["check"])))
        if "risk" in answer.detail:
            lines.append(one_line(answer.detail["risk"]))
        return replace(point, lines=tuple(lines))

    # --- the whole case -----------------------------------------------------------------------

    def question(self, question: Question) -> Point:
        """An open fact with its wording, why it is asked, and who may know."""
        titles = [self.speaker.titles.get(rule, rule) for rule in question.settles]
        why = ""
        if titles:
            more = len(titles) - 1
            why = self.words("open.why_more", title=titles[0], count=more) if more else self.words("open.why", title=titles[0])
        who = self.words.of("who", question.who) if question.who else ""
        return Point(one_line(question.ask), id=question.fact, mark="unknown", about=one_line(question.of), lead=who, lines=(why,) if why else ())

    def law_lines(self, decision: Decision) -> list[str]:
        """Which law and lists decided."""
        law, lists = decision.law, decision.lists
        lines = [self.words("law.snapshot", hash=law.snapshot[:SHORT_HASH], date=law.checked_to)]
        if law.as_read:
            lines.append(self.words("law.as_read", date=law.checked_to))
        lines.append(self.words("law.lists", names=", ".join(lists.names), hash=lists.snapshot[:SHORT_HASH]))
        if lists.recognised:
            lines.append(self.words("law.recognised", names=", ".join(lists.recognised)))
        lines.append(self.words("law.engine", engine=decision.engine))
        if self.words.language != "en":
            lines.append(self.words("law.titles"))
        return lines

    def sources(self, decision: Decision) -> list[Point]:
        """Every provision that says yes, with the text it was read in and since when it holds."""
        found: dict[str, RuleAnswer] = {}
        for place in decision.jurisdictions:
            kinds = (place.reach, place.entries, place.requirements, place.prohibitions, place.reliefs, place.bars, place.policies, place.duties, place.flags, place.exposures)
            for answer in (a for kind in kinds for a in kind if a.value == "yes"):
                found.setdefault(answer.id, answer)
        return [self.points.point(answer) for answer in found.values()]


def _severity(effect: str) -> int:
    return _SEVERITY.index(effect) if effect in _SEVERITY else 0
