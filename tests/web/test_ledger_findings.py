"""Classifications, ownership determinations and impacts in the ledger on the desk: what was asked, what came out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from licet.ledger.adding import Entry
from licet.ledger.canonical import canonical
from licet.ledger.record import IMPACT
from licet.services.access.desk import Access
from licet.services.check import Checker
from licet.services.findings_serve import classified, owned
from licet.services.ledger.findings import ItemsGiven
from licet.services.ledger.keep import Keeper
from licet.services.own_given import JSON, GraphGiven
from licet.services.serve import Service
from licet.web.language import LANGUAGES
from tests.ledgers import begun
from tests.web.conftest import Visitor

ITEMS = {"items": [{"name": "a <card>", "kind": "integrated_circuit", "declared": {"us": "3A991"}, "tpp": 5285}]}
GRAPH = {
    "entities": [
        {"name": "X & Co", "kind": "firm", "listed": ["us.sdn"]}, {"name": "Y <Ltd>", "kind": "firm", "listed": "none"},
        {"name": "Z", "kind": "firm", "listed": "none"},
    ],
    "holdings": [{"owner": "X & Co", "owned": "Y <Ltd>", "share": 60}, {"owner": "X & Co", "owned": "Z", "share": 10}],
    "complete": ["listings"],
}  # fmt: skip
CLASSIFICATION, OWNERSHIP, EFFECT = 2, 3, 4


@pytest.fixture(scope="module")
def root(checker: Checker, doors: Access, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """An administrator of a server whose ledger keeps one record of each of these kinds."""
    folder = tmp_path_factory.mktemp("ledger")
    ledger = begun(folder)
    own = replace(checker, screening=None)
    service = Service(own, Keeper(own, ledger, "the server"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LICET_HOME", str(folder))
        given = ItemsGiven(json.dumps(ITEMS), "json", ("us",))
        assert classified(service, given, date(2023, 11, 20)).record == CLASSIFICATION
        graph = GraphGiven(json.dumps(GRAPH), JSON)
        assert owned(service, graph, ("Y <Ltd>", "Z"), date(2024, 6, 1)).record == OWNERSHIP
        assert ledger.keep(_impact(), kind=IMPACT).number == EFFECT
        yield Visitor(service, doors)
    ledger.store.close()


def _impact() -> Entry:
    """An impact as `FindingsKeeper.impact` keeps it."""
    says = {
        "engine": "licet", "lists": "", "lines": 4_000, "flipped": 72, "reasons": 5, "open": 6, "rejected": 7,
        "sides": [{"on": "2022-09-01", "law": "a" * 64}, {"on": "", "law": "b" * 64}],
        **{f"{what}_sha256": "f" * 64 for what in ("table", "map", "result")}, "proposal_sha256": "c" * 64,
    }  # fmt: skip
    names = {"table": "/srv/<book>.csv", "map": "m.yaml", "proposal": "/srv/p.yaml", "joined": []}
    inputs = names | {"called": ["2022-09-01", "a <proposal>"]}
    return Entry(says, {"inputs": canonical(inputs), "by": canonical("ada")})


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language(root: Visitor, language: str) -> None:
    for number in (CLASSIFICATION, OWNERSHIP, EFFECT):
        answer = root.get(f"/ledger/{number}", headers={"Accept-Language": language})
        assert answer.status_code == 200 and f'<html lang="{language}">' in answer.text
        assert ("What came out" in answer.text) == (language == "en")


def test_a_classification_tells_the_entries_and_what_they_are_controlled_for(root: Visitor) -> None:
    page = root.get(f"/ledger/{CLASSIFICATION}").text
    assert '<a href="/law/us.ear.ccl.3A090.a?on=2023-11-20"><code>3A090.a</code></a>' in page
    assert "a &lt;card&gt;" in page and "Controlled for: " in page and "Ruled out by its figures" in page
    assert "United States" in page and "European Union" not in page
    assert "<code>3A991</code>" in page and '"tpp": 5285' in unescape(page)


def test_an_ownership_determination_tells_each_rule_with_its_path(root: Visitor) -> None:
    page = root.get(f"/ledger/{OWNERSHIP}").text
    assert "Y &lt;Ltd&gt;" in page and "X &amp; Co 60 %" in page and "line at 50 %" in page
    assert ">proven</span> " in page and "Would settle it" in page
    assert 'href="/law/us.ofac.fifty_percent?on=2024-06-01"' in page and "prohibition: " in page
    assert "proven: 1" in root.get("/ledger").text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "it is known how much of Z&#39;s shares owners not named that count hold (of 90 %)"),
        ("zh-Hans", "Z 未列明所有人的 90 % 份额中，应计入者所持多少（成立："),
        ("zh-Hant", "Z 未列明所有人的 90 % 份額中，應計入者所持多少（成立："),
        ("ja", "Z の記載のない所有者の持分 90 % のうち、算入対象者の保有分（成立："),
    ],
)
def test_what_would_settle_a_test_is_told_in_the_language_of_the_page(root: Visitor, language: str, said: str) -> None:
    page = root.get(f"/ledger/{OWNERSHIP}", headers={"Accept-Language": language}).text
    assert said in page and (" proves" in page) == (language == "en")


def test_an_impact_tells_both_sides_and_the_lines_that_flip(root: Visitor) -> None:
    page = root.get(f"/ledger/{EFFECT}").text
    assert "72 of 4,000 lines flip" in page and "each line on its own day" in page
    assert "&lt;book&gt;.csv" in page and "/srv/" not in page and "a &lt;proposal&gt;" in page
    assert "SHA-256, proposal" in page and 'value="replay"' not in page


@pytest.mark.parametrize("number", [CLASSIFICATION, OWNERSHIP])
def test_it_is_made_again(root: Visitor, number: int) -> None:
    assert "The same, to the byte" in root.post(f"/ledger/{number}", do="replay").text
    assert "By the law of now" in root.post(f"/ledger/{number}", do="today").text


@pytest.mark.parametrize("number", [CLASSIFICATION, OWNERSHIP, EFFECT])
def test_what_is_erased_is_not_shown_and_the_figures_stay(root: Visitor, number: int) -> None:
    page = root.post(f"/ledger/{number}", do="erase", reason="asked to", sure="yes").text
    assert "It is erased" in page and "&lt;" not in page
    assert ("have been erased" in page) == (number != EFFECT)
    assert {CLASSIFICATION: "3A090.a", OWNERSHIP: "Entities in the graph", EFFECT: "4,000"}[number] in page
