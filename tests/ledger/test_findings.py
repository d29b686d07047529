"""Classifications, ownership determinations and impacts in the ledger: kept, shown, made again, held and erased."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from licet.facts.errors import LicetError
from licet.facts.jsontext import read_json
from licet.facts.yamltext import read_yaml
from licet.ledger.ledger import Ledger
from licet.ledger.record import Record
from licet.ledger.verify import verify
from licet.render.ledger import shown, summed
from licet.services.check import Checker
from licet.services.classify import classify
from licet.services.impact.made import made_from
from licet.services.impact.model import ImpactAnswer, Move, SideAnswer
from licet.services.kept import Compiled
from licet.services.ledger.findings import FindingsKeeper, ItemsGiven
from licet.services.ledger.lawkept import LawKept
from licet.services.ledger.replay import replay, replay_today
from licet.services.ledger.show import read_shown
from licet.services.orders.mapping import read_map
from licet.services.own import own
from licet.services.own_given import CSV, JSON, YAML, GraphGiven
from tests.examples import FOLDER
from tests.services.orders_book import book, wanted

pytestmark = pytest.mark.usefixtures("sealed_once")
TODAY = date(2026, 11, 27)
ITEM = "name: Project Heron chip\nkind: integrated_circuit\ntpp: 4800\ndie_area_mm2: 700\ndatacenter: yes\n"
GRAPH = (FOLDER / "owners" / "two-persons.yaml").read_text(encoding="utf-8")
TABLE = "owner,owned,share\nPAO Novatek,Heron Venture,60\nOthers,Heron Venture,40\n"


@pytest.fixture
def keeper(checker: Checker, ledger: Ledger) -> FindingsKeeper:
    return FindingsKeeper(ledger, LawKept(Compiled(checker.law, checker.known), ledger.store), "an analyst")


def classified(checker: Checker, keeper: FindingsKeeper, given: ItemsGiven, on: date | None) -> Record:
    node = read_json(given.text) if given.form == "json" else read_yaml(given.text, "item.yaml")
    return keeper.classification(given, classify(checker.law, node, on, given.schemes))


def owned(
    checker: Checker, keeper: FindingsKeeper, given: GraphGiven, targets: Sequence[str] = (), on: date | None = None
) -> Record:
    answer = own(checker.law, checker.known, given.graph(), on, tuple(targets))
    return keeper.ownership(given, targets, answer)


def test_a_classification_is_made_again_to_the_byte(checker: Checker, keeper: FindingsKeeper) -> None:
    case = (FOLDER / "h800-to-china.yaml").read_text(encoding="utf-8")
    whole = json.dumps({"name": "Heron", "kind": "integrated_circuit", "tpp": 4800, "die_area_mm2": "700..720"})
    store = keeper.ledger.store
    for given, on in (
        (ItemsGiven(ITEM, "yaml", ("us", "eu")), date(2023, 11, 20)),
        (ItemsGiven(ITEM, "yaml"), None),  # by the law of the day on which it was asked
        (ItemsGiven(case, "yaml"), None),
        (ItemsGiven(whole, "json", ("us",)), date(2024, 6, 1)),
    ):
        record = classified(checker, keeper, given, on)
        found = replay(store, record.number)
        assert (found.status, found.differences) == ("same", ()), given
        assert replay_today(store, record.number, checker).status == "same"
    assert verify(store).findings == ()


def test_a_classification_says_the_codes_for_good_and_nothing_of_the_item(
    checker: Checker, keeper: FindingsKeeper
) -> None:
    record = classified(checker, keeper, ItemsGiven(ITEM, "yaml", ("us",)), date(2023, 11, 20))
    says = record.says
    assert (record.kind, says["schema"], says["on"], says["items"]) == (
        "classification", "licet.ledger/4", "2023-11-20", 1,
    )  # fmt: skip
    assert "3A090.a" in says["codes"]["us"]
    assert "Heron" not in record.body and "analyst" not in record.body
    assert not re.search(r"\b4800\b", record.body)  # the letters and digits of a hash may come to it
    assert summed(record).startswith("2023-11-20  1 item: 3A090.a (us)")
    found = read_shown(keeper.ledger.store, record.number)
    text = shown(found, "text", False)
    assert "Project Heron chip" in text and "by an analyst" in text and "3A090.a" in text
    assert json.loads(shown(found, "json", False))["parts"]["inputs"]["text"] == ITEM
    keeper.ledger.erase(record.number, "an officer", "asked for", TODAY)
    gone = shown(read_shown(keeper.ledger.store, record.number), "text", False)
    assert "3A090.a" in gone and "Heron" not in gone
    assert replay(keeper.ledger.store, record.number).status == "erased"
    assert replay_today(keeper.ledger.store, record.number, checker).status == "erased"


def test_the_words_of_an_agent_are_shown(checker: Checker, keeper: FindingsKeeper) -> None:
    said = {"fact": "item.tpp", "value": 4800, "words": "4800\x1b[31m TOPS", "source": "a mail", "of": "chip"}
    for found, told in ((True, "found there"), (False, "NOT FOUND THERE"), (None, "the text was not given")):
        given = ItemsGiven(ITEM, "yaml", ("us",), [said | {"words_found": found}])
        record = classified(checker, keeper, given, date(2023, 11, 20))
        text = shown(read_shown(keeper.ledger.store, record.number), "text", False)
        assert f"(a mail, {told})" in text
        assert 'item.tpp chip = 4800: "4800' in text and "\x1b" not in text


def test_an_ownership_determination_is_made_again_to_the_byte(checker: Checker, keeper: FindingsKeeper) -> None:
    store = keeper.ledger.store
    examples = [path.read_text(encoding="utf-8") for path in sorted((FOLDER / "owners").glob("*.yaml"))]
    graph = {"on": "2026-07-01", "holdings": [{"owner": "A", "owned": "B", "share": "5.5"}], "target": None}
    for given, on in (
        *((GraphGiven(text, YAML), None) for text in examples),
        (GraphGiven(TABLE, CSV), date(2023, 11, 1)),
        (GraphGiven("on: 2023-11-01\n", YAML, TABLE), None),
        (GraphGiven(json.dumps(graph), JSON), None),
    ):
        record = owned(checker, keeper, given, on=on)
        found = replay(store, record.number)
        assert (found.status, found.differences) == ("same", ()), given
        assert replay_today(store, record.number, checker).status == "same"
    assert verify(store).findings == ()


def test_an_ownership_determination_names_nobody_for_good(checker: Checker, keeper: FindingsKeeper) -> None:
    record = owned(checker, keeper, GraphGiven(TABLE, CSV), ["Heron Venture"], date(2023, 11, 1))
    says = record.says
    assert (record.kind, says["entities"], says["targets"], says["exit_code"]) == ("ownership", 3, 1, 10)
    assert says["tests"]["proven"] >= 1
    assert not any(name in record.body for name in ("Heron", "Novatek", "Others", "analyst"))
    found = read_shown(keeper.ledger.store, record.number)
    assert found.parts["inputs"]["targets"] == ["Heron Venture"]
    assert "OFAC SSI, Directive 2: proven (PAO Novatek 60 %)" in shown(found, "text", False)
    with pytest.raises(LicetError, match="E_FORMAT: a record of the kind ownership is shown"):
        shown(found, "html", False)
    keeper.ledger.hold(record.number, "counsel", "an inquiry")
    with pytest.raises(LicetError, match="E_KEPT"):
        keeper.ledger.erase(record.number, "an officer", "asked for", TODAY)
    keeper.ledger.release(record.number, "counsel", "over")
    keeper.ledger.erase(record.number, "an officer", "asked for", TODAY)
    assert "Novatek" not in shown(read_shown(keeper.ledger.store, record.number), "text", False)
    assert verify(keeper.ledger.store).findings == ()


def test_another_law_is_told_with_what_differs(checker: Checker, keeper: FindingsKeeper) -> None:
    first = classified(checker, keeper, ItemsGiven(ITEM, "yaml", ("us",)), date(2023, 11, 20))
    second = owned(checker, keeper, GraphGiven(GRAPH, YAML))
    gone = ("us.ear.ccl.3A090", "us.ofac.50")
    rules = {name: rule for name, rule in checker.law.rules.items() if not name.startswith(gone)}
    assert len(rules) < len(checker.law.rules)
    other = Checker(replace(checker.law, rules=rules, hash="another"), checker.known, {})
    found = replay_today(keeper.ledger.store, first.number, other)
    assert found.status == "differs"
    assert any(".law: " in line for line in found.differences)
    assert replay_today(keeper.ledger.store, second.number, other).status == "differs"


def test_an_impact_is_kept_by_hashes(checker: Checker, keeper: FindingsKeeper, tmp_path: Path) -> None:
    table = book(tmp_path)
    patch = tmp_path / "Heron.yaml"
    patch.write_text("x", encoding="utf-8")
    what = wanted(table, tmp_path / "out.csv")
    made = made_from(read_map(what.map, checker.law.dictionary), what, patch)
    move = Move("no_licence_required", "licence_required", 3, 2, None)
    sides = (SideAnswer("the law as it is", "", checker.law.hash), SideAnswer("with: Heron", "", "ab" * 32))
    answer = ImpactAnswer(
        "licet.impact/1", "book.csv", *sides, "EUR", 8, 36.0, 3, (move,), (), 1, 1, 2, 0, (), 30
    )  # fmt: skip
    record = keeper.impact(made, answer)
    says = record.says
    assert (record.kind, says["lines"], says["flipped"], says["open"], says["rejected"]) == ("impact", 8, 3, 1, 1)
    assert [side["law"] for side in says["sides"]] == [checker.law.hash, "ab" * 32]
    assert len(says["proposal_sha256"]) == len(says["result_sha256"]) == 64
    assert "Heron" not in record.body and str(tmp_path) not in record.body
    text = shown(read_shown(keeper.ledger.store, record.number), "text", False)
    assert "8 lines: 3 flip" in text and f"table {table.resolve()} SHA-256 {says['table_sha256']}" in text
    assert f"proposal {patch.resolve()} SHA-256" in text and "with: Heron" in text
    found = replay(keeper.ledger.store, record.number)
    assert (found.status, found.why[:27]) == ("engine_unavailable", "its lines are not kept: lic")
    assert replay_today(keeper.ledger.store, record.number, checker).status == "engine_unavailable"
    assert verify(keeper.ledger.store).findings == ()
