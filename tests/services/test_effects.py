"""The legal effect of a row is what the law says of a party with that row and not of the same party without it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from licet.facts.case import read_case
from licet.facts.elements import line
from licet.facts.truth import Truth
from licet.facts.yamltext import read_yaml
from licet.services import effects as module
from licet.services.check import Checker
from licet.services.effects import Effect, Effects

DAY = date(2026, 7, 31)
EXPORTS = ("export", "reexport", "in_country_transfer", "release", "transit")
KINDS = ("requirement", "prohibition", "duty", "flag", "exposure")
BUYERS = ("purchaser", "intermediate_consignee", "ultimate_consignee", "end_user")


@dataclass(frozen=True)
class Row:
    list: str
    footnotes: tuple[str, ...] = ()
    scope: str = ""
    policy: str = ""
    exceptions_barred: bool | None = None


ENTITY = Row("us.el", (), "all_items", "presumption_of_denial", True)
BLOCKED = Row("us.sdn", ("RUSSIA-EO14024",))


@pytest.fixture(scope="module")
def effects(checker: Checker) -> Effects:
    return Effects(checker.decider(DAY, False))


def found(effects: Effects, row: Row, *roles: str) -> dict[str, Effect]:
    return {effect.rule: effect for effect in effects.of(row, roles)}


def bites(effects: Effects, row: Row, *roles: str) -> dict[str, Truth]:
    return {rule: effect.bites for rule, effect in found(effects, row, *roles).items()}


# --- the Entity List ---------------------------------------------------------------------------


def test_an_entity_that_buys_needs_a_licence_without_exceptions(effects: Effects) -> None:
    said = found(effects, ENTITY, "end_user")
    licence = said["us.ear.744.11"]
    assert (licence.kind, licence.effect, licence.bites) == ("requirement", "licence_required", True)
    assert licence.acts == EXPORTS
    assert not licence.every_act
    assert licence.roles == BUYERS
    assert said["us.ear.744.16.b"].bites is True
    assert (said["us.ear.744.11.policy"].bites, said["us.ear.744.11.policy"].detail["policy"]) == (
        True,
        "presumption_of_denial",
    )
    assert said["us.ear.744.16.other_role"].bites is False


def test_a_carrier_is_a_red_flag_only(effects: Effects) -> None:
    said = bites(effects, ENTITY, "carrier")
    assert said["us.ear.744.16.other_role"] is True
    assert [rule for rule, value in said.items() if value is not False] == ["us.ear.744.16.other_role"]


def test_a_forwarder_is_a_flag_and_may_be_a_consignee(effects: Effects) -> None:
    said = found(effects, ENTITY, "forwarder")
    assert said["us.ear.744.16.other_role"].bites is True
    assert said["us.ear.744.11"].bites is None
    assert any("748.5(d)" in point.ask for point in said["us.ear.744.11"].depends)
    assert said["us.ear.744.11"].roles_open == ("forwarder", "bank")


def test_without_a_role_the_role_is_asked(effects: Effects) -> None:
    licence = found(effects, ENTITY)["us.ear.744.11"]
    assert licence.bites is None
    assert licence.depends[0].fact == "party.roles"
    assert licence.roles == BUYERS


def test_a_limited_scope_asks_whether_it_takes_in_the_item(effects: Effects) -> None:
    limited = Row("us.el", (), "limited", "case_by_case", True)
    licence = found(effects, limited, "end_user")["us.ear.744.11"]
    assert licence.bites is None
    assert [point.fact for point in licence.depends] == ["listing.scope_applies"]
    assert found(effects, limited, "end_user")["us.ear.744.11.policy"].detail["policy"] == "case_by_case"


def test_exceptions_that_are_not_barred_bar_nothing(effects: Effects) -> None:
    assert "us.ear.744.16.b" not in found(effects, Row("us.el", (), "all_items", "", False), "end_user")
    unknown = found(effects, Row("us.el", (), "all_items"), "end_user")
    assert unknown["us.ear.744.16.b"].bites is None
    assert unknown["us.ear.744.11.policy"].detail["policy"] == "as the row says"


@pytest.mark.parametrize(
    ("footnote", "rule"),
    [("1", "us.ear.reach.734.9.e.1"), ("4", "us.ear.reach.734.9.e.2"), ("5", "us.ear.reach.734.9.e.3")],
)
def test_footnotes_reach_for_foreign_made_items(effects: Effects, footnote: str, rule: str) -> None:
    row = Row("us.el", (footnote,), "all_items", "presumption_of_denial", True)
    assert bites(effects, row, "end_user")[rule] is None
    assert bites(effects, row, "carrier")[rule] is False
    assert rule not in found(effects, ENTITY, "end_user")
    assert rule not in found(effects, Row("us.sdn", (footnote,)), "end_user")


def test_an_exclusion_is_no_effect(effects: Effects) -> None:
    """Footnote 5 takes a row out of 744.23; that is nothing the row brings about."""
    row = Row("us.el", ("5",), "all_items", "presumption_of_denial", True)
    assert not any("744.23" in rule for rule in found(effects, row, "end_user"))


# --- other lists -------------------------------------------------------------------------------


def test_blocking_counts_in_every_role_and_act(effects: Effects) -> None:
    for role in ("end_user", "carrier", "bank"):
        blocking = found(effects, BLOCKED, role)["us.ofac.sdn_blocking"]
        assert (blocking.bites, blocking.effect, blocking.every_act, blocking.roles) == (True, "prohibited", True, ())
    said = bites(effects, BLOCKED, "end_user")
    assert said["us.ear.744.8"] is True
    assert said["us.ear.744.8.d"] is True
    assert said["us.ofac.duty.blocking_report"] is True


def test_the_programme_decides_what_else_an_sdn_row_does(effects: Effects) -> None:
    assert "us.ear.744.8" not in found(effects, Row("us.sdn", ("CUBA",)), "end_user")
    assert "us.ear.744.8.d" not in found(effects, Row("us.sdn", ("CUBA",)), "end_user")


def test_a_denial_order_counts_in_every_role(effects: Effects) -> None:
    assert bites(effects, Row("us.dpl"), "carrier") == {"us.ear.764.supp1": True}


def test_the_unverified_list(effects: Effects) -> None:
    said = bites(effects, Row("us.uvl"), "end_user")
    assert said == {
        "us.ear.744.11.b.4.ii": True,
        "us.ear.744.15.a": True,
        "us.ear.744.15.b": True,
        "us.ear.744.15.eei": True,
        "us.ear.744.15.flag": True,
    }
    assert bites(effects, Row("us.uvl"), "carrier")["us.ear.744.15.flag"] is True
    assert found(effects, Row("us.uvl"), "end_user")["us.ear.744.15.eei"].acts == ("export",)


def test_the_item_decides_for_a_military_end_user(effects: Effects) -> None:
    requirement = found(effects, Row("us.meu"), "end_user")["us.ear.744.21.b.1"]
    assert requirement.bites is None
    assert "item.supp2_744" in [point.fact for point in requirement.depends]


def test_european_freezes(effects: Effects) -> None:
    assert bites(effects, Row("eu.269"), "bank") == {"eu.269-2014.art-2": True}
    assert bites(effects, Row("eu.annex-iv"), "bank") == {"eu.833-2014.art-2b": False}
    assert bites(effects, Row("eu.annex-iv"), "end_user") == {"eu.833-2014.art-2b": None}


def test_buying_law_is_for_buying(effects: Effects) -> None:
    said = found(effects, Row("us.s889", ("f.3.B",)), "producer")
    assert said["us.s889.a.1.A"].acts == ("procurement",)
    assert said["us.s889.a.1.A"].effect == "may_not_buy"
    assert "us.s889.a.1.A" not in bites(effects, Row("us.s889", ("f.3.B",)), "bank") or (
        bites(effects, Row("us.s889", ("f.3.B",)), "bank")["us.s889.a.1.A"] is False
    )


@pytest.mark.parametrize("name", ["un.sc", "au.dfat", "own.customers", ""])
def test_lists_that_the_law_does_not_read(effects: Effects, name: str) -> None:
    assert effects.of(Row(name), ["end_user"]) == ()
    assert not effects.reads(name)


# --- time --------------------------------------------------------------------------------------


def test_the_law_of_the_day_speaks(checker: Checker) -> None:
    before, after = (Effects(checker.decider(day, False)) for day in (date(2024, 3, 20), date(2024, 3, 21)))
    assert "us.ear.744.8" not in found(before, BLOCKED, "end_user")
    assert bites(after, BLOCKED, "end_user")["us.ear.744.8"] is True


def test_text_that_was_not_read_bites_nobody_and_clears_nobody(checker: Checker) -> None:
    early = Effects(checker.decider(date(2019, 1, 1), False))
    licence = found(early, ENTITY, "purchaser")["us.ear.744.11"]
    assert licence.bites is None
    assert "17 August 2020" in " ".join(point.ask for point in licence.depends)


# --- held against whole cases --------------------------------------------------------------------


@pytest.mark.parametrize(
    "row", [ENTITY, BLOCKED, Row("us.uvl"), Row("us.dpl"), Row("eu.269"), Row("us.el", ("4",), "all_items")]
)
@pytest.mark.parametrize("role", ["end_user", "forwarder", "carrier", "producer"])
@pytest.mark.parametrize("act", ["export", "service", "procurement"])
def test_an_effect_is_what_a_case_with_this_row_comes_to(
    checker: Checker, effects: Effects, row: Row, role: str, act: str
) -> None:
    decider = checker.decider(DAY, False)

    def values(listings: str) -> dict[str, Truth]:
        party = f"{{role: {role}, listings: [{listings}], complete: [listings, owners]}}"
        text = f"act: {act}\nparties: [{party}]\ncomplete: [parties]\nitems: [{{}}]\n"
        case = read_case(read_yaml(text, "case"), checker.law.dictionary)
        root = line(case.root, case.items[0])
        return {held.rule.id: decider.value(held.rule.id, root) for held in decider.law.of_kind(*KINDS)}

    given, bare = values(yaml(row)), values("")
    said = {effect.rule: effect for effect in effects.of(row, [role])}
    for rule, effect in said.items():
        if rule in given and effect.bites is True:
            assert given[rule] is True or act not in effect.acts
        if rule in given and effect.bites is False:
            assert given[rule] is not True
    for rule, value in given.items():
        instrument = decider.law.law.instruments[decider.law.rules[rule].rule.instrument]
        if value is True and bare[rule] is not True and (instrument.channel == "procurement") == (act == "procurement"):
            assert said[rule].bites is True


def yaml(row: Row) -> str:
    stated = {"list": row.list, "footnotes": f"[{', '.join(map(repr, row.footnotes))}]"}
    stated |= {"scope": row.scope, "policy": row.policy, "exceptions_barred": "yes" if row.exceptions_barred else ""}
    return f"{{{', '.join(f'{key}: {value}' for key, value in stated.items() if value)}}}"


def test_no_list_is_named_in_the_program() -> None:
    assert module.__file__
    for path in Path(module.__file__).parent.glob("effects*.py"):
        assert not re.search(r"\b(us|eu|uk|un|jp|cn|au)\.[a-z0-9]", path.read_text(encoding="utf-8")), path.name


def test_what_is_known_comes_at_once(effects: Effects) -> None:
    effects.of(ENTITY, ["end_user"])
    start = time.perf_counter()
    for _ in range(1_000):
        effects.of(ENTITY, ["end_user"])
    assert time.perf_counter() - start < 1.0


def test_what_is_remembered_is_bounded(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 3)
    effects = Effects(checker.decider(DAY, False))
    for role in ("end_user", "bank", "carrier", "broker", "seller"):
        effects.of(Row("us.dpl"), [role])
    assert len(effects.kept) <= 3
