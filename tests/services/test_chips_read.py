"""A table of chips as read: what it must say, and where it is wrong."""

from __future__ import annotations

import pytest

from licet.facts.errors import CaseError
from licet.facts.yamltext import read_yaml
from licet.services.chips_model import ChipTable
from licet.services.chips_read import read_chips

HEAD = """\
chips: test
sources:
  sheet: {cite: A datasheet, url: "https://example.org/sheet"}
case: {act: export, shipment: {from: US, to: CN}, parties: []}
item: {kind: integrated_circuit}
exporter: {role: exporter, name: A trader}
list:
"""
ROW = "  - {id: one, name: One, maker: Maker, rates: [{form: fp16, tops: 100, bits: 16, source: sheet}]}\n"


def read(text: str) -> ChipTable:
    return read_chips(read_yaml(text, "chips.yaml"))


def problems(text: str) -> list[tuple[str, int]]:
    with pytest.raises(CaseError) as caught:
        read(text)
    return [(problem.code, problem.place.line) for problem in caught.value.problems]


def row(more: str) -> str:
    return HEAD + f"  - {{id: one, name: One, maker: Maker, {more}}}\n"


def test_a_row_with_its_sources() -> None:
    table = read(row("rates: [{form: fp16, tops: [100, 120], bits: 16, source: sheet, note: as the sheet says}]"))
    (chip,) = table.chips
    (rate,) = chip.rates
    assert (rate.form, rate.tops.text, rate.bits_text) == ("fp16", "100..120", "16")
    assert rate.tops.sources == ("sheet",)
    assert chip.label == "One"
    assert chip.value("die_area_mm2").node is None
    assert chip.value("launched").text == "unknown"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("rate: []", "E_UNKNOWN_KEY"),
        ("die_area_mm2: 814", "E_SOURCE"),
        ("die_area_mm2: {is: 814}", "E_SOURCE"),
        ("die_area_mm2: {is: 814, source: shet}", "E_SOURCE"),
        ("die_area_mm2: {is: unknown}", "E_SOURCE"),
        ("die_area_mm2: {source: sheet}", "E_VALUE"),
        ("die_area_mm2: {is: 814, source: sheet, from: sheet}", "E_UNKNOWN_KEY"),
        ("rates: [{form: fp16, tops: 100, source: sheet}]", "E_RATE"),
        ("rates: [{form: fp16, tops: 100, bits: 16}]", "E_SOURCE"),
        ("launched: {is: spring, source: sheet}", "E_DATE"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(more: str, code: str) -> None:
    found = problems(row(more))
    assert (code, 8) in found


def test_a_source_that_nothing_rests_on() -> None:
    text = HEAD.replace("list:", "list:").replace("case:", "  idle: {cite: Never read}\ncase:") + ROW
    assert ("E_SOURCE", 4) in problems(text)


def test_a_chip_that_stands_twice() -> None:
    assert [code for code, _ in problems(HEAD + ROW + ROW)] == ["E_DUPLICATE_KEY"]


@pytest.mark.parametrize("missing", ["chips", "sources", "case", "list"])
def test_a_table_without_one_of_its_parts(missing: str) -> None:
    lines = [line for line in (HEAD + ROW).splitlines() if not line.startswith(missing)]
    if missing == "sources":
        lines = [line for line in lines if not line.startswith("  sheet")]
    if missing == "list":
        lines = lines[:-1]
    assert problems("\n".join(lines) + "\n")


def test_what_is_no_table() -> None:
    assert problems("- one\n- two\n")[0][0] == "E_CHIPS"
