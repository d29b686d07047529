"""One jurisdiction of a page: what is said of it, and what is only counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from licet.logic.decision import JurisdictionAnswer, RuleAnswer
from licet.render.clean import one_line
from licet.render.page import OPEN, TONES, Place, Point, Section
from licet.render.points import Points
from licet.render.say import Speaker
from licet.rules.law import Law

COUNTED = ("duties", "flags", "exposures")
_SEVERITY = (
    "no_licence_required",
    "free",
    "relief_available",
    "hold",
    "licence_required",
    "may_not_invest",
    "may_not_contract",
    "may_not_buy",
    "prohibited",
)
_SUSPENDED = ("suspended", "not_enforced")


class Places:
    """Builds the jurisdictions of a page in one language."""

    def __init__(self, law: Law, speaker: Speaker, several_items: bool) -> None:
        self.words = speaker.words
        self.points = Points(law, speaker, several_items)

    def section(self, key: str, points: Iterable[Point], hidden: int = 0) -> Section:
        """Points under the heading of this key; others are only counted."""
        more = self.words(f"{key}.more", count=hidden) if hidden and key not in COUNTED else ""
        return Section(key, self.words(f"head.{key}"), tuple(points), more, hidden)

    def place(self, answer: JurisdictionAnswer) -> Place:
        """One jurisdiction with its sections."""
        outcome = answer.outcome if answer.say != "no" else "no_say"
        sections = [
            self.reach(answer),
            self.entries(answer),
            *self.needs(answer),
            *self.ways(answer),
            self.duties(answer),
        ]
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
        return self.section(
            "entries", self.points.of(a for a in answer.entries if a.value == "yes" and "code" in a.detail)
        )

    def needs(self, answer: JurisdictionAnswer) -> list[Section]:
        """What asks for a licence or forbids; what may, beside it (`possible`) or where nothing does yet (`may`)."""
        needs = [*answer.prohibitions, *answer.requirements]
        sure = [need for need in needs if need.value == "yes"]
        possible = [need for need in needs if need.value == "unknown"]
        possible.sort(key=lambda need: -_severity(need))
        points = self.points.of(possible)
        return [self.section("why", self.points.of(sure)), self.section("possible" if sure else "may", points)]

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
        apply = [Point(self.words("review.authority", authority=one_line(name))) for name in answer.authorities]
        review = self.section("review", [*self.points.policies(policies), *apply], unsure)
        return [lifts, self.section("bars", self.points.of(answer.bars)), review]

    def duties(self, answer: JurisdictionAnswer) -> Section:
        """Duties that arise; those that may are counted."""
        duties = [duty for duty in answer.duties if duty.value == "yes"]
        unsure = len({duty.id for duty in answer.duties} - {duty.id for duty in duties})
        return self.section("duties", self.points.duties(duties), unsure)

    def warnings(self, answer: JurisdictionAnswer, key: str) -> Section:
        """Flags or exposures that stand; unknown ones are counted. Suspended law is among the flags."""
        answers = answer.flags if key == "flags" else answer.exposures
        shown = [a for a in answers if a.value == "yes"]
        unsure = len({a.id for a in answers} - {a.id for a in shown})
        joined = self.points.joined(shown)
        points = [self.warning(self.points.point(first, items, parties), first) for first, items, parties in joined]
        return self.section(key, points, unsure)

    def warning(self, point: Point, answer: RuleAnswer) -> Point:
        """A warning with how to resolve it, or with the word that its text does not count."""
        lines = [self.words(f"flags.{answer.status}")] if answer.status in _SUSPENDED else []
        if "check" in answer.detail:
            lines.append(self.words("flags.check", text=one_line(answer.detail["check"])))
        if "risk" in answer.detail:
            lines.append(one_line(answer.detail["risk"]))
        return replace(point, lines=tuple(lines))


def _severity(need: RuleAnswer) -> int:
    """How bad a requirement or prohibition is; an effect it does not name is that of its kind."""
    usual = "prohibited" if need.kind == "prohibition" else "licence_required"
    return _SEVERITY.index(need.detail.get("effect", usual))
