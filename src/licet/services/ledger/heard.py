"""What the lists told of the parties of a case, so that it can be told again when the lists are others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from licet.facts.case import Case
from licet.facts.elements import Element, NoneOf
from licet.facts.plain import from_plain
from licet.logic.decision import ListsUsed, PartyScreened
from licet.services.check import KnownRows, Screen
from licet.services.resolve import everybody

_LIST, _TOLD = "listings", "listing.list"


@dataclass(slots=True)
class Listening:
    """A screen that notes what another tells of a case."""

    screen: Screen
    heard: dict[str, Any] = field(default_factory=dict)

    def fill(self, case: Case) -> tuple[PartyScreened, ...]:
        """As the other does."""
        found = self.screen.fill(case)
        parties = [_noted(element) for element in everybody(case.root)]
        self.heard = {"parties": parties, "screened": [asdict(one) for one in found]}
        return found

    def used(self, known: ListsUsed) -> ListsUsed:
        """As the other does."""
        used = self.screen.used(known)
        self.heard["used"] = asdict(used)
        return used

    def ask(self, elements: Iterable[Element]) -> None:
        """As the other does."""
        self.screen.ask(elements)

    def foresee(self, elements: Iterable[Element]) -> None:
        """As the other does."""
        self.screen.foresee(elements)

    def known(self, element: Element) -> KnownRows | None:
        """As the other does."""
        return self.screen.known(element)


@dataclass(frozen=True, slots=True)
class Heard:
    """A screen that tells again what was noted."""

    heard: dict[str, Any]

    def fill(self, case: Case) -> tuple[PartyScreened, ...]:
        """Give the parties the rows that they had."""
        for element, noted in zip(everybody(case.root), self.heard["parties"], strict=False):
            if noted is not None:
                rows = [
                    Element({name: _value(v) for name, v in row["facts"].items()}, row["label"])
                    for row in noted["rows"]
                ]
                element.add(_LIST, rows, noted["closed"])
                if noted["none_of"] is not None:
                    element.told[_LIST] = {_TOLD: NoneOf(frozenset(noted["none_of"]))}
        return tuple(from_plain(PartyScreened, one) for one in self.heard["screened"])

    def used(self, known: ListsUsed) -> ListsUsed:
        """The lists of that time; whom the law's own file knows is told of today."""
        used = self.heard["used"]
        return ListsUsed(used["snapshot"], used["names"], known.recognised, tuple(used["notes"]))

    def ask(self, elements: Iterable[Element]) -> None:
        """There is nothing to ask."""

    def foresee(self, elements: Iterable[Element]) -> None:
        """There is nothing to find out."""

    def known(self, element: Element) -> KnownRows | None:
        """Nothing is known beforehand."""
        return None


def _noted(element: Element) -> dict[str, Any] | None:
    if _LIST not in element.lists and _LIST not in element.told:
        return None
    rows = [
        {"label": row.label, "facts": {name: _plain(value) for name, value in sorted(row.facts.items())}}
        for row in element.lists.get(_LIST, ())
    ]
    told = element.told.get(_LIST, {}).get(_TOLD)
    none_of = sorted(told.texts) if isinstance(told, NoneOf) else None
    return {"rows": rows, "closed": element.closed.get(_LIST), "none_of": none_of}


def _plain(value: Any) -> Any:
    """A value of a fact as JSON: sets and ranges by name, all else as it is."""
    if isinstance(value, frozenset):
        return {"set": sorted(value)}
    return {"range": list(value)} if isinstance(value, tuple) else value


def _value(plain: Any) -> Any:
    if isinstance(plain, dict):
        return frozenset(plain["set"]) if "set" in plain else tuple(plain["range"])
    return plain
