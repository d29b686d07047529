"""A table of chips as read: what sources state of each, number by number."""

from __future__ import annotations

from dataclasses import dataclass

from licet.facts.yamltext import Mapping, Node

NUMBERS = ("die_area_mm2", "transistors_bn", "io_bandwidth_gb_s", "memory_bandwidth_gb_s")
ANSWERS = ("non_planar", "datacenter")


@dataclass(frozen=True, slots=True)
class Source:
    """A document that was read: its name, where it is found, and what to know of it."""

    key: str
    cite: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What sources state: `node` as it stands in the file (a value or a range), None where it is not known.

    `note` says how the number was made from what the sources say, or why it is not known.
    """

    node: Node | None
    text: str
    sources: tuple[str, ...] = ()
    note: str = ""


UNSTATED = Stated(None, "unknown")


@dataclass(frozen=True, slots=True)
class Rate:
    """A dense rate: the form of its operands, the rate itself and the bit length."""

    form: str
    tops: Stated
    bits: Node
    bits_text: str


@dataclass(frozen=True, slots=True)
class Chip:
    """One chip. `stated` has what its sources say, by the name of the fact; `launched` a year, a month or a day."""

    id: str
    name: str
    label: str
    maker: str
    rates: tuple[Rate, ...]
    stated: dict[str, Stated]
    launched: Stated = UNSTATED
    memory: Stated = UNSTATED
    note: str = ""
    exporter: Mapping | None = None
    item: Mapping | None = None

    def value(self, name: str) -> Stated:
        """What is stated under a name."""
        return {"launched": self.launched, "memory": self.memory}.get(name) or self.stated.get(name, UNSTATED)


@dataclass(frozen=True, slots=True)
class ChipTable:
    """All chips of a file, their sources, and the shipment that is asked about.

    `case` has the facts of the case, `item` the facts that all chips share, `exporter` the firm that ships a chip
    whose row names none.
    """

    title: str
    sources: dict[str, Source]
    chips: tuple[Chip, ...]
    case: Mapping
    item: Mapping
    exporter: Mapping
