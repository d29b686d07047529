"""The words of an answer: the tables of both languages agree, and reasons are said as people say them."""

from __future__ import annotations

import string

import pytest

from licet.render.labels import table
from licet.render.say import Note, Speaker
from licet.render.words import LANGUAGES, TABLES
from licet.rules.model import POLICIES
from licet.services.check import Checker
from licet.services.schemas import OUTCOMES

TPP = "total processing performance (TPP)"
HQ = "party.headquarters in us.group.D5"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words(language: str) -> None:
    own = TABLES[language]
    # Names of countries come from Unicode in English and Chinese only.
    assert list(TABLES["en"]) == [key for key in own if key in TABLES["en"] or not key.startswith("place.")]
    for key, english in TABLES["en"].items():
        assert own[key], key
        assert _parts(english) == _parts(own[key]), key


def test_traditional_characters_are_those_of_our_words_only(checker: Checker) -> None:
    speaker = Speaker(checker.law, "zh-Hant")
    assert speaker.words.of("outcome", "licence_required") == "需要許可證"
    assert speaker.words("sum.at_worst", worst="国") == "最壞：国"
    assert speaker.words.place("us") == "美國"
    assert speaker.labels.fact("shipment.from") == "發出國"
    assert speaker.labels.value("shipment.to", "CN") == "中國 (CN)"


def _parts(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_and_policy_has_a_word(language: str) -> None:
    words = TABLES[language]
    assert all(f"outcome.{outcome}" in words for outcome in OUTCOMES)
    assert all(f"policy.{policy}" in words for policy in POLICIES)


def test_labels_are_of_facts_that_exist(checker: Checker) -> None:
    dictionary = checker.law.dictionary
    values = {value for fact in dictionary.facts.values() for value in fact.values}
    unknown = [name for name in table() if "." in name and dictionary.find(name) is None and not _is_list(name)]
    words = [name for name in table() if "." not in name and name not in values | {"yes", "no", "act"}]
    assert unknown == []
    assert words == []


def _is_list(name: str) -> bool:
    return name.startswith(("us.", "eu.", "cn.", "jp.", "tw."))


@pytest.mark.parametrize(
    ("reason", "said", "cite"),
    [
        ("item.tpp >= 4800 (it is 15840) [a.1]", "total processing performance (TPP) 15,840 ≥ 4,800", "a.1"),
        ("not: item.tpp >= 4800 (it is 1600..4799.5)", f"{TPP} 1,600–4,799.5 < 4,800", ""),
        ("open: item.overlay_nm <= 1.5 (it is 1.4..1.6)", "chuck overlay 1.4–1.6 (line: ≤ 1.5 nm)", ""),
        ("open: item.tpp >= 4800 (it is not known)", f"{TPP}: not known (line: ≥ 4,800)", ""),
        ("item.datacenter [Note 2]", "made for datacenters: yes", "Note 2"),
        ("not: item.datacenter", "made for datacenters: no", ""),
        ("open: item.datacenter", "made for datacenters: not known", ""),
        ("act is export or reexport (it is export)", "act: export", ""),
        ("shipment.to in us.group.D5 (it is CN) [b.10]", "destination: China (CN), in Country Group D:5", "b.10"),
        ("not: shipment.to in us.group.D5 (it is JP)", "destination: Japan (JP), not in Country Group D:5", ""),
        (f"A: B: open: {HQ} (it is not known)", "A: B: headquarters: not known (in Country Group D:5?)", ""),
        ("gpu: not: item.tpp >= 4800 (it is 5)", "gpu: total processing performance (TPP) 5 < 4,800", ""),
        ("other listings: open: listing.scope_applies", "other list entries: row takes in this item: not known", ""),
        ("none: held", "none given: papers in hand", ""),
        ("open: read the letter and look it up", "open: read the letter and look it up", ""),
        ("item.declared.us is 5A992 or beneath it (it is 5A992.c)", "declared ECCN: 5A992.c, within 5A992", ""),
        ("Firm, us.el (84 FR 54002): listing.list is us.el (it is us.el)", "Firm, BIS Entity List (84 FR 54002)", ""),
    ],
)  # fmt: skip
def test_reasons_in_words(checker: Checker, reason: str, said: str, cite: str) -> None:
    assert Speaker(checker.law, "en").reason(reason) == Note(said, cite)


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("item.qubits >= 100 (it is 40)", "no", "qubits ≥ 100 (it is 40)"),
        ("item.qubits >= 34 (it is 40)", "yes", "qubits 40 ≥ 34"),
        ("any of (item.kind = 'camera' OR item.kind = 'memory')", "yes", "any of"),
        ("all of (of any kind)", "yes", "all of (of any kind)"),
        ("some of the parties (the list is open)", "unknown", "some of the parties (the list is open)"),
    ],
)
def test_steps_of_a_proof_in_words(checker: Checker, text: str, value: str, said: str) -> None:
    assert Speaker(checker.law, "en").step(text, value) == said


def test_reasons_in_chinese(checker: Checker) -> None:
    speaker = Speaker(checker.law, "zh")
    assert speaker.reason("not: shipment.to in us.group.D5 (it is JP)").text.startswith("目的地：日本 (JP)，不属于")
    assert speaker.reason("open: item.datacenter").text == "面向数据中心：未知"
