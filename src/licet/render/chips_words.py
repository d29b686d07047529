"""Words that the table and the picture of chips share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from licet.logic.measured import Exact
from licet.render.chips_axes import number
from licet.render.words import Words
from licet.services.chips import DESCRIBED, FREE, LICENCE, OPEN, ChipsAnswer, Day, Status
from licet.services.chips_law import PERFORMANCE

UNKNOWN = "?"
LATER, UNCLASSIFIED = "°", "*"
# The numbers that a table shows, with their heads.
NUMBERS = {PERFORMANCE: "TPP", "item.performance_density": "density", "item.io_bandwidth_gb_s": "I/O GB/s"}
KINDS = {LICENCE: "not described, yet a licence is needed", OPEN: "open", FREE: "not described, no licence needed"}
_SHORT_OUTCOME = {"licence_required": "licence", "no_licence_required": "no licence"}
_SHORT_POLICY = {"presumption_of_denial": "denial presumed", "presumption_of_approval": "approval presumed"}
_LARGE = 1000


def day_in_words(day: date) -> str:
    """A day as people write it: 7 October 2022."""
    return f"{day.day} {day:%B %Y}"


def days_in_words(days: Iterable[date]) -> str:
    """Days in one line."""
    return ", ".join(map(day_in_words, days))


def status_words(kind: str, code: str) -> str:
    """A status by itself: the entry, or why there is none."""
    return code if kind == DESCRIBED else KINDS[kind]


def verdict(status: Status) -> str:
    """The entry and the outcome of the shipment: "3A090.a: licence, denial presumed"."""
    entry = status.code or (f"maybe {', '.join(status.entries_open)}" if status.entries_open else "no entry")
    outcome = _SHORT_OUTCOME.get(status.outcome) or Words("en").of("outcome", status.outcome)
    if status.outcome == "unknown":
        return f"{entry}: {outcome}"
    sure, unsure = [_policy(policy) for policy in status.policies], [_policy(policy) for policy in status.policies_open]
    if not sure and len(unsure) > 1:
        return f"{entry}: {outcome}, {' or '.join(unsure)}"
    return f"{entry}: {', '.join([outcome, *sure, *(f'maybe {policy}' for policy in unsure)])}"


def _policy(policy: str) -> str:
    return _SHORT_POLICY.get(policy) or Words("en").of("policy", policy)


def signs(status: Status, answer: ChipsAnswer) -> str:
    """The signs after a verdict, which the notes explain; what holds for all chips on all days has none."""
    shown = LATER if not status.announced else ""
    return shown + (UNCLASSIFIED if status.unclassified and not all_unclassified(answer) else "")


def all_unclassified(answer: ChipsAnswer) -> bool:
    """Whether every verdict leaves out what hangs on a classification."""
    return all(status.unclassified for day in answer.days for status in day.statuses)


def numbers(answer: ChipsAnswer) -> dict[str, str]:
    """The numbers that the law of these days asks for, with their heads."""
    asked = {fact for known in answer.measured.values() for fact in known}
    return {fact: head for fact, head in NUMBERS.items() if fact in asked}


def alike(days: Sequence[Day]) -> list[list[Day]]:
    """Days in runs in which every chip gets the same verdict."""
    runs: list[list[Day]] = []
    for day in days:
        if runs and [_shown(one) for one in runs[-1][0].statuses] == [_shown(one) for one in day.statuses]:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _shown(status: Status) -> tuple[str, bool]:
    return verdict(status), status.unclassified


def range_in_words(value: Exact) -> str:
    """A number or a range of numbers."""
    low, high = value
    if high is None:
        return UNKNOWN if low is None else f"≥ {_short(low)}"
    if low is None or low == 0:
        return f"≤ {_short(high)}"
    first, last = _short(low), _short(high)
    return first if first == last else f"{first} to {last}"


def _short(value: Fraction) -> str:
    """A number to one place after the point, or to four digits where it is small."""
    shown = float(value)
    return number(Fraction(f"{shown:.1f}" if shown >= _LARGE else f"{shown:.4g}"))
