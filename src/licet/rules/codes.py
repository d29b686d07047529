"""Codes of control lists: paragraphs beneath paragraphs, such as 3A001, 3A001.b and 3A001.b.2."""

from __future__ import annotations

from collections.abc import Iterator

from licet.facts.truth import Truth
from licet.rules.snapshot import InForce, Snapshot


def ancestors(code: str) -> Iterator[str]:
    """The code itself and those above it, the nearest first."""
    yield code
    while (at := code.rfind(".")) > 0:
        code = code[:at]
        yield code


def beneath(code: str, other: str) -> bool:
    """Whether a code is another or lies beneath it."""
    return code == other or code.startswith(other + ".")


class Codes:
    """A group of codes on a day, for asking whether a code lies in it.

    A code lies in the group where it, or the nearest code above it that is listed, is a member and not taken out. One
    that stands above a member (or above what is taken out of a member) leaves the matter open.
    """

    def __init__(self, group: InForce) -> None:
        self.listed = dict.fromkeys(group.members, True) | dict.fromkeys(group.without, False)
        self.above_in = {above for code in group.members for above in ancestors(code) if above != code}
        self.above_out = {above for code in group.without for above in ancestors(code) if above != code}
        self.asked: dict[str, Truth] = {}

    @staticmethod
    def of(group: InForce, law: Snapshot) -> Codes:
        """The codes of a group, worked out once a snapshot."""
        key = f"codes {group.rule.id}"
        if key not in law.memo:
            law.memo[key] = Codes(group)
        found: Codes = law.memo[key]
        return found

    def holds(self, code: str) -> Truth:
        """Whether the code lies in the group; unknown where it is too coarse to tell."""
        if code not in self.asked:
            self.asked[code] = self._holds(code)
        return self.asked[code]

    def _holds(self, code: str) -> Truth:
        nearest = next((self.listed[above] for above in ancestors(code) if above in self.listed), False)
        open_ = self.above_out if nearest else self.above_in
        return None if code in open_ else nearest
