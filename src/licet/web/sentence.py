"""An English sentence with a part or two of its own, recognised again in what is kept.

The parts are names and other words that anybody may have typed. Where they hold the fixed words of the sentence as
well, nobody can tell where a part ends: such a sentence is not recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter

Parts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Fixed words before, between and after the parts, and the names of the parts (none, one or two)."""

    name: str
    parts: tuple[str, ...]
    fixed: tuple[str, ...]

    @classmethod
    def of(cls, name: str, words: str) -> Sentence:
        """A sentence as it is written: `{one} / {other}: an initial`."""
        pieces = [*Formatter().parse(words)]
        parts = tuple(part for _, part, _, _ in pieces if part is not None)
        fixed = [before for before, _, _, _ in pieces]
        return cls(name, parts, (*fixed, "") if len(fixed) == len(parts) else tuple(fixed))

    def read(self, text: str) -> Parts | None:
        """The parts of a text, none of them empty; None where it is another sentence or can be read in two ways."""
        if not self.parts:
            return {} if text == self.fixed[0] else None
        before, after = self.fixed[0], self.fixed[-1]
        if not (text.startswith(before) and text.endswith(after)):
            return None
        inner = text[len(before) : len(text) - len(after)]
        if len(self.parts) == 1:
            return {self.parts[0]: inner} if inner else None
        at, between = inner.find(self.fixed[1]), self.fixed[1]
        if at <= 0 or at != inner.rfind(between) or at + len(between) == len(inner):
            return None
        return {self.parts[0]: inner[:at], self.parts[1]: inner[at + len(between) :]}


def recognised(
    text: str, sentences: Iterable[Sentence], looks: Mapping[str, re.Pattern[str]]
) -> tuple[str, Parts] | None:
    """The name and the parts of the one sentence that a text can be; None where it can be none or several.

    `looks` says what parts of some names have to look like.
    """
    found = [
        (one.name, parts)
        for one in sentences
        if (parts := one.read(text)) is not None
        and all(looks[part].fullmatch(value) for part, value in parts.items() if part in looks)
    ]
    return found[0] if len(found) == 1 else None
