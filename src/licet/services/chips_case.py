"""The case that asks whether one chip may go: made from its row, and read as any other case."""

from __future__ import annotations

from collections.abc import Iterable

from licet.facts.case import Case, read_case
from licet.facts.dictionary import Dictionary
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence
from licet.services.chips_model import Chip, ChipTable

# What a row calls otherwise than the dictionary: the memory of a chip is all its DRAM together.
_FACTS = {
    "die_area_mm2": "die_area_mm2",
    "io_bandwidth_gb_s": "io_bandwidth_gb_s",
    "memory_bandwidth_gb_s": "dram_bandwidth_gb_s",
    "non_planar": "non_planar",
    "datacenter": "datacenter",
}


def chip_case(table: ChipTable, chip: Chip, dictionary: Dictionary) -> Case:
    """The shipment of the table with this chip as its item. Raises CaseError at the place in the table."""
    stated = {fact: chip.stated[key].node for key, fact in _FACTS.items() if key in chip.stated}
    facts: list[tuple[str, Node | None]] = [("id", scalar(table, chip.id)), ("name", scalar(table, chip.name))]
    facts += [*stated.items(), ("rates", _rates(table, chip))]
    return shipment(table, [*facts, *_entries(chip.item)], chip.exporter, dictionary)


def shipment(
    table: ChipTable, facts: Iterable[tuple[str, Node | None]], exporter: Mapping | None, dictionary: Dictionary
) -> Case:
    """The case of the table with one item of these facts, besides those that all chips share."""
    item = _merged(table, [*_entries(table.item), *((key, node) for key, node in facts if node is not None)])
    party = _merged(table, [*_entries(table.exporter), *_entries(exporter)])
    parties = table.case.entries.get("parties")
    others = parties.items if isinstance(parties, Sequence) else []
    case = _merged(table, _entries(table.case))
    case.entries["parties"] = Sequence(table.case.place, [party, *others])
    case.entries["items"] = Sequence(table.case.place, [item])
    return read_case(case, dictionary)


def scalar(table: ChipTable, text: str) -> Scalar:
    """A value that no file states, such as a point between two lines of the law."""
    return Scalar(text, False, table.case.place)


def _rates(table: ChipTable, chip: Chip) -> Node | None:
    """The rates of a chip. Where one of them is not known, the highest is not known either: then none is stated."""
    if not chip.rates or any(rate.tops.node is None for rate in chip.rates):
        return None
    return Sequence(table.case.place, [_rate(table, rate.tops.node, rate.bits) for rate in chip.rates])


def _rate(table: ChipTable, tops: Node | None, bits: Node) -> Mapping:
    assert tops is not None
    return _merged(table, [("tops", tops), ("bits", bits)])


def _entries(node: Mapping | None) -> list[tuple[str, Node]]:
    return [] if node is None else list(node.entries.items())


def _merged(table: ChipTable, entries: Iterable[tuple[str, Node]]) -> Mapping:
    """A mapping with these entries; a later one takes the place of an earlier."""
    made = dict(entries)
    return Mapping(table.case.place, made, {key: node.place for key, node in made.items()})
