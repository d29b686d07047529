"""What the texts of rows say: scope, footnotes, policy, exceptions, as the published lists word them."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from licet.parties.entry import Entry, Name
from licet.parties.rows import RowFacts, row_facts
from licet.parties.rows_texts import STRICTNESS, plain_text, row_texts

ALL = "For all items subject to the EAR. (See §744.11 of the EAR)"


def facts(scope: str = ALL, policy: str = "Presumption of denial", **more: object) -> RowFacts:
    entry = Entry(list="us.el", id="1", names=(Name("Test Firm"),), scope=scope, policy=policy)
    return row_facts(dataclasses.replace(entry, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "footnotes"),
    [
        (ALL, ()),
        ("For all items subject to the EAR, see §§ 734.9(e)1 and 744.11 of the EAR2", ("1", "2")),
        ("For all items subject to the EAR, see §§ 734.9(e) 1 and 744.11 of the EAR 2", ("1", "2")),
        ("For All Items Subject to the EAR (See §734.9(e)1, and §744.11 of the EAR)2.", ("1", "2")),
        ("For all items subject to the EAR. (See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)", ("3",)),
        ("For all items subject to the EAR (See §§734.9(g)3, 746.8(a)(3), and 744.2l(b) of the EAR", ("3",)),
        ("For all items subject to the EAR. (See §§ 734.9(g), 3 746.8(a)(3), and 744.21(b) of the EAR)", ("3",)),
        ("For all items subject to the EAR (See §§ 734.9(g), 746.8(a)(3), and 744.21(b) of the EAR)", ("3",)),
        ("For all items subject to the EAR. (See §§ 734.9(e) and 744.11 of the EAR)4", ("4",)),
        ("For all items subject to the EAR. (See §§ 734.9(e)(2) and 744.11 of the EAR) 4", ("4",)),
        # the figure is missing, the paragraph tells it
        ("For all items subject to the EAR. (See §§ 734.9(e)(2) and 744.11 of the EAR)", ("4",)),
        ("For all items subject to the EAR (See §§734.4(a)(9), 734.9(e)(3), and 744.11 of the EAR)5", ("5",)),
    ],
)
def test_a_footnote_is_the_bare_figure_or_the_paragraph_that_stands_for_it(
    text: str, footnotes: tuple[str, ...]
) -> None:
    found = facts(text)
    assert (found.footnotes, found.scope, found.unread) == (footnotes, "all_items", ())


def test_a_footnote_that_cannot_be_told_is_said_to_be_unread() -> None:
    found = facts("For all items subject to the EAR. (See §734.9(e) and §744.11 of the EAR)")
    assert (found.footnotes, found.unread) == ((), ("footnotes",))


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("All Items Subject to the EAR", "all_items"),
        ("For all items subject to the EAR.  (See part§744.11 of the EAR).", "all_items"),
        ("For all items subject to the EAR, with case-by-case basis for items listed on the CCL", "all_items"),
        ("For items on the CCL and EAR99 items listed in supplement no. 7 to part 746 of the EAR.", "limited"),
        ("For any item subject to the EAR listed in supplement no. 2 to part 744.", "limited"),
        ("For all items subject to the EAR when used in projects specified in§746.5 of the EAR. ", "limited"),
        ("All items subject to the EAR except for food or medicine designated as EAR99.", "limited"),
        (
            "For all items subject to the EAR (See §744.11 of the EAR), apart from items that are related to X.",
            "limited",
        ),
        ("For all items subject to the EAR on Tuesdays", ""),
        ("For most items subject to the EAR", ""),
        ("", ""),
    ],
)
def test_a_scope_is_read_whole_or_not_at_all(text: str, scope: str) -> None:
    found = facts(text)
    assert (found.scope, "scope" in found.unread) == (scope, not scope)
    assert found.scope_text == text


DENIAL, CASE = "presumption_of_denial", "case_by_case"


@pytest.mark.parametrize(
    ("text", "policies"),
    [
        ("Presumption for denial.", (DENIAL,)),
        ("Policy of Denial", ("policy_of_denial",)),
        ("Policy of denial See §§ 746.8(b) and 744.21(e).", ("policy_of_denial",)),
        ("Policy of denial for all items subject to the EAR. See §§ 746.8(b)", ("policy_of_denial",)),
        ("Case-by-case review.", (CASE,)),
        ("Case-by-case for all items listed on the CCL. Presumption of approval for EAR99 items",
         (CASE, "presumption_of_approval")),
        ("Policy of denial for all items subject to the EAR apart from food and medicine designated as EAR99, which "
         "will be reviewed on a case-by case basis. See §§ 746.8(b) and 744.21e", ("policy_of_denial", CASE)),
        ("Policy of denial Case-by-case basis for items for U.S. Government supported use in the International Space "
         "Station (ISS).", ("policy_of_denial", CASE)),
        ("Case-by-case review for items necessary to detect, identify and treat infectious disease; Presumption of "
         "denial for all other items subject to the EAR. ", (DENIAL, CASE)),
        ("Presumption of denial except case-by-case for items not described in ECCN 3B001.a.4, .c", (DENIAL, CASE)),
        # these only point to where the policy stands
        ("See §§744.11 and 744.23(d) of the EAR", ()),
        ("See §744.2 (d) of the EAR", ()),
    ],
)  # fmt: skip
def test_of_a_mixed_policy_the_strictest_leads(text: str, policies: tuple[str, ...]) -> None:
    found = facts(policy=text)
    assert (found.policies, found.policy, found.unread) == (policies, policies[0] if policies else "", ())
    assert found.mixed == (len(policies) > 1)
    assert found.policy_text == text


@pytest.mark.parametrize("text", ["Presumption of approval for EAR99 items", ALL, "", "Presumption of denial, mostly"])
def test_a_policy_that_says_less_than_all_is_unread(text: str) -> None:
    found = facts(policy=text)
    assert (found.policy, found.policies, found.unread) == ("", (), ("policy",))


def test_exceptions_are_barred_unless_the_row_lets_one_through() -> None:
    gov = f"{ALL}. This license requirement may be overcome by License Exception GOV under § 740.11(b)(2) and (e)."
    assert facts().exceptions_barred is True
    assert (facts(gov).exceptions_barred, facts(gov).scope) == (None, "all_items")
    assert facts(list="us.uvl", scope="", policy="").exceptions_barred is True
    assert facts(list="us.meu").exceptions_barred is None
    assert facts(list="eu.269").exceptions_barred is None


def test_texts_of_other_lists_are_kept_and_not_read() -> None:
    found = facts(list="jp.eul", scope=ALL, policy="anything")
    assert (found.scope, found.scope_text, found.policy, found.unread) == ("", ALL, "", ())


def test_programmes_and_directives_stand_as_footnotes() -> None:
    assert facts(list="us.sdn", programmes=("RUSSIA-EO14024", "SDGT")).footnotes == ("RUSSIA-EO14024", "SDGT")
    assert facts(list="un.consolidated", programmes=("DPRK",)).footnotes == ("DPRK",)
    assert facts(list="eu.fsf", programmes=("UKR",)).footnotes == ()
    assert facts(list="us.ssi", footnotes=("directive_2", "directive_4")).footnotes == ("directive_2", "directive_4")


def test_a_footnote_the_reader_found_is_not_doubled() -> None:
    text = "For all items subject to the EAR. (See §§ 734.9(e)(2) and 744.11 of the EAR)4"
    assert facts(text, footnotes=("4",)).footnotes == ("4",)


def test_the_first_day_is_that_of_effect_else_the_earlier_of_two() -> None:
    huawei = facts(cite="84 FR 22961, 85 FR 29852", start=date(2019, 5, 21))
    assert (huawei.start, huawei.start_exact) == (date(2019, 5, 16), True)
    late = facts(cite="73 FR 54507 (9/22/2008), 77 FR 24587", start=date(2012, 4, 25))
    assert (late.start, late.start_exact) == (date(2008, 9, 22), False)
    order = facts(list="us.dpl", cite="68 F.R. 38290 6/27/03", start=date(2003, 6, 19))
    assert (order.start, order.start_exact) == (date(2003, 6, 19), True)
    assert (facts(start=date(2024, 1, 2)).start_exact, facts().start, facts().start_exact) == (True, None, False)
    assert (facts(cite="99 FR 1").start, facts(end=date(2025, 1, 1)).end) == (None, date(2025, 1, 1))


def test_a_text_is_made_plain_before_it_is_read() -> None:
    assert (
        plain_text("  See §§  734.9(e) and §744.11\u00a0of the EAR ’x’ ")
        == "see §§ 734.9(e) and § 744.11 of the ear 'x'"
    )


def test_the_patterns_name_policies_and_scopes_of_the_law() -> None:
    texts = row_texts()
    assert {part for policy in texts.policies for part in policy.parts} <= set(STRICTNESS)
    assert {scope for _, scope in texts.scopes} == {"all_items", "limited"}
    assert {footnote for _, footnote in texts.footnotes} == {"1", "2", "3", "4", "5"}
