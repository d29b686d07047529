"""What an outcome means, in words that cannot be taken for more than they say."""

from __future__ import annotations

from licet.logic.decision import OutcomeBounds
from licet.logic.outcome import UNKNOWN
from licet.mcp.short import NEVER_CLEAR

MEANING = {
    0: "permitted, and everything that has a say is encoded",
    10: "a licence is required, or an authority must be told and decides",
    11: "prohibited (or may not buy, contract, invest)",
    12: "unknown: facts are missing that can still change the outcome",
    13: "permitted as far as encoded, but something that has a say is not covered: not clear",
}


def is_open(bounds: OutcomeBounds) -> bool:
    """Whether more facts can still change the outcome."""
    return bounds.best != bounds.worst


def says(outcome: str, bounds: OutcomeBounds, coverage: str, questions: int) -> str:
    """The answer in two or three sentences."""
    words = _plain(outcome).capitalize()
    parts = [f"{words}."]
    if outcome == UNKNOWN:
        parts = [f"UNKNOWN: it can still come out between {_plain(bounds.best)} and {_plain(bounds.worst)}."]
        parts.append(f"{NEVER_CLEAR}: nobody may be told that it can go.")
    elif is_open(bounds):
        parts.append(f"It can still come out as {_plain(bounds.worst)}.")
    if questions:
        parts.append(f"{questions} facts are open and asked under `unknown`: ask for them, do not fill them in.")
    if coverage != "complete":
        parts.append(f"NOT ALL IS COVERED ({coverage}): see `not_covered`. What is not covered is not clear.")
    return " ".join(parts)


def _plain(word: str) -> str:
    return word.replace("_", " ")
