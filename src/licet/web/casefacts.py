"""What a case says so far, in groups: the case as a whole, and each thing and party in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from licet.facts.dictionary import ELEMENT, Dictionary
from licet.render.clean import one_line
from licet.web.labels import Labels
from licet.web.tongue import Ours

LISTS = ("items", "parties", "held", "components", "owners", "listings")
KINDS = ELEMENT | {"items": "item"}
RATES = "rates"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by its key (`items[1].origin`), in words. `own`: the words are the case's own, in whatever language."""

    key: str
    label: str
    value: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What is said of one thing; `key` is its place in the case, empty for the case as a whole."""

    key: str
    kind: str
    name: str
    facts: tuple[Fact, ...]


def groups(case: dict[str, Any], dictionary: Dictionary, labels: Labels) -> list[Group]:
    """All that a case in its plain form says."""
    return [*_Reading(dictionary, labels).group(case, "", "case")]


@dataclass(frozen=True, slots=True)
class _Reading:
    dictionary: Dictionary
    labels: Labels

    def group(self, said: dict[str, Any], key: str, kind: str) -> Iterator[Group]:
        """One thing, and the things in it."""
        name = next((str(said[word]) for word in ("name", "id", "model", "entity") if word in said), "")
        name = name or self.labels.word(str(said.get("kind", "")))
        facts = tuple(self.facts(said, f"{key}." if key else "", "" if kind == "case" else f"{kind}."))
        yield Group(key, kind, one_line(name if kind != "case" else ""), facts)
        for of in LISTS:
            members = said.get(of)
            for number, member in enumerate(members if isinstance(members, list) else (), 1):
                if isinstance(member, dict):
                    yield from self.group(member, f"{key}.{of}[{number}]" if key else f"{of}[{number}]", KINDS[of])

    def facts(self, said: dict[str, Any], path: str, prefix: str) -> Iterator[Fact]:
        """The facts of one thing, nested ones by their whole name."""
        for word, value in said.items():
            if word in LISTS or (not prefix and word in ("case", "on", "schema")) or (word == "id" and prefix):
                continue
            if word == RATES and isinstance(value, list):
                rates = [rate for rate in value if isinstance(rate, dict)]
                shown = "; ".join("@".join(str(rate.get(key, "?")) for key in ("tops", "bits")) for rate in rates)
                yield Fact(f"{path}{word}", self.labels.fact("rate.tops"), shown)
            elif word == "complete" and isinstance(value, dict):
                yield from self.facts({f"{word}.{of}": one for of, one in value.items()}, path, prefix)
            elif isinstance(value, dict):
                yield from self.facts(value, f"{path}{word}.", f"{prefix}{word}.")
            else:
                yield self.fact(f"{path}{word}", word if word.startswith("complete.") else f"{prefix}{word}", value)

    def fact(self, key: str, name: str, value: Any) -> Fact:
        """One fact."""
        known = self.dictionary.find("party.roles" if name.endswith(".role") else name)
        text = "..".join(map(str, value)) if known is not None and known.numeric and isinstance(value, list) else ""
        if not text:
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        own = known is None or known.type in ("text", "date") or (known.type == "set" and known.of == "text")
        shown = text if known is None else self.labels.value(known.name, text)
        line = one_line(shown or "–")
        told = Ours(line) if isinstance(shown, Ours) else line
        return Fact(key, self.labels.fact(name if known is None else known.name), told, own)
