"""The ownership law over graphs: each jurisdiction's own way of counting, by date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from licet.facts.yamltext import read_yaml
from licet.parties.owners.reading import read_graph
from licet.services.check import Checker
from licet.services.own import own
from licet.services.own_answer import OwnersAnswer, WholeAnswer
from licet.services.own_answer import TestAnswer as Told

EXAMPLES = Path(__file__).parents[2] / "examples" / "owners"
OFAC, BIS, EU, UK = "us.ofac.fifty_percent", "us.ear.affiliates", "eu.269-2014.owned", "uk.russia.reg_7.shares"
KNOWN = "complete: [owners, listings, control]\nvotes: as_shares\n"


def ask(checker: Checker, text: str, on: str, *targets: str) -> OwnersAnswer:
    graph = read_graph(read_yaml(text, "own.yaml"))
    return own(checker.law, checker.known, graph, date.fromisoformat(on), targets)


def found(answer: OwnersAnswer, rule: str, target: int = 0) -> Told | WholeAnswer:
    return next(one for one in answer.targets[target].rules if one.id == rule)


def edges(*held: tuple[str, str, object], listed: dict[str, str] | None = None, rest: str = KNOWN) -> str:
    """A graph file: edges, and who is on which list."""
    names = dict.fromkeys(name for owner, owned, _ in held for name in (owner, owned))
    rows = [f"- {{name: {name}, listed: [{(listed or {}).get(name, 'none')}]}}" for name in names]
    lines = [f"- {{owner: {owner}, owned: {owned}, share: {share}}}" for owner, owned, share in held]
    return "\n".join(["entities:", *rows, "holdings:", *lines, rest])


SDN = {"X": "us.sdn", "Y": "us.sdn"}


@pytest.mark.parametrize(
    ("held", "target", "value"),
    [
        ([("X", "A", 50), ("A", "B", 50)], "B", "proven"),  # FAQ 401, example 1
        ([("X", "A", 50), ("X", "B", 50), ("A", "C", 25), ("B", "C", 25)], "C", "proven"),  # FAQ 401, example 2
        ([("X", "A", 50), ("X", "B", 10), ("A", "B", 40)], "B", "proven"),  # FAQ 401, example 3
        ([("X", "A", 25), ("Y", "A", 25)], "A", "proven"),  # FAQ 399
        # Textbook: what passes through a firm held by less than half counts for nothing.
        ([("X", "A", 50), ("X", "B", 25), ("A", "C", 25), ("B", "C", 25)], "C", "disproven"),
        ([("X", "A", 25), ("X", "B", 25), ("A", "C", 50), ("B", "C", 50)], "C", "disproven"),
        ([("X", "A", "49.9999"), ("A", "B", 100)], "B", "disproven"),
        ([("X", "A", "49.9999")], "A", "disproven"),
        ([("X", "A", "50.0001")], "A", "proven"),
    ],
)
def test_ofac_counts_through_firms_that_are_half_owned_themselves(
    checker: Checker, held: list[tuple[str, str, object]], target: str, value: str
) -> None:
    answer = ask(checker, edges(*held, listed=SDN), "2026-07-01", target)
    assert found(answer, OFAC).value == value
    assert answer.exit_code == (11 if value == "proven" else 0)


@pytest.mark.parametrize(
    ("on", "value", "standing", "code"),
    [
        ("2025-09-29", "proven", "in_force", 10),
        ("2025-11-09", "proven", "in_force", 10),
        ("2025-11-10", "proven", "suspended", 0),
        ("2026-11-09", "proven", "suspended", 0),
        ("2026-11-10", "proven", "unknown", 12),
    ],
)
def test_the_affiliates_rule_by_date(checker: Checker, on: str, value: str, standing: str, code: int) -> None:
    answer = ask(checker, edges(("L", "A", 50), ("A", "B", 50), listed={"L": "us.el"}), on, "B")
    one = found(answer, BIS)
    assert one.value == value
    assert next(leads.standing for leads in one.leads_to if leads.id == "us.ear.744.11.a.1") == standing
    assert answer.exit_code == code


def test_before_it_began_there_is_only_a_flag(checker: Checker) -> None:
    answer = ask(checker, edges(("L", "A", 100), listed={"L": "us.el"}), "2025-09-28")
    assert all(one.id != BIS for one in answer.targets[0].tests)
    assert any("us.ear.affiliates" in rule for rule in answer.not_yet)
    assert [flag.id for flag in answer.targets[0].flags] == ["us.ear.affiliates.flag"]
    assert answer.exit_code == 0


def test_lists_are_added_and_the_most_restrictive_row_shows(checker: Checker) -> None:
    text = (
        "entities:\n- {name: L, listed: [{list: us.el, policy: case_by_case}]}\n"
        "- {name: M, listed: [{list: us.meu, policy: presumption_of_denial, exceptions_barred: yes}]}\n"
        "- {name: S, listed: [{list: us.sdn, footnotes: [RUSSIA-EO14024]}]}\n"
        "- {name: N, listed: [{list: us.sdn, footnotes: [GLOMAG]}]}\n"
        "- {name: B, listed: none}\nholdings:\n- {owner: L, owned: B, share: 20}\n- {owner: M, owned: B, share: 20}\n"
        "- {owner: S, owned: B, share: 10}\n- {owner: N, owned: B, share: 40}\n" + KNOWN
    )
    one = found(ask(checker, text, "2025-10-15"), BIS)
    assert isinstance(one, Told)
    assert one.share.least == one.share.most == "50"
    assert {row.owner for row in one.rows} == {"L", "M", "S"}
    assert {row.policy for row in one.rows} == {"case_by_case", "presumption_of_denial", ""}


@pytest.mark.parametrize(
    ("share", "on", "value"),
    [
        (50, "2024-07-02", "disproven"),
        (50, "2024-07-03", "proven"),
        ("50.0001", "2024-07-02", "proven"),
        ("49.9999", "2024-07-03", "disproven"),
        (60, "2022-03-27", "open"),
        (60, "2022-03-28", "proven"),
    ],
)
def test_the_eu_line_by_date(checker: Checker, share: object, on: str, value: str) -> None:
    answer = ask(checker, edges(("X", "A", share), listed={"X": "eu.269"}), on, "A")
    assert found(answer, EU).value == value
    assert found(answer, "eu.269-2014.owned_or_controlled").value == value


def test_the_laws_differ_on_two_listed_persons(checker: Checker) -> None:
    listed = dict.fromkeys("XY", "us.sdn, eu.269, uk.sanctions")
    text = edges(("X", "A", 30), ("Y", "A", 30), listed=listed)
    answer = ask(checker, text, "2024-08-01", "A")
    assert [found(answer, rule).value for rule in (OFAC, EU, UK)] == ["proven", "proven", "open"]
    uk = found(answer, UK)
    assert isinstance(uk, Told)
    assert uk.settles[0].text == "it is known whether X and Y act jointly: yes proves, no disproves"
    apart = ask(checker, f"{text}joint: [{{holders: [X, Y], value: no}}]\n", "2024-08-01", "A")
    assert found(apart, UK).value == "disproven"
    joint = ask(checker, f"{text}joint: [{{holders: [X, Y]}}]\n", "2024-08-01", "A")
    assert found(joint, "uk.russia.reg_7").value == "proven"


def test_one_holder_by_two_ways_is_one_holder_in_the_uk(checker: Checker) -> None:
    held = [("X", "A", 60), ("X", "B", 30), ("A", "B", 30)]
    assert found(ask(checker, edges(*held, listed={"X": "uk.sanctions"}), "2024-08-01", "B"), UK).value == "proven"


def test_control_catches_where_the_law_looks_at_it_and_passes_on(checker: Checker) -> None:
    text = edges(("X", "A", 10), ("A", "B", 100), listed={"X": "us.sdn, eu.269, uk.sanctions"})
    text += "controls: [{holder: X, owned: A, by: board}]\n"
    answer = ask(checker, text, "2024-08-01", "A", "B")
    assert found(answer, OFAC, 0).value == found(answer, OFAC, 1).value == "disproven"
    for whole in ("eu.269-2014.owned_or_controlled", "uk.russia.reg_7"):
        assert found(answer, whole, 0).value == "proven"
        assert found(answer, whole, 1).value == "proven"
    assert found(answer, "uk.russia.reg_7").text == "proven (controlled by X)"
    assert answer.exit_code == 11


def test_without_a_word_on_control_the_eu_and_the_uk_stay_open(checker: Checker) -> None:
    rest = "complete: [owners, listings]\nvotes: as_shares\n"
    answer = ask(checker, edges(("X", "A", 10), listed={"X": "eu.269, uk.sanctions"}, rest=rest), "2024-08-01", "A")
    whole = found(answer, "eu.269-2014.owned_or_controlled")
    assert whole.value == "open" and isinstance(whole, WholeAnswer)
    assert "complete: [control of A]" in whole.missing[0]
    assert answer.exit_code == 12


def test_votes_that_differ_from_shares_decide_in_the_uk(checker: Checker) -> None:
    text = (
        "entities: [{name: X, listed: [uk.sanctions]}, {name: Z, listed: none}, {name: A, listed: none}]\nholdings:\n"
        "- {owner: X, owned: A, share: 10, votes: 60}\n- {owner: Z, owned: A, share: 90, votes: 40}\n" + KNOWN
    )
    answer = ask(checker, text, "2024-08-01", "A")
    assert found(answer, UK).value == "disproven"
    assert found(answer, "uk.russia.reg_7").value == "proven"


def test_an_open_share_says_which_values_settle(checker: Checker) -> None:
    answer = ask(checker, (EXAMPLES / "open-share.yaml").read_text(encoding="utf-8"), "2025-10-15")
    one = found(answer, BIS)
    assert isinstance(one, Told)
    settles = one.settles[0]
    assert (settles.owner, settles.owned) == ("Listed Navigation Institute", "Target Trading Ltd")
    assert settles.proves is not None and settles.disproves is not None
    assert (settles.proves.low, settles.disproves.high) == ("12", "11.9999")
    assert ">= 12 % proves, < 12 % disproves" in one.text


def test_known_parties_bring_their_rows(checker: Checker) -> None:
    text = "holdings: [{owner: PAO Novatek, owned: Some venture, share: 60}]\ncomplete: [owners]\n"
    answer = ask(checker, text, "2023-11-01", "Some venture")
    assert answer.recognised == ("novatek",)
    one = found(answer, "us.ofac.ssi.directive_2_owned")
    assert one.value == "proven" and answer.exit_code == 10


def test_china_by_date(checker: Checker) -> None:
    text = edges(("L", "A", 50), listed={"L": "cn.ecl"})
    values = {day: ask(checker, text, day, "A") for day in ("2025-11-06", "2025-11-07", "2026-11-11")}
    assert [found(answer, "cn.ann61.owned").value for answer in values.values()] == ["proven", "proven", "open"]
    assert [answer.exit_code for answer in values.values()] == [11, 0, 12]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_is_answered(checker: Checker, path: Path) -> None:
    graph = read_graph(read_yaml(path.read_text(encoding="utf-8"), path.name))
    assert own(checker.law, checker.known, graph, None).targets
