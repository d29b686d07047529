"""How long a decision must be kept: what the duties in its answer say, where a duty applies or may apply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from licet.ledger.record import Kept
from licet.ledger.standing import years_after
from licet.logic.decision import Decision

# A number of years, from the day or from the end of its calendar year; what stands in brackets is for readers.
_SPAN = re.compile(
    r"(\d{1,2}|two|three|five|seven|ten) years?(?P<year> from the end of the calendar year)?\s*(\(.*\))?"
)
_WORDS = {"two": 2, "three": 3, "five": 5, "seven": 7, "ten": 10}


def kept_for(decision: Decision) -> list[Kept]:
    """What stands against erasing a decision, each once.

    Years count from the day decided on, or from the end of its calendar year where the span says so. A span that begins
    with something else (`5 years after …`), or that is told in other words, has no end that is known.
    """
    return list(dict.fromkeys(_duties(decision)))


def _duties(decision: Decision) -> Iterator[Kept]:
    day = date.fromisoformat(decision.on[:10])
    for jurisdiction in decision.jurisdictions:
        for duty in jurisdiction.duties:
            if span := duty.detail.get("keep"):
                doubt = "" if duty.value == "yes" else "may apply: "
                yield Kept(duty.cite, f"{duty.title} ({doubt}{span})", _end(span, day))


def _end(span: str, day: date) -> date | None:
    match = _SPAN.fullmatch(span.strip())
    if match is None:
        return None
    if match["year"]:
        day = date(day.year, 12, 31)
    number = match[1]
    return years_after(day, _WORDS.get(number, int(number) if number.isdigit() else 0))
