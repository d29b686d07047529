"""The case that a bill of materials is asked about: the product, or one part of it, on its way to a buyer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from licet.chain.model import Component
from licet.facts.case import Case, read_case
from licet.facts.dictionary import Dictionary
from licet.facts.elements import Element
from licet.facts.errors import NOWHERE, CaseError
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence

_TO, _FROM, _EXPORTER = "shipment.to", "shipment.from", "shipment.exporter_country"
_IN_COUNTRY = "in_country_transfer"


@dataclass(frozen=True, slots=True)
class Sale:
    """To whom: a destination and an end user, or a whole case whose items are left aside (`case`)."""

    to: str = ""
    end_user: str = ""
    on: date | None = None
    case: Node | None = None

    def ask(self, item: Element, origin: str | None, title: str, dictionary: Dictionary) -> Case:
        """The case of this item leaving its country of origin. A new one each time. Raises CaseError."""
        case = read_case(self._node(), dictionary)
        facts = case.root.facts
        if self.on is not None:
            case.on, case.moment = self.on, None
        if _TO not in facts:
            raise CaseError.one("E_BOM", "it is not said where the product goes", hint="add --to COUNTRY")
        facts.setdefault("act", "export")
        for fact in (_FROM, _EXPORTER):
            facts.pop(fact, None)
            if origin is not None:
                facts[fact] = origin
        if origin == facts[_TO] and facts["act"] == "export":
            facts["act"] = _IN_COUNTRY
        case.title = title
        case.items = [item]
        case.root.closed["items"] = True
        return case

    def _node(self) -> Mapping:
        """The case without its items, sent to the destination asked about."""
        if self.case is not None and not isinstance(self.case, Mapping):
            raise CaseError.one("E_CASE", "a case is a mapping of facts", self.case.place)
        entries = dict(self.case.entries) if self.case is not None else {}
        entries.pop("items", None)
        shipment = entries.get("shipment")
        if self.to:
            inner = dict(shipment.entries) if isinstance(shipment, Mapping) else {}
            entries.pop(_TO, None)
            entries["shipment"] = _mapping(inner | {"to": _word(self.to)})
        if self.end_user:
            stated = {"role": _word("end_user"), "name": _word(self.end_user)}
            entries["parties"] = Sequence(NOWHERE, [_mapping(stated)])
        place = NOWHERE if self.case is None else self.case.place
        return Mapping(place, entries, {key: value.place for key, value in entries.items()})


def made_in(part: Component) -> str | None:
    """The country where a part was made; None where it is not known."""
    origin = part.facts.get("item.origin")
    if origin is not None:
        return str(origin)
    return "US" if part.truth("item.us_origin") else None


def _word(text: str) -> Scalar:
    return Scalar(text, False, NOWHERE)


def _mapping(entries: dict[str, Node] | dict[str, Scalar]) -> Mapping:
    return Mapping(NOWHERE, dict(entries), dict.fromkeys(entries, NOWHERE))
