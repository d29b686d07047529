"""Licet cases from plain data, and the few things that the questions of worked cases leave unsaid.

A question such as "may an H100 go to China?" means an ordinary sale: parties that are on no list, all parties and
parts named, no sign of a use the law forbids. That is what these drafts state, and no more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from licet.facts.case import Case, read_case
from licet.facts.dictionary import Dictionary
from licet.facts.yamltext import read_yaml

Plain = dict[str, Any]


@dataclass(slots=True)
class Draft:
    """A shipment in the making: plain data with the keys of a case file."""

    on: date
    start: str
    to: str
    item: Plain
    act: str = "export"
    exporter: Plain = field(default_factory=dict)
    buyer: Plain = field(default_factory=dict)
    more: Plain = field(default_factory=dict)

    def plain(self, union: frozenset[str]) -> Plain:
        """The case as plain data; `union` holds the member states of the European Union."""
        american, european = self.start == "US", self.start in union
        seller = {
            "role": ["exporter", "seller"],
            "name": "A firm of the country of export",
            "entity": "other",
            "country": self.start,
            "headquarters": self.start,
            "parent_headquarters": self.start,
            "us_person": american,
            "eu_person": european,
            "uk_person": self.start == "GB",
        }
        buyer = {
            "role": ["purchaser", "ultimate_consignee", "end_user"],
            "name": "A buyer on no list",
            "entity": "other",
            "country": self.to,
            "headquarters": self.to,
            "parent_headquarters": self.to,
            "incorporated_in": self.to,
            "us_person": False,
            "eu_person": self.to in union,
            "uk_person": self.to == "GB",
        }
        base: Plain = {
            "on": self.on,
            "act": self.act,
            "shipment": {
                "from": self.start,
                "to": self.to,
                "exporter_country": self.start,
                "from_territory": "none",
                "to_territory": "none",
                "via": [],
            },
            "items": [self.item],
            "parties": [_stated(seller, self.exporter), _stated(buyer, self.buyer)],
            "complete": ["parties", "items", "components", "listings", "owners"],
            "end_use": {"in_country": self.to},
            "knowledge": {"end_use": "none_after_inquiry", "diversion": "none_after_inquiry"},
            "transaction": {"us_person": american, "us_financial_system": american, "eu_business": european},
        }
        return _merged(base, self.more)


def ear99() -> Plain:
    """An item of no entry of the Commerce Control List, made in the United States: no chip-making tool, then."""
    return {"kind": "other", "declared": {"us": "EAR99"}, "origin": "US", "euv_pattern_shaping": False}


def read(plain: Plain, dictionary: Dictionary) -> Case:
    """Plain data as a case. Raises CaseError."""
    return read_case(read_yaml(json.dumps(_words(plain), ensure_ascii=False), "worked case"), dictionary)


def _stated(base: Plain, more: Plain) -> Plain:
    """A party with what is said of it; a named one is left to the known parties for its entity and seat."""
    if "name" in more:
        base = {key: value for key, value in base.items() if key in ("role", "us_person", "eu_person")}
    return base | more


def _merged(base: Plain, more: Plain) -> Plain:
    result = dict(base)
    for key, value in more.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = _merged(result[key], value) if both else value
    return result


def _words(value: Any) -> Any:
    """Plain data with every value as the text a person would write: yes and no, decimals without exponents."""
    if isinstance(value, dict):
        return {key: _words(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_words(inner) for inner in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return format(Decimal(str(value)), "f")
    return str(value)
