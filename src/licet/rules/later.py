"""Versions of compiled law whose text is decoded when first asked for.

A check reaches few rules, and of most versions only the days count. So the compiled form has two parts: the law with
the head of each version, which is decoded at once, and a line of JSON for the rest of each, in the same order.
What a line holds is checked as the rest of the law is, only later; since the whole file bears a seal over its content,
a line that does not fit was made so on purpose, and ends the run with an error.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from licet.facts.errors import LawError
from licet.rules.compiled import Codec, Refused, check_version
from licet.rules.law import Law
from licet.rules.model import Rule, Version

_LATER = ("when", "value", "sources", "change", "place")
_NAMES = tuple(field.name for field in fields(Version))
_PLACES = tuple(_NAMES.index(name) for name in _LATER)
_HEAD = tuple(place for place, name in enumerate(_NAMES) if name not in _LATER)
_RULES = [field.name for field in fields(Law)].index("rules")
_VERSIONS = [field.name for field in fields(Rule)].index("versions")


def split(law: list[Any]) -> tuple[list[Any], list[str]]:
    """Encoded law with only the heads of its versions, and the lines of the rest."""
    lines: list[str] = []
    rules = {}
    for name, rule in law[_RULES].items():
        heads = []
        for version in rule[_VERSIONS]:
            rest = [version[place] for place in _PLACES]
            heads.append([len(lines), rest[0] is not None, bool(rest[1]), *(version[place] for place in _HEAD)])
            lines.append(json.dumps(rest, ensure_ascii=False, separators=(",", ":")))
        rules[name] = [*rule[:_VERSIONS], heads, *rule[_VERSIONS + 1 :]]
    return [*law[:_RULES], rules, *law[_RULES + 1 :]], lines


class Kept(Version):
    """A version as it lies in the compiled form: a slot that is still empty is filled from its line."""

    __slots__ = ("_line", "_lines")

    _line: int
    _lines: Lines

    def __getattr__(self, name: str) -> Any:
        """What is not decoded yet."""
        if name not in _LATER:
            raise AttributeError(name)
        self._lines.fill(self, self._line)
        return object.__getattribute__(self, name)

    def __eq__(self, other: object) -> bool:
        """The same text, decoded or not."""
        if not isinstance(other, Version):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _NAMES)

    __hash__ = Version.__hash__


class Lines:
    """The lines of one file, and what decodes them; `law` is set once the rest of it is read."""

    def __init__(self, lines: list[bytes]) -> None:
        self.lines = lines
        self.law: Law | None = None
        self.codec = Codec()
        self.decoders = self.codec.fields_of(Version)
        self.codec.made[Version] = self._head

    def _head(self, value: Any) -> Kept:
        """The head of a version."""
        if type(value) is not list or len(value) != len(_HEAD) + 3 or type(value[0]) is not int:
            raise Refused("not the head of a version")
        line, conditional, measured, *parts = value
        if not 0 <= line < len(self.lines):
            raise Refused("no such line")
        kept = object.__new__(Kept)
        for place, part in zip(_HEAD, parts, strict=True):
            object.__setattr__(kept, _NAMES[place], self.decoders[place](part))
        if not conditional:
            object.__setattr__(kept, "when", None)
        if not measured:
            object.__setattr__(kept, "value", ())
        object.__setattr__(kept, "_line", line)
        object.__setattr__(kept, "_lines", self)
        return kept

    def fill(self, kept: Version, line: int) -> None:
        """Decode what is missing of a version. Raises LawError where it is not what it should be."""
        try:
            rest = json.loads(self.lines[line])
            if type(rest) is not list or self.law is None:
                raise Refused("not the rest of a version")
            found = [(_NAMES[place], self.decoders[place](part)) for place, part in zip(_PLACES, rest, strict=True)]
            for name, value in found:
                object.__setattr__(kept, name, value)
            check_version(kept, self.law)
        except (TypeError, ValueError, KeyError, IndexError, RecursionError, OverflowError) as bad:
            hint = "delete it in Licet's own folder; it is made anew"
            raise LawError.one("L_COMPILED", f"the compiled law is not what it should be: {bad}", hint=hint) from None
