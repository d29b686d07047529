"""Whose export law is encoded: the countries of a shipment whose own is not, so that an answer is not the whole one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from licet.logic.decide import Decider
from licet.rules.model import Instrument


def ungoverned(decider: Decider, facts: dict[str, Any]) -> Iterator[str]:
    """The countries that an export goes out of or through whose own export law is not encoded on the day."""
    countries = (
        facts.get("shipment.from"),
        facts.get("shipment.exporter_country"),
        *sorted(facts.get("shipment.via", ())),
    )
    for country in dict.fromkeys(c for c in countries if c is not None):
        if not any(_governs(decider, instrument, country) for instrument in decider.instruments):
            yield country


def _governs(decider: Decider, instrument: Instrument, country: str) -> bool:
    """Whether the instrument is export law of a country."""
    for name in instrument.territory:
        group = decider.law.rules.get(name)
        if name == country or (group is not None and country in group.members):
            return instrument.channel == "export"
    return False
