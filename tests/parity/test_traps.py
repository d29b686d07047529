"""What generated SQL must never hold, and that law and cases stay data in it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.parity.small import DAY, FACTS, case, element, law_of, rule, three

from licet.batch.load import load
from licet.batch.plan import compile_plan
from licet.facts.dictionary import Dictionary
from licet.facts.elements import Element
from licet.rules import tree
from licet.rules.corpus import read_law_with_problems
from licet.rules.law import Law
from licet.rules.snapshot import InForce, Snapshot, snapshot
from licet.services.home import law_root

QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")  # a doubled quote ends one and begins the next
FORBIDDEN = {
    "an aggregate of truths": r"\b(bool_or|bool_and|any_value|every)\s*\(",
    "least or greatest": r"\b(least|greatest)\s*\(",
    "a division": r"/|\bdiv\b|%",
    "NOT IN": r"\bNOT\s+IN\b",
    "a float": r"\b(DOUBLE|FLOAT|REAL|DECIMAL|NUMERIC|avg|mean)\b|\d\.\d|\d[eE]\d",
}
WILD = ["'", "''); DROP TABLE case_in; --", '"', "{level}", "{}", "\\", "é中", "a\nb", "%s", "$1"]


def law_days() -> list[date]:
    """A few days of the law, from its own versions."""
    law = read_law_with_problems(law_root())[0]
    starts = {v.start for r in law.rules.values() for v in r.versions if type(v.start) is date}
    found = sorted(day for day in starts if day >= law.encoded_from)
    return [found[len(found) * n // 4] for n in range(1, 4)]


def traps(statements: list[str]) -> list[str]:
    """The forbidden forms in SQL, outside of literals and names."""
    bare = [QUOTED.sub("''", statement) for statement in statements]
    return [f"{what}: {m.group()}" for what, p in FORBIDDEN.items() for text in bare for m in re.finditer(p, text)]


@pytest.mark.parametrize(
    "trap", ["bool_or(x)", "least(NULL, 3)", "a / b", "a NOT IN (b)", "a::DOUBLE", "1.5", "avg(x)"]
)
def test_each_trap_is_found(trap: str) -> None:
    assert traps([f"SELECT {trap} FROM t"])


@pytest.mark.parametrize("nth", range(3))
def test_no_trap_stands_in_the_sql_of_the_law(nth: int) -> None:
    law = read_law_with_problems(law_root())[0]
    assert not traps(compile_plan(snapshot(law, law_days()[nth])).statements())


def wild_law() -> Snapshot:
    """A law whose every text is hostile to SQL."""
    texts = tuple(WILD)
    conditions: list[tuple[str, tree.Condition]] = [
        ("item", tree.OneOf(fact="item.t", values=texts[1:])),
        ("item", tree.Has(fact="item.s", values=texts)),
        ("item", tree.Member(fact="item.t", group="g'); --")),
        ("item", tree.Beneath(fact="item.declared.us", code=texts[1])),
        ("case", tree.Refer(rule='it"s')),
    ]
    made = law_of(conditions)
    group = rule("g'); --", "group", "route", None)
    more = {"g'); --": InForce(group.rule, group.version, group.when, frozenset(texts), "prefix", True)}
    more['it"s'] = rule('it"s', "flag", "party", tree.OneOf(fact="party.name", values=texts))
    law = Law("", FACTS, {}, made.law.rules | {name: held.rule for name, held in more.items()})
    return Snapshot(law, DAY, made.rules | more, made.measures)


def test_texts_of_law_and_cases_are_data() -> None:
    cases = []
    for wild in WILD:
        item = Element({"item.t": wild, "item.s": frozenset({wild, "x"}), "item.declared.us": frozenset({wild + ".a"})})
        party = element({"party.name": wild}, listings=([], True), owners=([], True))
        cases.append(case(element({}, parties=([party], True)), item))
    scalar, layered, naive = three(wild_law(), cases)
    assert layered == scalar == naive
    assert all("r4" in line for line in scalar)


def test_a_nul_character_is_refused() -> None:
    law = law_of([("item", tree.OneOf(fact="item.t", values=("a\0b",)))])
    with pytest.raises(ValueError, match="NUL"):
        compile_plan(law, values=["r0"])


def test_a_number_too_large_is_widened_and_never_cut_short() -> None:
    line = tree.Compare(op=">", left=tree.NumberFact("item.a", 2, 0), right=tree.Const(10**17, 2))
    plan = compile_plan(law_of([("item", line)]), values=["r0"])
    loader = load([case(Element({}), Element({"item.a": (10**24, 10**24)}), Element({"item.a": (0, 10**24)}))], plan)
    names = list(loader.columns("item"))
    rows = [dict(zip(names, row, strict=True)) for row in loader.rows["item"] if row[3] is None]
    assert [(row["item.a:low"], row["item.a:high"]) for row in rows] == [(10**18 - 1, None), (0, None)]


def test_each_distinct_item_and_party_is_worked_out_once() -> None:
    law = law_of([("item", tree.Holds(fact="item.p")), ("party", tree.Holds(fact="party.p"))])
    plan = compile_plan(law, values=["r0", "r1"])
    cases = []
    for n in range(10):
        party = element({"party.p": True}, listings=([], True), owners=([], True))
        item = element({"item.p": bool(n % 2), "item.q": True}, rates=([], True), components=([], True))
        cases.append(case(element({}, parties=([party], True)), item))
    loader = load(cases, plan)
    assert {relation: len(loader.rows[relation]) for relation in ("case", "item", "party")} == {
        "case": 10,
        "item": 2,
        "party": 1,
    }
    assert isinstance(FACTS, Dictionary)
