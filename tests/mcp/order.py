"""An order, and the facts that a reader may propose from it."""

from __future__ import annotations

from typing import Any

TEXT = """Order 4711, 20 November 2023. Please ship 100 NVIDIA H800 SXM cards (dense 1,979 TOPS at 8 bits, logic die
814 mm2, a datacenter part) from the United States to Shenzhen, China. Buyer and end user: Pearl Cloud A/S."""
SOURCES = [{"name": "order", "text": TEXT}]


def fact(name: str, value: Any, words: str, of: str = "", source: str = "order") -> dict[str, Any]:
    return {"fact": name, "value": value, "words": words, "of": of, "source": source}


FACTS = [
    fact("act", "export", "Please ship"),
    fact("shipment.from", "US", "from the United States"),
    fact("shipment.to", "CN", "to Shenzhen, China"),
    fact("item.kind", "integrated_circuit", "NVIDIA H800 SXM cards", "card"),
    fact("item.name", "NVIDIA H800 SXM", "NVIDIA H800 SXM", "card"),
    fact("rate.tops", 1979, "1,979 TOPS", "card/rate1"),
    fact("rate.bits", "8", "8 bits", "card/rate1"),
    fact("item.die_area_mm2", 814, "logic die 814 mm2", "card"),
    fact("item.datacenter", True, "a datacenter part", "card"),
    fact("party.name", "Pearl Cloud A/S", "Pearl Cloud A/S", "buyer"),
    fact("party.roles", ["purchaser", "end_user"], "Buyer and end user", "buyer"),
    fact("party.country", "CN", "Shenzhen", "buyer"),
]
CASE = {"facts": FACTS, "sources": SOURCES, "on": "2023-11-20"}
