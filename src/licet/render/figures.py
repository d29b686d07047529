"""Numbers of the items beside the lines of the law: which are decisive, and how far away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from licet.logic.decision import Decision, Margin
from licet.render.page import Figure, Line
from licet.render.say import Speaker

NEAR = 100.0
Reason = tuple[str, ...]
_COMPARED = re.compile(r"(\S+) (>=|<=|<|>) (\S+) \(it is ")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SHARE = re.compile(r"(?P<share>\S+ ?%?) (?P<side>above|below)")


def figures(decision: Decision, speaker: Speaker) -> tuple[Figure, ...]:
    """Numbers that meet a line of a jurisdiction with a say, the lines that decide first."""
    says = {place.id for place in decision.jurisdictions if place.say != "no"}
    reasons = {match.groups() for text in _reasons(decision) if (match := _COMPARED.match(text)) is not None}
    found: dict[tuple[str, str, str], list[Margin]] = {}
    for margin in decision.margins:
        if _jurisdiction(margin, speaker) in says:
            found.setdefault((margin.fact, margin.item, margin.value), []).append(margin)
    several = len({margin.item for margin in decision.margins}) > 1
    made = [_figure(key, margins, reasons, several, speaker) for key, margins in found.items()]
    return tuple(sorted(made, key=lambda figure: not figure.lines[0].decisive))


def _reasons(decision: Decision) -> Iterator[str]:
    """The steps that suffice for what applies, without the party or item in front."""
    for place in decision.jurisdictions:
        for answer in (*place.entries, *place.requirements, *place.prohibitions):
            if answer.value == "yes":
                yield from (text.rpartition(": ")[2] for text in answer.why)


def _jurisdiction(margin: Margin, speaker: Speaker) -> str:
    rule = speaker.law.rules[margin.rule]
    instrument = speaker.law.instruments.get(rule.instrument)
    return instrument.jurisdiction if instrument is not None else ""


def _figure(
    key: tuple[str, str, str], margins: list[Margin], reasons: set[Reason], several: bool, speaker: Speaker
) -> Figure:
    fact, item, value = key
    deciding = _deciding(margins, reasons)
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


def _deciding(margins: Iterable[Margin], reasons: set[Reason]) -> list[Margin]:
    """The line that a reason names; else the nearest line that is not crossed, if it is near."""
    ordered = sorted(margins, key=_gap)
    named = [margin for margin in ordered if (margin.fact, margin.op, margin.line) in reasons]
    missed = [margin for margin in ordered if not _crossed(margin) and _gap(margin) <= NEAR]
    return named[:1] or missed[:1]


def _crossed(margin: Margin) -> bool:
    """Whether the comparison holds, for all the value may be."""
    side = "above" if margin.op in (">", ">=") else "below"
    return margin.distance.endswith(side) or (margin.distance.startswith("at ") and "=" in margin.op)


def _gap(margin: Margin) -> float:
    numbers = _NUMBER.findall(margin.distance)
    return float(numbers[0]) if numbers else 0.0


def _line(margin: Margin, decisive: bool, speaker: Speaker) -> Line:
    rule = speaker.law.rules[margin.rule]
    return Line(
        value=speaker.labels.value(margin.fact, margin.line),
        op={">=": "≥", "<=": "≤"}.get(margin.op, margin.op),
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
