"""The mutation run: what it changes, what it finds, and that no mutant of the law is alive."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.rules.small import HEAD, SOURCE, Writer, rule_text

from licet.rules.corpus import read_law
from licet.rules.law import Law
from licet.rules.model import Rule
from licet.services import mutate
from licet.services.lawrun import Runner
from licet.services.lawtest import read_tests
from licet.services.lawwork import changed_rules
from licet.services.mutants import mutants

# Of every kind one, of different instruments.
SAMPLE = (
    "us.ear.ccl.3A090.a",
    "us.measure.performance_density",
    "us.group.D4",
    "us.ear.affiliates",
    "us.ear.744.23.a.1",
    "us.ear.742.6.b.10.case_by_case",
    "us.ofac.gl_76",
    "us.s889.a.1.A",
    "nl.semi.3B001.f.4",
    "jp.goods.6.17.no",
    "eu.833-2014.art-12g",
)


def alive(law: Law, root: Path, rules: list[Rule]) -> list[str]:
    runner = Runner(law)
    found = []
    for rule in rules:
        run = mutate.run(runner, rule, read_tests(law, root, rule))
        found += [f"{rule.id}: alive: {name}" for name in run.alive]
        found += [f"{rule.id}: stale: {name}" for name in run.stale]
    return found


@pytest.mark.parametrize("rule", SAMPLE)
def test_no_mutant_lives(rule: str, law: Law, law_root: Path) -> None:
    assert alive(law, law_root, [law.rules[rule]]) == []


@pytest.mark.mutation
def test_no_mutant_of_changed_law_lives(law: Law, law_root: Path) -> None:
    assert alive(law, law_root, changed_rules(law, law_root)) == []


def names(write: Writer, text: str) -> list[str]:
    law = read_law(write({"xx/1.yaml": text}))
    return [mutant.name for mutant in mutants(law.rules["xx.act.1"])]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("item.datacenter", ["when: negate"]),
        ("item.tpp >= 4800", ["when: >= to >", "when: negate", "when: right number up", "when: right number down"]),
        ("{not: item.datacenter}", ["when: drop not", "when.not: negate"]),
        ("\"item.kind IN ('chip', 'tool')\"", ["when: negate", "when: drop chip", "when: drop tool"]),
        (
            "{any: [item.datacenter, item.datacenter]}",
            ["when: flip any to all", "when: drop part 0", "when.0: negate", "when: drop part 1", "when.1: negate"],
        ),
        ("{all: [item.datacenter]}", ["when.0: negate"]),
        ("{some: {of: rates, where: rate.bits > 8}}", ["when: swap some and every", "when.where: > to >="]),
        ("{always: yes}", ["when: always no", "when: always unknown"]),
        ("{unknown: look it up}", ["when: always yes", "when: always no"]),
    ],
)
def test_names_of_mutants_are_stable(when: str, expected: list[str], law_folder: Writer) -> None:
    found = names(law_folder, rule_text(when))
    assert found[: len(expected)] == [f"v1 {name}" for name in expected]
    assert found[-2:] == ["v1 from a day later", "v1 from a day earlier"]


def test_dates_of_several_versions(law_folder: Writer) -> None:
    versions = f"""\
versions:
  - {{from: 2022-01-01, until: 2022-06-30, {SOURCE}, when: item.datacenter}}
  - {{from: 2022-07-01, {SOURCE}, when: item.datacenter}}
  - {{from: "2023-01-01T00:01-05:00", {SOURCE}, status: suspended, when: item.datacenter}}
