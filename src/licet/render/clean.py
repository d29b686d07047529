"""Text from a case or a law, made safe to show: no control characters, no marks that turn the reading direction."""

from __future__ import annotations

import re

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_ASCII = str.maketrans(
    {
        "≥": ">=",
        "≤": "<=",
        "≠": "not",
        "×": "x",
        "·": "-",
        "…": "...",
        "–": "-",
        "—": "-",
        "²": "2",
        "³": "3",
        "µ": "u",
        "“": '"',
        "”": '"',
        "’": "'",
        "→": "->",
    }
)


def printable(text: str) -> str:
    """Control characters replaced, so that a name in a case cannot steer the reader's terminal."""
    return _UNSAFE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Printable, with runs of white space as one space."""
    return printable(_SPACES.sub(" ", text)).strip()


def to_ascii(text: str) -> str:
    """For terminals that show only ASCII: signs spelt out."""
    return text.translate(_ASCII)
