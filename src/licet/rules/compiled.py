"""Compiled law: frozen dataclasses as plain JSON and back, without the cost of reading the law again.

A dataclass is the list of its fields in order; one that stands where several may stand (a condition, a
number) begins with the name of its class. Nothing is created but the classes declared here, every value
is held against the type of its field, and words of a closed vocabulary against that vocabulary. What
does not fit raises `Refused`, whoever wrote it.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, get_args, get_origin, get_type_hints

from licet.facts.dictionary import COLLECTIONS, TYPES, FactType, own_name
from licet.rules import tree
from licet.rules.law import Law
from licet.rules.model import CLOCKS, KINDS, STATUSES, SUBJECTS, Rule, Version

FORMAT = 3
Decoder = Callable[[Any], Any]
T = typing.TypeVar("T")

_CONDITIONS = tuple(tree.Condition.__subclasses__())
_NUMBERS = get_args(tree.Number)
_TAGGED = frozenset((*_CONDITIONS, *_NUMBERS))
_VOCABULARY: dict[tuple[type, str], frozenset[str]] = {
    (Rule, "kind"): frozenset(KINDS),
    (Rule, "subject"): frozenset(SUBJECTS),
    (Rule, "clock"): frozenset(CLOCKS),
    (Version, "status"): frozenset(STATUSES),
    (FactType, "type"): frozenset(TYPES),
    (tree.Compare, "op"): frozenset({"=", "<", "<=", ">", ">="}),
    (tree.Arith, "op"): frozenset("+-*/"),
    (tree.Aggregate, "op"): frozenset({"max", "min", "sum"}),
    (tree.Aggregate, "of"): frozenset(COLLECTIONS),
    (tree.Some, "of"): frozenset(COLLECTIONS),
    (tree.Every, "of"): frozenset(COLLECTIONS),
}


# Fields that law in a ledger was kept without, by how many there were then: they read as nothing said.
_ADDED: dict[type, dict[int, frozenset[str]]] = {FactType: {14: frozenset({"ask_ja"})}}


class Refused(ValueError):
    """What was read is not compiled law of this format."""


def encode(value: Any) -> Any:
    """A dataclass, and all it holds, as lists, mappings and scalars that JSON can carry."""
    if isinstance(value, (str, int)) or value is None:
        return value
    if isinstance(value, (tuple, list)):
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {key: encode(item) for key, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    kind = type(value)
    head = [kind.__name__] if kind in _TAGGED else []
    return head + [encode(getattr(value, field.name)) for field in fields(value)]


class Codec:
    """Decoders by type, each made when first needed."""

    def __init__(self) -> None:
        self.made: dict[Any, Decoder] = {str: _exactly(str), int: _exactly(int), bool: _exactly(bool)}
        self.made |= {date: _date, date | datetime: _bound, Any: _word_or_words}
        self.made[tree.Condition] = self._tagged(_CONDITIONS)
        self.made[tree.Number] = self._tagged(_NUMBERS)

    def decode(self, kind: type[T], value: Any) -> T:
        """The dataclass `kind` in `value`. Raises Refused."""
        try:
            result: T = self.of(kind)(value)
        except (TypeError, ValueError, KeyError, IndexError, RecursionError, OverflowError) as bad:
            raise Refused(f"not a {kind.__name__}: {bad}") from None
        return result

    def of(self, kind: Any) -> Decoder:
        """The decoder for a type."""
        if kind not in self.made:
            self.made[kind] = self._make(kind)
        return self.made[kind]

    def _make(self, kind: Any) -> Decoder:
        if is_dataclass(kind):
            return self._fields(typing.cast(type, kind))
        origin, inside = get_origin(kind), get_args(kind)
        if origin in (typing.Union, types.UnionType) and type(None) in inside:
            return _or_none(self.of(_without_none(inside)))
        if origin is tuple:
            return _tuple_of(self.of(inside[0]))
        if origin is dict:
            return _dict_of(self.of(inside[1]))
        raise TypeError(f"{kind} has no compiled form")

    def fields_of(self, kind: type) -> list[Decoder]:
        """The decoders of the fields of a dataclass, in order."""
        hints = get_type_hints(kind)
        names = [field.name for field in fields(kind)]
        closed = {name: _among(words) for (owner, name), words in _VOCABULARY.items() if owner is kind}
        return [closed.get(name) or self.of(hints[name]) for name in names]

    def _fields(self, kind: type) -> Decoder:
        decoders = self.fields_of(kind)
        count = len(decoders)
        names, added = [field.name for field in fields(kind)], _ADDED.get(kind, {})

        def decode(value: Any) -> Any:
            if type(value) is not list or (len(value) != count and len(value) not in added):
                raise Refused(f"{kind.__name__} has {count} fields")
            if len(value) == count:
                return kind(*[read(part) for read, part in zip(decoders, value, strict=True)])
            there = [(name, read) for name, read in zip(names, decoders, strict=True) if name not in added[len(value)]]
            return kind(**{name: read(part) for (name, read), part in zip(there, value, strict=True)})

        return decode

    def _tagged(self, kinds: tuple[type, ...]) -> Decoder:
        by_name = {kind.__name__: kind for kind in kinds}

        def decode(value: Any) -> Any:
            if type(value) is not list or not value or type(value[0]) is not str:
                raise Refused("a condition or a number begins with its name")
            return self.of(by_name[value[0]])(value[1:])

        return decode


def check_names(law: Law) -> None:
    """What decoded law has stands under its own name, and what its instruments use exists. Raises Refused."""
    names = [(key, rule.id) for key, rule in law.rules.items()]
    names += [(key, instrument.id) for key, instrument in law.instruments.items()]
    names += [(key, fact.name) for key, fact in law.dictionary.facts.items()]
    for key, name in names:
        if key != name:
            raise Refused(f"{name} stands under {key}")
    for rule in law.rules.values():
        if not rule.versions:
            raise Refused(f"{rule.id} has no version")
    for instrument in law.instruments.values():
        for gap in instrument.gaps:
            _check_condition(gap.when, law)


def check_version(version: Version, law: Law) -> None:
    """Every id and fact that a version uses exists. Raises Refused."""
    for case in version.value:
        _check_facts(tree.facts_of(tree.Compare(left=case.value)), law)
    for when in (version.when, *(case.guard for case in version.value)):
        _check_condition(when, law)


def _check_condition(when: tree.Condition | None, law: Law) -> None:
    for part in tree.walk(when) if when is not None else ():
        _check_facts(tree.facts_of(part), law)
        rule = part.rule if isinstance(part, tree.Refer) else part.counts if isinstance(part, tree.Owned) else None
        target = part.group if isinstance(part, (tree.Member, tree.Described)) else rule
        if target is not None and target not in law.rules:
            raise Refused(f"no rule {target}")


def _check_facts(names: Iterable[str], law: Law) -> None:
    for name in names:
        if own_name(name) not in law.dictionary.facts:
            raise Refused(f"no fact {name}")


# --- the simple types ------------------------------------------------------------------------


def _exactly(kind: type) -> Decoder:
    def decode(value: Any) -> Any:
        if type(value) is not kind:
            raise Refused(f"{value!r:.40} is not {kind.__name__}")
        return value

    return decode


def _among(words: frozenset[str]) -> Decoder:
    def decode(value: Any) -> Any:
        if value not in words:
            raise Refused(f"{value!r:.40} is not a word used here")
        return value

    return decode


def _or_none(inner: Decoder) -> Decoder:
    return lambda value: None if value is None else inner(value)


def _tuple_of(inner: Decoder) -> Decoder:
    def decode(value: Any) -> Any:
        if type(value) is not list:
            raise Refused("expected a list")
        return tuple([inner(item) for item in value])

    return decode


def _dict_of(inner: Decoder) -> Decoder:
    def decode(value: Any) -> Any:
        if type(value) is not dict:
            raise Refused("expected a mapping")
        return {key: inner(item) for key, item in value.items()}

    return decode


def _without_none(inside: tuple[Any, ...]) -> Any:
    """The other members of a union with None, as one type."""
    result = inside[0]
    for kind in inside[1:]:
        result = result | kind if kind is not type(None) else result
    return result


def _date(value: str) -> date:
    return date.fromisoformat(value)


def _bound(value: str) -> date | datetime:
    """A moment is longer than a date."""
    return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)


def _word_or_words(value: Any) -> str | list[str]:
    """The keys of a kind hold a text or a list of texts."""
    if type(value) is str:
        return value
    if type(value) is list and all(type(item) is str for item in value):
        return value
    raise Refused(f"{value!r:.40} is neither a text nor a list of texts")
