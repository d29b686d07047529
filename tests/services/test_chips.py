"""`licet chips`: the table of examples, what the law makes of each chip, and the lines that the law draws."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from licet.facts.errors import CaseError
from licet.facts.yamltext import read_yaml
from licet.services.check import Checker
from licet.services.chips import DAYS, ChipsAnswer, Day, chips
from licet.services.chips_law import PERFORMANCE, Field
from licet.services.chips_model import ChipTable
from licet.services.chips_read import read_chips
from licet.services.home import open_checker

EXAMPLE = Path(__file__).parents[2] / "examples" / "chips.yaml"
DENSITY, LINKS = "item.performance_density", "item.io_bandwidth_gb_s"
# What is known of the rule from its preambles, the press of the makers and the trade: chips by id.
KNOWN = {
    "2022-10-07": {
        "licence": {"a100-sxm", "a100-pcie", "h100-sxm", "h100-pcie", "mi250x"},
        "not_described": {"a800-sxm", "h800-sxm", "rtx-4090", "mi210", "br100"},
    },
    "2022-10-21": {
        "3A090.a": {"a100-sxm", "a100-pcie", "h100-sxm", "h100-pcie", "mi250x", "br100", "gaudi2"},
        "not_described": {"a800-sxm", "a800-pcie", "h800-sxm", "rtx-4090", "mlu290-m5", "br104", "mi210", "l40s"},
    },
    "2023-11-20": {
        "3A090.a": {"a100-sxm", "a800-sxm", "h100-pcie", "h800-sxm", "l40s", "l4", "rtx-4090", "rtx-6000-ada", "br104"},
        "3A090.b": {"l40", "a40", "mi100", "mi210"},
        "not_described": {"h20", "l20", "l2", "a10", "v100-sxm", "t4", "rtx-4090-d", "rtx-4080-super", "rtx-3090"},
        "open": {"mtt-s4000", "mlu370-x4", "tpu-v4", "mi308x", "ascend-910"},
    },
    "2026-01-15": {
        "3A090.a": {"h200-sxm", "b200", "mi355x", "ascend-910c"},
        "licence": {"h20", "mi308x", "gaudi3-hl328"},
        "not_described": {"rtx-5080", "rtx-5090-d-v2", "apple-m4-max"},
        "open": {"rtx-5090-d"},
    },
}


@pytest.fixture(scope="module")
def checker() -> Checker:
    return open_checker()


@pytest.fixture(scope="module")
def table() -> ChipTable:
    return read_chips(read_yaml(EXAMPLE.read_text(encoding="utf-8"), str(EXAMPLE)))


@pytest.fixture(scope="module")
def answer(checker: Checker, table: ChipTable) -> ChipsAnswer:
    return chips(checker, table)


def of_day(answer: ChipsAnswer, on: str) -> Day:
    return next(day for day in answer.days if day.on.isoformat() == on)


def drawn(answer: ChipsAnswer, on: str) -> Field:
    field = of_day(answer, on).field
    assert field is not None
    return field


def test_the_table_is_large_and_every_number_has_a_source(table: ChipTable) -> None:
    assert len(table.chips) >= 40
    for chip in table.chips:
        for stated in (*chip.stated.values(), *(rate.tops for rate in chip.rates), chip.launched, chip.memory):
            assert stated.node is None or stated.sources, chip.id
            assert set(stated.sources) <= table.sources.keys()
    assert all(source.cite for source in table.sources.values())


@pytest.mark.parametrize(("on", "status"), [(on, status) for on, known in KNOWN.items() for status in known])
def test_what_is_known_of_the_rule(answer: ChipsAnswer, on: str, status: str) -> None:
    found = {one.chip.id: one.code or one.kind for one in of_day(answer, on).statuses}
    wrong = {chip: found[chip] for chip in KNOWN[on][status] if found[chip] != status}
    assert wrong == {}


def test_a_described_chip_needs_a_licence_for_china(answer: ChipsAnswer) -> None:
    for day in answer.days:
        for status in day.statuses:
            if status.kind in ("described", "licence"):
                assert status.outcome == "licence_required", (day.on, status.chip.id)
            if status.kind == "not_described":
                assert status.outcome == "no_licence_required", (day.on, status.chip.id)


def test_review_of_2026_parts_chips_by_performance_and_memory(answer: ChipsAnswer) -> None:
    found = {status.chip.id: status for status in of_day(answer, "2026-01-15").statuses}
    assert "case_by_case" in found["h200-sxm"].policies_open
    assert found["b200"].policies == ("presumption_of_denial",)
    assert found["b200"].policies_open == ()


@pytest.mark.parametrize(
    ("on", "up", "across", "fact"),
    [
        ("2022-10-07", {"4800"}, {"600"}, LINKS),
        ("2022-10-21", {"4800"}, {"600"}, LINKS),
        ("2023-11-20", {"4800", "2400", "1600"}, {"1.6", "3.2", "5.92"}, DENSITY),
        ("2026-01-15", {"4800", "2400", "1600"}, {"1.6", "3.2", "5.92"}, DENSITY),
    ],
)
def test_lines_are_those_of_the_law(answer: ChipsAnswer, on: str, up: set[str], across: set[str], fact: str) -> None:
    field = drawn(answer, on)
    assert field.across == fact
    assert {line.at for line in field.lines if line.fact == PERFORMANCE} == set(map(Fraction, up))
    assert {line.at for line in field.lines if line.fact == fact} == set(map(Fraction, across))
    assert all(line.cites for line in field.lines)


def test_a_day_before_the_entry_draws_what_will_bind(answer: ChipsAnswer) -> None:
    assert drawn(answer, "2022-10-07").since == date(2022, 10, 21)
    assert all(status.kind != "described" for status in of_day(answer, "2022-10-07").statuses)


def test_areas_say_what_describes_a_chip_there(answer: ChipsAnswer) -> None:
    areas = {
        (area.up[0], area.across[0]): (area.code, area.other) for area in drawn(answer, "2023-11-20").areas
    }  # by their lower left corner
    high, middle, low = Fraction(4800), Fraction(2400), Fraction(1600)
    assert areas[high, Fraction(0)] == ("3A090.a", "3A090.a")
    assert areas[middle, Fraction("5.92")] == areas[low, Fraction("5.92")] == ("3A090.a", "")
    assert areas[middle, Fraction("1.6")] == areas[middle, Fraction("3.2")] == ("3A090.b", "")
    assert areas[low, Fraction("3.2")] == ("3A090.b", "")
    assert areas[low, Fraction("1.6")] == areas[middle, Fraction(0)] == ("", "")
    assert areas[Fraction(0), Fraction("5.92")] == ("", "")


def test_numbers_are_those_the_law_computes(answer: ChipsAnswer) -> None:
    h20 = answer.measured["h20"]
    assert h20[PERFORMANCE] == (Fraction(2368),) * 2
    assert h20[DENSITY] == (Fraction(2368, 814),) * 2
    low, high = answer.measured["tpu-v5e"][DENSITY]
    assert low is None or low == 0
    assert high is not None


def test_days_are_those_of_the_rule() -> None:
    assert {"2022-10-07", "2023-11-20", "2024-04-04", "2024-12-02", "2026-01-15"} <= {day.isoformat() for day in DAYS}


def test_a_day_before_all_law(checker: Checker, table: ChipTable) -> None:
    with pytest.raises(CaseError, match="no law is encoded for 1980-01-01"):
        chips(checker, table, [date(1980, 1, 1)])
