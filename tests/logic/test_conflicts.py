"""Conflicts of laws: a licence that another law's ban makes useless, and a law that forbids to comply with another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from licet.facts.elements import Element, line
from licet.facts.truth import Truth
from licet.logic.conflicts import BLOCKING, LICENCE_AND_BAN, conflicts
from licet.logic.decide import Decider
from licet.logic.decision import Conflict
from licet.rules.law import Law
from licet.rules.model import Rule
from licet.rules.snapshot import snapshot
from licet.rules.tree import Always, OneOf
from tests.properties.cases import checker
from tests.properties.laws import DAY, INSTRUMENT, case_of, rule, version


def provision(law: str, name: str, kind: str, value: Truth = True, **extra: Any) -> Rule:
    made = rule(name, kind, version(Always(value=value), **extra))
    return replace(made, id=f"{law}.{name}", instrument=f"{law}.law", cite=f"{law} {name}", title=name)


def found(*rules: Rule, channels: dict[str, str] | None = None, items: Sequence[Element] = ()) -> list[Conflict]:
    laws = {rule.instrument.partition(".")[0] for rule in rules}
    instruments = {
        f"{law}.law": replace(
            INSTRUMENT, id=f"{law}.law", jurisdiction=law, channel=(channels or {}).get(law, INSTRUMENT.channel)
        )
        for law in laws
    }
    reaches = [provision(law, "reach", "reach") for law in laws]
    whole = Law("0", checker().law.dictionary, instruments, {r.id: r for r in (*reaches, *rules)})
    decider, case = Decider(snapshot(whole, DAY)), case_of()
    of: list[Element | None] = [*items]
    lines = [decider.decide(line(case.root, item), item) for item in of or [None]]
    return list(conflicts(decider, lines))


def sides(conflict: Conflict) -> tuple[str, str, str, str]:
    return conflict.kind, conflict.value, conflict.first.id, conflict.second.id


def test_a_licence_of_one_law_does_not_help_where_another_forbids() -> None:
    (conflict,) = found(provision("aa", "ask", "requirement"), provision("bb", "ban", "prohibition"))
    assert sides(conflict) == (LICENCE_AND_BAN, "yes", "aa.ask", "bb.ban")
    assert (conflict.first.cite, conflict.second.cite) == ("aa ask", "bb ban")


def test_a_notice_that_must_be_awaited_counts_as_a_licence() -> None:
    rules = provision("aa", "ask", "requirement", effect="hold"), provision("bb", "ban", "prohibition")
    assert [conflict.kind for conflict in found(*rules)] == [LICENCE_AND_BAN]


@pytest.mark.parametrize(
    "rules",
    [
        (provision("aa", "ask", "requirement"), provision("aa", "ban", "prohibition")),
        (provision("aa", "ask", "requirement"), provision("bb", "ask", "requirement")),
        (provision("aa", "ban", "prohibition"), provision("bb", "ban", "prohibition")),
        (provision("aa", "ask", "requirement"), provision("bb", "ban", "prohibition", None)),
        (provision("aa", "ask", "requirement", None), provision("bb", "ban", "prohibition")),
        (provision("aa", "ask", "requirement", False), provision("bb", "ban", "prohibition")),
    ],
)
def test_no_conflict_within_one_law_between_equals_or_where_one_is_open(rules: tuple[Rule, ...]) -> None:
    assert found(*rules) == []


def test_one_pair_of_provisions_is_told_for_two_laws() -> None:
    licences = [provision("aa", name, "requirement") for name in ("one", "two")]
    bans = [provision("bb", name, "prohibition") for name in ("ban", "bar")]
    assert len(found(*licences, *bans)) == 1


def test_buying_is_another_channel() -> None:
    rules = provision("aa", "ask", "requirement"), provision("bb", "ban", "prohibition")
    assert found(*rules, channels={"bb": "procurement"}) == []


@pytest.mark.parametrize("pattern", ["aa.ask", "aa.*"])
@pytest.mark.parametrize("kind", ["prohibition", "duty", "flag"])
def test_a_law_that_forbids_to_comply_is_named_with_what_it_stands_against(pattern: str, kind: str) -> None:
    blocks = provision("bb", "block", kind, against=[pattern], effect="hold")
    kinds = {sides(conflict) for conflict in found(provision("aa", "ask", "requirement"), blocks)}
    assert (BLOCKING, "yes", "aa.ask", "bb.block") in kinds


@pytest.mark.parametrize("demand", ["requirement", "prohibition", "duty", "flag"])
def test_whatever_a_law_demands_can_be_blocked(demand: str) -> None:
    blocks = provision("bb", "block", "flag", against=["aa.ask"])
    (conflict,) = found(provision("aa", "ask", demand), blocks)
    assert sides(conflict) == (BLOCKING, "yes", "aa.ask", "bb.block")


@pytest.mark.parametrize(
    ("asks", "blocks", "value"),
    [(True, None, "unknown"), (None, True, "unknown"), (None, None, "unknown"), (True, True, "yes")],
)
def test_where_one_side_is_open_so_is_the_conflict(asks: Truth, blocks: Truth, value: str) -> None:
    rules = provision("aa", "ask", "requirement", asks), provision("bb", "block", "flag", blocks, against=["aa.*"])
    (conflict,) = found(*rules)
    assert conflict.value == value


@pytest.mark.parametrize(("asks", "blocks"), [(False, True), (True, False), (None, False)])
def test_what_does_not_apply_conflicts_with_nothing(asks: Truth, blocks: Truth) -> None:
    rules = provision("aa", "ask", "requirement", asks), provision("bb", "block", "flag", blocks, against=["aa.*"])
    assert found(*rules) == []


def test_what_is_not_named_is_not_blocked() -> None:
    rules = provision("aa", "ask", "requirement"), provision("bb", "block", "flag", against=["aa.other"])
    assert found(*rules) == []


@pytest.mark.parametrize("kinds", [("camera", "computer"), ("computer", "camera"), ("camera", "camera")])
def test_each_item_is_asked_about_by_itself(kinds: tuple[str, ...]) -> None:
    blocks = provision("bb", "block", "flag", against=["aa.*"])
    of_cameras = replace(blocks.versions[0], when=OneOf(fact="item.kind", values=("camera",)))
    rules = provision("aa", "ask", "requirement"), replace(blocks, subject="item", versions=(of_cameras,))
    items = [Element({"item.kind": kind}, kind) for kind in kinds]
    (conflict,) = found(*rules, items=items)
    assert sides(conflict) == (BLOCKING, "yes", "aa.ask", "bb.block")
    assert found(*rules, items=[Element({"item.kind": "computer"}, "computer")]) == []
