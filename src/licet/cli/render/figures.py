"""Numbers of the items beside the lines of the law: which are decisive, and how far away."""

from __future__ import annotations

import re
from collections.abc import Iterable

from licet.cli.render.page import Figure, Line
from licet.cli.render.say import Speaker
from licet.logic.decision import Decision, Margin

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SHARE = re.compile(r"(?P<share>\S+ ?%?) (?P<side>above|below)")


def figures(decision: Decision, speaker: Speaker) -> tuple[Figure, ...]:
    """Numbers that meet a line of a jurisdiction with a say, the lines that decide first."""
    says = {place.id for place in decision.jurisdictions if place.say != "no"}
    matched = {answer.id for place in decision.jurisdictions for answer in place.entries if answer.value == "yes"}
    found: dict[tuple[str, str, str], list[Margin]] = {}
    for margin in decision.margins:
        if _jurisdiction(margin, speaker) in says:
            found.setdefault((margin.fact, margin.item, margin.value), []).append(margin)
    several = len({margin.item for margin in decision.margins}) > 1
    made = [_figure(key, margins, matched, several, speaker) for key, margins in found.items()]
    return tuple(sorted(made, key=lambda figure: not figure.lines[0].decisive))


def _jurisdiction(margin: Margin, speaker: Speaker) -> str:
    rule = speaker.law.rules[margin.rule]
    instrument = speaker.law.instruments.get(rule.instrument)
    return instrument.jurisdiction if instrument is not None else ""


def _figure(key: tuple[str, str, str], margins: list[Margin], matched: set[str], several: bool, speaker: Speaker) -> Figure:
    fact, item, value = key
    deciding = _deciding(margins, matched)
    lines = [_line(margin, margin in deciding, speaker) for margin in margins]
    ends = [float(number) for number in _NUMBER.findall(value)]
    return Figure(
        label=speaker.labels.fact(fact),
        about=item if several else "",
        value=speaker.labels.value(fact, value),
        low=ends[0] if ends else 0.0,
        high=None if value.startswith("at least") else ends[-1] if ends else 0.0,
        lines=tuple(sorted(lines, key=lambda line: not line.decisive)),
    )


def _deciding(margins: Iterable[Margin], matched: set[str]) -> list[Margin]:
    """The nearest line that is crossed by an entry that applies, and the nearest line that is not crossed."""
    ordered = sorted(margins, key=_gap)
    applies = [margin for margin in ordered if margin.rule in matched and margin.distance.endswith("above")]
    others = [margin for margin in ordered if margin.rule not in matched or not margin.distance.endswith("above")]
    return applies[:1] or others[:1]


def _gap(margin: Margin) -> float:
    numbers = _NUMBER.findall(margin.distance)
    return float(numbers[0]) if numbers else 0.0


def _line(margin: Margin, decisive: bool, speaker: Speaker) -> Line:
    rule = speaker.law.rules[margin.rule]
    return Line(
        value=speaker.labels.value(margin.fact, margin.line),
        cite=f"{rule.cite} {margin.cite}".strip(),
        distance=_distance(margin.distance, speaker),
        at=float(margin.line),
        rule=margin.rule,
        decisive=decisive,
    )


def _distance(text: str, speaker: Speaker) -> str:
    match = _SHARE.fullmatch(text)
    if match is None:
        return speaker.words("margin.at" if text.startswith("at ") else "margin.across")
    share = match["share"].removesuffix(".0 %") + " %" if match["share"].endswith(".0 %") else match["share"]
    return speaker.words(f"margin.{match['side']}", share=share)
