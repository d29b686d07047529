"""Answers of rules as points: one for each rule and party, items joined, with reasons in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from licet.logic.decision import RuleAnswer
from licet.render.clean import one_line
from licet.render.page import Point
from licet.render.papers import papers
from licet.render.say import Note, Speaker
from licet.rules.law import Law

_HELD = "complete.held"
# The reason of a condition that always holds says nothing.
_CONSTANT = frozenset({"yes", "no"})


class Points:
    """Makes points in one language. `several_items` tells whether an item has to be named."""

    def __init__(self, law: Law, speaker: Speaker, several_items: bool) -> None:
        self.law, self.speaker, self.words = law, speaker, speaker.words
        self.several_items = several_items

    def of(self, answers: Iterable[RuleAnswer]) -> list[Point]:
        """A point for each rule, and for each reason it gives."""
        return [self.point(first, items, parties) for first, items, parties in self.joined(answers)]

    def joined(self, answers: Iterable[RuleAnswer]) -> list[tuple[RuleAnswer, list[str], list[str]]]:
        """Answers of the same rule for the same reason, with all items and parties they are about."""
        found: dict[tuple[str, tuple[str, ...]], tuple[RuleAnswer, list[str], list[str]]] = {}
        for answer in answers:
            key = (answer.id, answer.why if answer.value == "yes" else ())
            _, items, parties = found.setdefault(key, (answer, [], []))
            items.extend([answer.item] if answer.item and answer.item not in items else [])
            parties.extend([answer.party] if answer.party and answer.party not in parties else [])
        return list(found.values())

    def point(self, answer: RuleAnswer, items: list[str] | None = None, parties: list[str] | None = None) -> Point:
        """One rule's answer."""
        about = []
        if parties:
            about.append("; ".join(self.speaker.names(one_line(party)) for party in parties))
        if items and self.several_items:
            about.append(", ".join(one_line(item) for item in items))
        return Point(
            text=one_line(answer.title),
            cite=one_line(answer.cite),
            id=answer.id,
            mark=answer.value,
            about=" · ".join(about),
            lead=answer.detail.get("code", ""),
            notes=self.notes(answer),
            source=one_line(answer.source),
            since=answer.since[:10],
        )

    def notes(self, answer: RuleAnswer) -> tuple[Note, ...]:
        """The reasons in words, each once."""
        notes = dict.fromkeys(self.speaker.reason(text) for text in answer.why if text not in _CONSTANT)
        return tuple(notes)

    def reliefs(self, answers: Iterable[RuleAnswer], wanted: set[str]) -> list[Point]:
        """Exceptions and licences: what they lift, or what is still needed for that."""
        order = {"yes": 0, "unknown": 1, "no": 2}
        joined = sorted(self.joined(answers), key=lambda found: order[found[0].value])
        return [
            replace(self.point(first, items), notes=(), lines=tuple(self.needed(first, wanted)))
            for first, items, _ in joined
        ]

    def needed(self, answer: RuleAnswer, wanted: set[str]) -> list[str]:
        """What the relief lifts, the facts that are open, and the papers that must be in hand."""
        if answer.value == "yes":
            rules = [
                self.speaker.titles.get(rule, rule) for rule in answer.detail["lifts"].split(", ") if rule in wanted
            ]
            return [self.words("lifts.yes", rules="; ".join(rules))]
        lines = []
        facts = [self.speaker.labels.fact(fact) for fact in answer.unmet if fact != _HELD]
        if facts:
            lines.append(self.words("lifts.unknown", facts="; ".join(facts)))
        if _HELD in answer.unmet:
            needs = papers(self.law, self.speaker, answer.id, answer.since) or [self.speaker.labels.fact(_HELD)]
            lines.append(self.words("lifts.papers", papers="; ".join(needs)))
        return lines

    def policies(self, answers: Iterable[RuleAnswer]) -> list[Point]:
        """Review policies, each with its own word in front."""
        points = []
        for first, items, parties in self.joined(answers):
            policy = first.detail.get("policy", "")
            lead = self.words("policy.row") if policy == "as the row says" else self.words.of("policy", policy)
            text = one_line(first.detail.get("text", ""))
            points.append(replace(self.point(first, items, parties), lead=lead, lines=(text,) if text else ()))
        return points

    def duties(self, answers: Iterable[RuleAnswer]) -> list[Point]:
        """Duties: what to do, when, towards whom, and how long to keep it."""
        points = []
        for first, items, parties in self.joined(answers):
            detail = {key: one_line(value) for key, value in first.detail.items()}
            lines = [detail["do"]] if "do" in detail else []
            lines += [
                self.words(f"duty.{key}", text=detail[key])
                for key in ("deadline", "addressee", "keep")
                if key in detail
            ]
            lead = self.words.of("duty", detail["timing"]) if "timing" in detail else ""
            points.append(replace(self.point(first, items, parties), lead=lead, lines=tuple(lines)))
        return points