"""
    found = [name for name in names(law_folder, HEAD + versions) if "negate" not in name]
    assert found == [
        "v1 from a day later",
        "v1 from a day earlier",
        "v1 until a day earlier",
        "v2 from a day later",
        "v3 from a day later",
        "v3 from a day earlier",
        "v3 from a minute later",
        "v3 from a minute earlier",
        "v3 other status",
    ]


@pytest.mark.parametrize("effect", ["hold", "licence_required"])
def test_the_other_effect_is_another(effect: str, law_folder: Writer) -> None:
    head = HEAD.replace("entry", "requirement").replace("item", "case") + f"effect: {effect}\n"
    rule = read_law(law_folder({"xx/1.yaml": rule_text("{always: yes}", head)})).rules["xx.act.1"]
    (other,) = [mutant for mutant in mutants(rule) if mutant.name == "v1 other effect"]
    assert other.rule.versions[0].extra["effect"] != effect


def test_ownership_measures_groups_and_lists(law_folder: Writer) -> None:
    counts = rule_text("\"party.country = 'CN'\"", HEAD.replace("entry", "reach").replace("item", "party"))
    owned = HEAD.replace("act.1", "owned").replace("entry", "ownership").replace("item", "party")
    owned += f"counts: xx.act.1\nthreshold: 50\nversions:\n  - {{from: 2022-01-01, {SOURCE}}}\n"
    group = f"  - {{from: 2022-01-01, {SOURCE}, members: [CN]}}\n"
    group = f"id: xx.g\nkind: group\ncite: A\ntitle: A\nmatch: prefix\nversions:\n{group}"
    measure = HEAD.replace("act.1", "m").replace("entry", "measure") + "gives: item.tpp\nversions:\n"
    measure += f"  - from: 2022-01-01\n    {SOURCE}\n    value: {{max: {{of: rates, value: rate.tops * rate.bits}}}}\n"
    files = {"xx/1.yaml": counts, "xx/2.yaml": owned, "xx/3.yaml": group, "xx/4.yaml": measure}
    law = read_law(law_folder(files))
    found = {rule.id: [mutant.name.removeprefix("v1 ") for mutant in mutants(rule)] for rule in law.rules.values()}
    assert found["xx.owned"][:5] == [
        "when: threshold up",
        "when: threshold down",
        "when: flip compare",
        "when: flip aggregate",
        "when: flip chain",
    ]
    assert found["xx.g"] == ["drop member CN", "from a day later", "from a day earlier", "other match"]
    assert found["xx.m"][:2] == ["case 1 max to another", "case 1 * to +"]


TEST = """\
- {case: caught, on: 2022-01-01, given: {item.datacenter: yes}, expect: yes}
- {case: free, on: 2022-01-01, given: {item.datacenter: no}, expect: no}
- {case: before, on: 2021-12-31, given: {item.datacenter: yes}, expect: no}
"""


def run(write: Writer, text: str, tests: str) -> mutate.MutationRun:
    root = write({"xx/1.yaml": text, "xx/1.test.yaml": tests})
    law = read_law(root)
    rule = law.rules["xx.act.1"]
    return mutate.run(Runner(law), rule, read_tests(law, root, rule))


def test_a_hole_in_the_tests_is_found(law_folder: Writer) -> None:
    assert run(law_folder, rule_text(), TEST).alive == ()
    without_the_day_before = "".join(TEST.splitlines(keepends=True)[:2])
    assert run(law_folder, rule_text(), without_the_day_before).alive == ("v1 from a day earlier",)
    assert run(law_folder, rule_text(), TEST.splitlines(keepends=True)[2]).alive == (
        "v1 when: negate",
        "v1 from a day later",
    )


def test_equivalents_are_counted_apart_and_stale_ones_named(law_folder: Writer) -> None:
    listed = "equivalent:\n  - {mutant: v1 from a day earlier, why: it is so}\n"
    listed += "  - {mutant: v1 when: negate, why: no}\n".replace("v1 when: negate", "'v1 when: negate'")
    listed += "  - {mutant: v9 gone, why: no}\n"
    found = run(law_folder, rule_text(more=listed), "".join(TEST.splitlines(keepends=True)[:2]))
    assert found.equivalent == ("v1 from a day earlier",)
    assert found.stale == ("v1 when: negate", "v9 gone")
    assert found.alive == ()


def test_a_mutant_is_told_in_words(law: Law) -> None:
    rule = law.rules["us.ear.ccl.3A090.a"]
    found = mutate.MutationRun(1, ("v2 when.0.1.0: > to >=", "v2 from a day later"), (), ("gone",))
    found = replace(found, alive=tuple(m.name for m in mutants(rule) if m.name == "v2 when.0.1.0: >= to >"))
    lines = list(mutate.described(law, rule, found))
    assert lines[0].endswith("item.tpp is at least 4,800  [a.1] -> item.tpp is more than 4,800  [a.1]")
    assert "stale: gone" in lines[1]
    assert lines[0].startswith("law/us/ear/part-774/3A090.a.yaml: ")


def test_trying_a_mutant_on_shared_law_equals_reading_it_anew(law: Law, law_root: Path) -> None:
    """The quick way (compiled law shared between mutants) finds what the slow way does: a law with the mutant in it."""
    for name in ("us.ear.ccl.3A090.b", "us.measure.tpp", "us.ofac.fifty_percent", "us.group.E2"):
        rule = law.rules[name]
        tests = read_tests(law, law_root, rule)
        bench = mutate.Bench(Runner(law), rule, tests)
        for mutant in mutants(rule):
            changed = replace(law, rules={**law.rules, rule.id: mutant.rule})
            slow = next(Runner(changed).failures(mutant.rule, tests), None)
            assert bench.survives(mutant) is (slow is None), mutant.name
