"""The dictionary of facts: what may be said in a case and read by the law.

Read from `law/facts/*.yaml`. The elements of a collection share the facts of their kind: a
component has the facts of an item, an owner those of a party.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from licet.facts.errors import LawError, Problem, nearest
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence

TYPES = ("yes_no", "number", "enum", "country", "date", "text", "set")
SAME_FACTS = {"component": "item", "owner": "party"}
COLLECTIONS = {
    "components": "item",
    "rates": "item",
    "parties": "case",
    "held": "case",
    "listings": "party",
    "owners": "party",
}
ELEMENT = {
    "components": "component",
    "rates": "rate",
    "parties": "party",
    "held": "evidence",
    "listings": "listing",
    "owners": "owner",
}
CLOSED_WHEN_GIVEN = frozenset({"rates"})
ALWAYS_CLOSED = frozenset({"held"})
_ELEMENT_PREFIXES = frozenset({"item", "party", "listing", "rate", "evidence", "owner", "component"})
MAX_SCALE, MAX_DIGITS = 12, 9
_KEYS = frozenset(
    {"type", "unit", "scale", "min", "values", "of", "ask", "who", "source", "note", "contradicts", "not_listed"}
)


@dataclass(frozen=True, slots=True)
class FactType:
    """One fact: its type, its unit, and the question that asks for it.

    `scale` is the number of decimals kept; `low` the declared minimum as a scaled integer. `contradicts` names for
    a value of this fact the yes/no facts that cannot be yes beside it; `not_listed` the words of a fact on declared
    codes that say the thing stands on no list.
    """

    name: str
    type: str
    unit: str = ""
    scale: int = 0
    low: int | None = None
    values: tuple[str, ...] = ()
    of: str = ""
    ask_en: str = ""
    ask_zh: str = ""
    ask_ja: str = ""
    who: str = ""
    source: str = ""
    note: str = ""
    contradicts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    not_listed: tuple[str, ...] = ()

    @property
    def numeric(self) -> bool:
        """Numbers and dates are compared as intervals."""
        return self.type in ("number", "date")

    def ask(self, language: str) -> str:
        """The question in a language; in English where there is none in it."""
        return {"zh": self.ask_zh, "ja": self.ask_ja}.get(language) or self.ask_en


def level(name: str) -> str:
    """The kind of element a fact belongs to: item, party, listing … or case."""
    prefix = name.partition(".")[0]
    return prefix if prefix in _ELEMENT_PREFIXES else "case"


@lru_cache(4096)
def own_name(name: str) -> str:
    """The name under which a fact is kept: `item.tpp` for `component.tpp`, `party.country` for `owner.country`."""
    prefix, dot, rest = name.partition(".")
    if name in ("owner.share", "owner.votes"):
        return name
    return f"{SAME_FACTS[prefix]}{dot}{rest}" if prefix in SAME_FACTS else name


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All facts by name."""

    facts: dict[str, FactType] = field(default_factory=dict)

    def find(self, name: str) -> FactType | None:
        """The fact of this name; `component.x` has the type of `item.x`, `owner.x` that of `party.x`."""
        return self.facts.get(own_name(name))

    def names(self, element: str = "") -> list[str]:
        """Names of all facts, or of those of one kind of element."""
        return [name for name in self.facts if not element or level(name) == element]

    def hint(self, name: str) -> str:
        """The nearest right word for an unknown fact."""
        return nearest(name, self.facts)


def read_dictionary(documents: Iterable[Node]) -> Dictionary:
    """The dictionary in the given files. Raises LawError with all problems found."""
    facts: dict[str, FactType] = {}
    problems: list[Problem] = []
    for document in documents:
        if not isinstance(document, Mapping):
            problems.append(Problem("L_FACTS", "expected a mapping of facts", document.place))
            continue
        for name, node in document.entries.items():
            try:
                if name in facts:
                    raise LawError.one("L_FACTS", f"the fact {name} is defined twice", document.keys[name])
                facts[name] = _fact(name, node)
            except LawError as error:
                problems.extend(error.problems)
    problems.extend(_contradictions(facts))
    if problems:
        raise LawError(problems)
    return Dictionary(facts)


def _fact(name: str, node: Node) -> FactType:
    if not isinstance(node, Mapping):
        raise LawError.one("L_FACTS", f"{name}: expected a mapping", node.place)
    for key in node.entries:
        if key not in _KEYS:
            raise LawError.one("L_FACTS", f"{name}: unknown key {key!r}", node.keys[key], nearest(key, _KEYS))
    kind = _text(node, "type")
    if kind not in TYPES:
        raise LawError.one("L_FACTS", f"{name}: unknown type {kind!r}", node.place, nearest(kind, TYPES))
    ask = node.entries.get("ask")
    if not isinstance(ask, Mapping) or "en" not in ask.entries:
        raise LawError.one("L_FACTS", f"{name}: the question is missing", node.place, "add ask: {en: …, zh: …, ja: …}")
    scale, low = _whole(node, "scale", MAX_SCALE) or 0, _whole(node, "min", None)
    return FactType(
        name=name,
        type=kind,
        unit=_text(node, "unit"),
        scale=scale,
        low=None if low is None else low * 10**scale,
        values=_words(node.entries.get("values")),
        of=_text(node, "of"),
        ask_en=_text(ask, "en"),
        ask_zh=_text(ask, "zh"),
        ask_ja=_text(ask, "ja"),
        who=_text(node, "who"),
        source=_text(node, "source"),
        note=_text(node, "note"),
        contradicts=_excluded(node.entries.get("contradicts"), name),
        not_listed=_words(node.entries.get("not_listed")),
    )


def _excluded(node: Node | None, name: str) -> dict[str, tuple[str, ...]]:
    """`contradicts: {value: [facts]}`."""
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        raise LawError.one("L_FACTS", f"{name}: contradicts is a mapping", node.place, "contradicts: {value: [facts]}")
    return {value: _words(others) for value, others in node.entries.items()}


def _contradictions(facts: dict[str, FactType]) -> Iterator[Problem]:
    """What is wrong with the facts named under `contradicts`."""
    for fact in facts.values():
        for value, others in fact.contradicts.items():
            if value not in (fact.values or ("yes", "no")) or not others:
                yield Problem("L_FACTS", f"{fact.name}: contradicts: {value!r} is not a value, or names no facts")
            for other in others:
                known = facts.get(other)
                if known is None or known.type != "yes_no" or level(other) != level(fact.name):
                    message = f"{fact.name}: contradicts names {other}, which is no yes/no fact of the same thing"
                    yield Problem("L_FACTS", message, hint=nearest(other, facts))


def _whole(node: Mapping, key: str, most: int | None) -> int | None:
    """A whole number, not negative; None where it is missing."""
    text = _text(node, key)
    if not text:
        return None
    if not text.isdecimal() or len(text) > MAX_DIGITS or (most is not None and int(text) > most):
        raise LawError.one(
            "L_FACTS", f"{key}: {text!r} is not a whole number that can be used", node.entries[key].place
        )
    return int(text)


def _text(node: Mapping, key: str) -> str:
    value = node.entries.get(key)
    return value.text if isinstance(value, Scalar) else ""


def _words(node: Node | None) -> tuple[str, ...]:
    if not isinstance(node, Sequence):
        return ()
    return tuple(item.text for item in node.items if isinstance(item, Scalar))
