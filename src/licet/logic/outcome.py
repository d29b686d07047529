"""Severities in the words of a decision, for exports and for the channel of buying and investing."""

from __future__ import annotations

from collections.abc import Iterable

from licet.logic.decide import CLEAR, EXPORT_WORDS, LICENCE, PROHIBITED, RELIEF, Bounds, Needed
from licet.logic.decision import OutcomeBounds

UNKNOWN = "unknown"
FREE = "free"
EXIT_CODES = {
    "licence_required": 10,
    "hold": 10,
    "prohibited": 11,
    "may_not_buy": 11,
    "may_not_contract": 11,
    "may_not_invest": 11,
    UNKNOWN: 12,
}
EXIT_CLEAR, EXIT_NOT_COVERED = 0, 13


def outcome_word(level: int, needs: Iterable[Needed], buying: bool) -> str:
    """A severity in words; in the channel of buying and investing, the words of the strictest prohibition."""
    if not buying:
        return EXPORT_WORDS[level]
    if level in (CLEAR, RELIEF):
        return FREE
    effects = [need.rule.extra.get("effect", "may_not_buy") for need in needs if need.severity == level]
    return effects[0] if effects else "may_not_buy"


def headline(bounds: Bounds, words: OutcomeBounds) -> str:
    """One word for both bounds: the common one, licence_required where the best already is, else unknown."""
    if bounds.best == bounds.worst:
        return words.best
    if bounds.best == LICENCE and bounds.worst == PROHIBITED:
        return words.best
    return UNKNOWN


def exit_code(outcome: str, coverage: str) -> int:
    """The exit code of `licet check`."""
    if outcome in EXIT_CODES:
        return EXIT_CODES[outcome]
    return EXIT_CLEAR if coverage == "complete" else EXIT_NOT_COVERED
