"""Licet's scorer of two names."""

from __future__ import annotations

from benchmarks.names.pairs import Score
from licet.parties.match.pairs import score_pair


def scorer(name: str) -> Score:
    """The score of two names."""
    return lambda one, other, kind: score_pair(one, other, kind).score
