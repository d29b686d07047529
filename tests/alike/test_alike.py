"""Decided together or alone: the same values, the same questions, the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from benchmarks import orders

from licet.facts.case import read_case
from licet.facts.yamltext import read_yaml
from licet.logic.alike.laws import Laws
from licet.logic.alike.values import NO, YES
from licet.logic.carried import Dependents
from licet.logic.decide import CASE
from licet.rules import tree
from licet.services.check import Checker
from licet.services.orders.mapping import parse_map
from licet.services.orders.rows import Rows
from tests.alike.cases import cases
from tests.alike.same import Compared, Same

ITEM = "kind: integrated_circuit, tpp: 4800, performance_density: 5.9, datacenter: yes"
HEAD = "case: x\nact: export\nshipment: {from: DE, to: CN, exporter_country: DE}\n"


def _case(checker: Checker, text: str, day: date = date(2024, 9, 6)) -> tuple[str, object, date]:
    return text, read_case(read_yaml(text, "case"), checker.law.dictionary), day


@pytest.fixture(scope="module")
def same(checker: Checker) -> Same:
    return Same(checker, [*checker.law.rules][::4])


def _all_same(same: Same, given: list) -> None:  # type: ignore[type-arg]
    found = Compared()
    same.compare(given, found)
    assert not found.differ
    assert found.together == len(given)


def test_the_tests_beside_the_law(checker: Checker) -> None:
    """One provision in eight hundred, with one rule in seven; `tests.alike.everything` runs all."""
    found = Compared()
    some = Same(checker, [*checker.law.rules][::7])
    some.compare(((name, case, day) for _, name, case, day in cases(checker.law, every=800, start=7)), found)
    assert not found.differ
    assert found.together > 0.6 * found.cases > 40


def test_lines_of_an_order_book(checker: Checker, same: Same) -> None:
    rows = Rows(
        parse_map(read_yaml(orders.MAP, "map"), checker.law.dictionary, Path()),
        orders.COLUMNS,
        "b",
        checker.law.dictionary,
    )
    given = []
    for number, cells in enumerate(islice(orders.rows(400, distinct=False, seed=9), 0, None, 8)):
        case = read_case(rows.case(rows.said(cells), number), checker.law.dictionary)
        given.append((str(number), case, date(2024, 9, 6 + number % 2)))
    _all_same(same, given)


@pytest.mark.parametrize(
    "text",
    [
        HEAD,  # no item, and parties that nobody named
        f"{HEAD}complete: [items, parties]\nparties: [{{role: [end_user], name: A, country: CN}}]\n",  # surely no item
        f"{HEAD}items: [{{{ITEM}}}]\n",  # lists of which nothing is said
        f"{HEAD}complete: [parties, items, listings, owners, components]\nitems: [{{{ITEM}}}]\n"
        "parties: [{role: [purchaser], name: A, country: CN}, {role: [end_user], name: B, country: HK}]\n",
        f"{HEAD}complete: {{parties: no}}\nitems: [{{{ITEM}}}]\nparties: [{{role: [end_user], name: A}}]\n",
        f"{HEAD.replace('act: export', '')}items: [{{{ITEM}}}]\n",  # not even the act
        "case: x\nact: procurement\nitems: [{kind: camera}]\nparties: [{role: [manufacturer], name: A, country: CN}]\n",
        f"{HEAD}items: [{{kind: integrated_circuit, declared: {{us: 3A090.a, eu: none}}}}]\n",
        f"{HEAD}items: [{{kind: lithography_tool, wavelength_nm: 193..248, overlay_nm: 1.5}}]\n",
        f"{HEAD}held: unknown\nitems: [{{{ITEM}}}]\n",
    ],
)  # fmt: skip
def test_cases_of_which_little_or_much_is_said(checker: Checker, same: Same, text: str) -> None:
    _all_same(same, [_case(checker, text)])


def test_what_an_item_states_is_not_what_a_measure_reads_of_its_rates(checker: Checker, same: Same) -> None:
    """`item.tops` is a fact of items, and the name under which a measure asks for `rate.tops`."""
    items = ("tpp: 2400", "tops: 300", "tops: 300, tpp: 2400")
    given = [_case(checker, f"{HEAD}items: [{{kind: integrated_circuit, {said}}}]\n") for said in items]
    _all_same(same, [(str(number), case, date(2024, 4, 4)) for number, (_, case, _) in enumerate(given)])


@pytest.mark.parametrize(
    ("items", "parties"),
    [
        (f"items: [{{{ITEM}}}, {{{ITEM}}}]", ""),  # two items
        ("items: [{kind: computer, components: [{kind: integrated_circuit}]}]", ""),
        ("items: [{kind: other}]", ""),
        ("items: [{kind: integrated_circuit, tpp: 4000..5000}]", ""),  # a measure that a part may narrow
        (f"items: [{{{ITEM}}}]", "parties: [{role: [end_user], name: Huawei}]"),
        (f"items: [{{{ITEM}}}]", "parties: [{role: [end_user], name: A, owners: [{name: B, share: 50}]}]"),
        (f"items: [{{{ITEM}}}]", "parties: [{role: [end_user], name: A, listings: [{list: us.el}]}]"),
        (f"items: [{{{ITEM}}}]", "held: [{kind: licence, for: eu.dual-use}]"),
    ],
)
def test_what_the_law_looks_deeper_into_goes_by_itself(checker: Checker, same: Same, items: str, parties: str) -> None:
    case = read_case(read_yaml(f"{HEAD}{items}\n{parties}\n", "case"), checker.law.dictionary)
    assert same.together.alike.plain(case) is None


@pytest.mark.parametrize(
    "text",
    [
        "case: x\nact: in_country_transfer\nshipment: {from: DE, to: FR}\nitems: [{kind: camera}]\n",
        f"{HEAD}complete: [parties]\nitems: [{{{ITEM}}}]\n",  # complete, and nobody is named
        f"{HEAD}knowledge: {{end_use: none_after_inquiry}}\nend_use: {{wmd: yes}}\nitems: [{{{ITEM}}}]\n",
        f"{HEAD}items: [{{kind: camera, declared: {{us: 3A090.a}}}}]\n",
        f"{HEAD}items: [{{kind: integrated_circuit, tpp: 3, rates: [{{tops: 100, bits: 8}}]}}]\n",
    ],
)
def test_contradictions_are_left_to_be_told_one_by_one(checker: Checker, same: Same, text: str) -> None:
    found = Compared()
    same.compare([_case(checker, text)], found)  # type: ignore[list-item]
    assert found.together == 0 == len(found.differ)


def test_conditions_that_look_at_the_day_are_asked_of_each(checker: Checker) -> None:
    """Four gaps are such from a day on, or up to one: what holds on the first of several days holds for no other."""
    dependents, found = Dependents(checker.law), 0
    for when in _gaps(checker):
        for turn in _days(when):
            days = [turn + timedelta(days=more) for more in (-1, 0, 1)]
            laws = Laws([checker.decider(day, False) for day in days], dependents)
            assert [*laws.runs_of(when)] == [(0, 0), (1, 1), (2, 2)]
            found += 1
    assert found == 4


def test_a_gap_that_ends_between_two_lines(checker: Checker) -> None:
    """15 CFR and OFAC on Syria: until 30 June 2025 an embargo that is not encoded in full."""
    items = "items: [{kind: spare_part, declared: {us: EAR99}}]\n"
    text = HEAD.replace("DE", "US").replace("CN", "SY") + items
    same, days = Same(checker), [date(2025, 6, 30), date(2025, 7, 1)]
    given = [_case(checker, text, day) for day in days]
    _all_same(same, given)
    (gap,) = (each.when for each in checker.law.instruments["us.ofac"].gaps if [*_days(each.when)])
    rows = [same.together.alike.plain(read_case(read_yaml(text, "case"), checker.law.dictionary)) for _ in days]
    signs, _ = same.together.alike.numbers(
        [
            (checker.decider(day, False), np.array([row.root]), np.array([row.item]))
            for day, row in zip(days, rows, strict=True)
            if row is not None
        ]
    )
    spans = [signs.values.lines.span(*run) for run in signs.values.laws.runs_of(gap)]
    nodes = [checker.decider(day, False).evaluator.compile(gap, CASE) for day in days]
    assert [int(signs.values.of(node, span)[0]) for node, span in zip(nodes, spans, strict=True)] == [YES, NO]


def _gaps(checker: Checker) -> Iterator[tree.Condition]:
    yield from (gap.when for instrument in checker.law.instruments.values() for gap in instrument.gaps)


def _days(when: tree.Condition) -> Iterator[date]:
    for part in tree.walk(when):
        match part:
            case tree.Compare(left=tree.NumberFact(name="case.on"), right=tree.Const(value=value)):
                yield date.fromordinal(value)
