"""What each tool answers, on real examples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from licet.facts.case import read_case
from licet.facts.yamltext import read_yaml
from licet.render.ledger import shown
from licet.services.check import Checker
from licet.services.ledger.replay import SAME, read_kept, replay
from licet.services.ledger.show import read_shown
from licet.services.serve import Service
from tests.api.conftest import Fakes
from tests.examples import CASES
from tests.mcp.conftest import Call, caller
from tests.mcp.order import CASE, FACTS, SOURCES, fact
from tests.services.screen_fakes import DAY

EXAMPLES = Path(__file__).parents[2] / "examples"
H800 = (EXAMPLES / "h800-to-china.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_file_comes_out_as_on_the_command_line(call: Call, checker: Checker, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = checker.check(read_case(read_yaml(text, path.name), checker.law.dictionary))
    answer = call("check", document=text)
    assert (answer["outcome"], answer["exit_code"], answer["coverage"], answer["on"]) == (
        expected.outcome, expected.exit_code, expected.coverage.level, expected.on,
    )  # fmt: skip
    assert (answer["best"], answer["worst"]) == (expected.bounds.best, expected.bounds.worst)
    assert {one["id"]: one["outcome"] for one in answer["jurisdictions"]} == {
        one.id: one.outcome for one in expected.jurisdictions
    }
    assert [one["fact"] for one in answer["unknown"]] == [one.fact for one in expected.questions][:15]
    assert [one["id"] for one in answer["not_covered"]] == [one.id for one in expected.coverage.missing][:25]
    decides = {one.id for place in expected.jurisdictions for one in place.requirements if one.value == "yes"}
    shown = {one["id"] for place in answer["jurisdictions"] for one in place["provisions"]}
    assert len(decides & shown) >= min(len(decides), 3)
    assert ("NOT ALL IS COVERED" in answer["says"]) is (answer["coverage"] != "complete")
    assert ("Unknown is never a clear" in answer["says"]) is (answer["outcome"] == "unknown")
    assert answer["facts_used"] == []
    assert answer["words_found"] == "0 of 0" and "a person must have written it" in answer["to_confirm"][0]


def test_facts_with_words_decide_and_are_told_with_them(call: Call) -> None:
    answer = call("check", **CASE)
    assert [(one["fact"], one["words"]) for one in answer["facts_used"]] == [
        (one["fact"], one["words"]) for one in FACTS
    ]
    assert answer["words_found"] == f"{len(FACTS)} of {len(FACTS)}"
    assert {one["words_in_source"] for one in answer["facts_used"]} == {"yes"}
    assert answer["to_confirm"] == ["party.country buyer = CN, read from 'Shenzhen': the value does not stand there"]
    assert answer["outcome"] == "licence_required"
    assert answer["says"].startswith("Licence required. It can still come out as prohibited.")
    us = next(one for one in answer["jurisdictions"] if one["id"] == "us")
    assert any(one["cite"].startswith("15 CFR 742.6(a)(6)(iii)(A)") for one in us["provisions"])
    assert {"fact": "item.tpp", "value": "15832"}.items() <= next(
        one for one in answer["margins"] if one["fact"] == "item.tpp"
    ).items()


def test_what_nobody_said_stays_unknown(call: Call) -> None:
    answer = call("check", facts=[fact("act", "export", "Please ship")], sources=SOURCES, on="2023-11-20")
    assert answer["outcome"] == "unknown"
    assert answer["exit_code"] == 12
    assert "Unknown is never a clear" in answer["says"]
    assert any("more open facts" in text for text in answer["more"])


def test_the_interview_ends_with_the_outcome_of_the_whole_case(call: Call) -> None:
    """Every answer comes from the case file, found by the fact and the key that the question names."""
    without = H800.replace("    datacenter: yes               # designed or marketed for datacenters\n", "").replace(
        "complete: [parties, items, components, listings, owners]\n", ""
    )
    answers: list[dict[str, Any]] = []
    for _ in range(12):
        asked = call("ask", document=without, facts=answers)
        if not asked["question"]:
            break
        assert asked["because"] and not asked["settled"]
        answers += [_answer(one["fact"], one["of"]) for one in asked["question"]]
    assert asked["settled"]
    assert call("check", document=without, facts=answers)["outcome"] == call("check", document=H800)["outcome"]


def _answer(name: str, of: str) -> dict[str, Any]:
    return fact(name, name.startswith("complete.") or name == "item.datacenter", "yes, so it is", of, "user")


def test_what_the_user_does_not_know_is_not_asked_again(call: Call) -> None:
    first = call("ask", **CASE)["question"]
    skip = [{"fact": one["fact"], "of": one["of"]} for one in first]
    second = call("ask", **CASE, skip=skip)
    assert second["question"]
    assert not {(one["fact"], one["of"]) for one in second["question"]} & {(one["fact"], one["of"]) for one in first}
    assert not second["settled"]


def test_a_measure_may_be_given_by_what_it_is_computed_from(call: Call) -> None:
    bare = H800.replace("    rates: [{tops: 1979, bits: 8}, {tops: 989.5, bits: 16}]\n", "")
    asked = call("ask", document=bare)
    assert [one["fact"] for one in asked["question"]] == ["item.tpp"]
    assert "rate.tops and rate.bits of card/rate1" in asked["instead"]


def test_facts_are_found_by_name_by_question_and_nearly(call: Call) -> None:
    assert call("facts", find="item.tpp")["facts"][0]["name"] == "item.tpp"
    area = call("facts", find="die area")["facts"][0]
    assert (area["name"], area["unit"], area["type"]) == ("item.die_area_mm2", "mm2", "number")
    assert "item.overlay_nm" in [one["name"] for one in call("facts", find="套刻")["facts"]]
    assert "item.kind" in [one["name"] for one in call("facts", find="itm.kind")["facts"]]
    assert "integrated_circuit" in call("facts", find="item.kind")["facts"][0]["values"]
    assert call("facts", find="what is the name of the item")["facts"][0]["name"] == "item.name"
    nothing = call("facts", find="xyzzy plugh")
    assert nothing["facts"] == [] and "No fact" in nothing["says"]


def test_the_dictionary_is_read_page_by_page(call: Call, checker: Checker) -> None:
    first, second = call("facts", of="item"), call("facts", of="component", after=25)
    assert first["found"] == second["found"] and first["more"]
    assert not {one["name"] for one in first["facts"]} & {one["name"] for one in second["facts"]}


def test_names_are_held_against_the_lists_and_none_is_clear_without_them(call: Call) -> None:
    answer = call("screen", parties=[{"name": "华为技术有限公司"}, {"name": "Quiet Garden Tools"}, {"name": "…"}])
    assert [one["result"] for one in answer["parties"]] == ["hit", "not_clear", "not_clear"]
    assert answer["result"] == "hit"
    assert any("no list is loaded" in text for text in answer["not_covered"])
    assert "HIT" in answer["says"]
    hit = answer["parties"][0]["hits"][0]
    assert hit["means"] and hit["why"] and hit["cite"]
    quiet = call("screen", parties=[{"name": "Quiet Garden Tools"}])
    assert quiet["result"] == "not_clear" and "Unknown is never a clear" in quiet["says"]


def test_a_name_is_clear_only_on_lists_that_are_loaded_and_fresh(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Service(replace(checker, screening=None))
    call = caller(service)
    parties = [{"name": "榉木量子器件有限公司", "country": ["CN"]}, {"name": "Nobody Known Anywhere GmbH"}]
    for lists, results in ((["us.el"], ["hit", "clear"]), ([], ["hit", "not_clear"])):
        # The law reads more lists than are loaded here, so without naming one no name is clear.
        monkeypatch.setattr(service, "screeners", Fakes(checker))
        answer = call("screen", parties=parties, on=DAY.isoformat(), lists=lists)
        assert [one["result"] for one in answer["parties"]] == results
        assert (answer["not_covered"] == []) is (lists != [])
    quiet = call("screen", parties=parties[1:], on=DAY.isoformat(), lists=["us.el"])
    assert quiet["result"] == "clear" and quiet["says"].startswith("Clear:")


def test_the_parties_of_a_case_are_held_against_the_lists(checker: Checker) -> None:
    call = caller(Service(replace(checker, screening=Fakes(checker).on)))
    name = fact("party.name", "Zelkova Quantum Devices Co., Ltd.", "Zelkova Quantum Devices Co., Ltd.", "user", "mail")
    answer = call("check", facts=[*FACTS, name], sources=SOURCES, on=DAY.isoformat(), law_age_days=3650)
    results = {one["party"]: one["result"] for one in answer["screening"]}
    assert results == {"Pearl Cloud A/S": "open", "Zelkova Quantum Devices Co., Ltd.": "listed"}
    assert any("us.el" in hit for one in answer["screening"] for hit in one["hits"])
    assert "us.el of 2026-07-31" in answer["lists"]


def test_entries_that_describe_an_item_and_those_that_may(call: Call) -> None:
    answer = call("classify", document=H800, schemes=["us"])
    (item,) = answer["items"]
    (us,) = item["schemes"]
    assert "3A090.a" in [one["code"] for one in us["describes"]]
    assert us["not_told_by_parameters"] > 0 and answer["not_covered"]
    bare = call("classify", facts=FACTS[3:5], sources=SOURCES, on="2023-11-20")
    (item,) = bare["items"]
    us = next(one for one in item["schemes"] if one["id"] == "us")
    assert "3A090.a" not in [one["code"] for one in us["describes"]]
    assert us["may_describe"] and item["unknown"]
    assert "UNKNOWN" in bare["says"]


def test_a_provision_on_two_days_and_in_a_case(call: Call) -> None:
    before, after = (call("explain", id="us.ear.ccl.3A090.a", on=day) for day in ("2023-11-16", "2023-11-17"))
    assert any("io_bandwidth" in text for text in before["conditions"])
    assert not any("io_bandwidth" in text for text in after["conditions"])
    assert after["versions"][0]["start"] == "2023-11-17" and after["versions"][0]["sources"]
    proved = call("explain", id="us.ear.ccl.3A090.a", **CASE)
    assert proved["in_case"][0]["value"] == "yes"
    assert any("item.tpp >= 4800" in text for text in proved["in_case"][0]["proof"])
    opened = call("explain", id="us.ear.ccl.3A090.a", facts=FACTS[3:4], sources=SOURCES, on="2023-11-20")
    assert opened["in_case"][0]["value"] == "unknown"
    assert opened["unknown"] and "Unknown is never a clear" in opened["says"]


def test_a_provision_is_found_by_its_citation_or_its_neighbours_are_named(call: Call) -> None:
    assert call("explain", id="744.16(c)", on="2023-11-20")["id"] == "us.ear.744.11.policy"
    (error,) = call("explain", id="3A090")["errors"]
    assert error["code"] == "E_NO_RULE" and "us.ear.ccl.3A090.a" in error["hint"]
    (error,) = call("explain", id="us.ear.ccl.3A09O.a")["errors"]
    assert error["code"] == "L_NO_RULE" and "us.ear.ccl.3A090.a" in error["hint"]


def test_a_check_is_kept_with_the_words_and_replays(keeping: Service) -> None:
    call = caller(keeping, "ada, by an agent")
    answer = call("check", **CASE, title="Order 4711")
    assert answer["record"] > 0
    assert keeping.keeper is not None
    store = keeping.keeper.ledger.store
    assert replay(store, answer["record"]).status == SAME
    parts = read_kept(store, answer["record"], with_law=False).parts
    assert parts["by"] == "ada, by an agent"
    assert [(one["fact"], one["words"], one["words_found"]) for one in parts["inputs"]["said"]] == [
        (one["fact"], one["words"], True) for one in FACTS
    ]
    assert call("ask", **CASE)["question"]
    assert call("screen", parties=[{"name": "Quiet Garden Tools"}])["record"] == answer["record"] + 1
    assert call("check", **CASE)["record"] == answer["record"] + 2


def test_a_range_that_was_given_is_not_asked_again(call: Call) -> None:
    bare = H800.replace("    rates: [{tops: 1979, bits: 8}, {tops: 989.5, bits: 16}]\n", "")
    asked = call("ask", document=bare, facts=[fact("item.tpp", [4000, 5000], "4,000 to 5,000", "card", "user")])
    assert "item.tpp" not in [one["fact"] for one in asked["question"]]


def test_things_of_one_name_are_told_apart_by_their_keys(call: Call) -> None:
    two = [
        fact("party.name", "Acme", "Acme", "buyer", "mail"), fact("party.name", "Acme", "Acme", "user", "mail"),
        fact("item.kind", "memory", "chips", "buyer", "mail"), fact("act", "export", "send", "", "mail"),
    ]  # fmt: skip
    asked = call("ask", facts=two, on="2023-11-20", skip=[{"fact": "party.country", "of": "user"}])
    assert {one["of"] for one in asked["question"]} <= {"", "buyer", "user"}
    (error,) = call("ask", facts=[*two, fact("party.country", "CN", "China", "Acme", "mail")], on="2023-11-20")[
        "errors"
    ]
    assert error["code"] == "E_OF" and "buyer, user" in error["hint"]
    (error,) = call("ask", facts=two, on="2023-11-20", skip=[{"fact": "party.country", "of": "seller"}])["errors"]
    assert error["code"] == "E_OF"


def test_a_classification_is_kept_with_its_words(keeping: Service) -> None:
    keep = caller(keeping, "an agent")
    answer = keep("classify", facts=FACTS[3:5], sources=SOURCES, on="2023-11-20")
    assert keeping.keeper is not None and answer["record"] == 2
    store = keeping.keeper.ledger.store
    kept = read_kept(store, 2)
    assert (kept.record.kind, kept.parts["by"]) == ("classification", "an agent")
    said = kept.parts["inputs"]["said"]
    assert [one["words"] for one in said] == [one["words"] for one in FACTS[3:5]]
    assert replay(store, 2).status == SAME
    assert f'"{FACTS[3]["words"]}"' in shown(read_shown(store, 2), "text", False)


def test_a_decision_is_shown_with_the_words_of_its_facts(keeping: Service) -> None:
    number = caller(keeping, "an agent")("check", **CASE)["record"]
    assert keeping.keeper is not None
    found = read_shown(keeping.keeper.ledger.store, number)
    assert [one["words"] for one in found.plain()["said"]] == [one["words"] for one in FACTS]
    text = shown(found, "text", False)
    assert all(f'"{one["words"]}" ({one["source"]}, found there)' in text for one in FACTS)
