"""Proposals laid over a law: what they change, and what they leave as it is."""

from __future__ import annotations

from datetime import date

import pytest
from tests.rules.small import FACTS, HEAD, Writer, rule_text

from licet.facts.elements import Element, line
from licet.facts.errors import LawError
from licet.facts.truth import Truth
from licet.facts.yamltext import read_yaml
from licet.logic.decide import Decider
from licet.rules.corpus import read_law
from licet.rules.law import Law
from licet.rules.model import Rule
from licet.rules.proposal import Proposed, lay_over
from licet.rules.snapshot import Snapshot, snapshot

NEED = (
    "id: xx.act.need\nkind: requirement\nsubject: case\nreason: list\ncite: Act s. 2\ntitle: Licence\nversions:\n"
    "  - from: 2022-01-01\n    source: {cite: OJ 1, read: 2026-01-02, basis: official}\n    when: {rule: xx.act.1}\n"
)
POLICY = (
    "id: xx.act.policy\nkind: policy\nsubject: case\nof: [xx.act.need]\npolicy: case_by_case\ncite: Act s. 3\n"
    "title: Review\nversions:\n  - from: 2022-01-01\n    source: {cite: OJ 1, read: 2026-01-02, basis: official}\n"
    "    when: {always: yes}\n"
)
REACH = (
    "id: xx.act.reach\nkind: reach\nsubject: route\ncite: Act s. 4\ntitle: Exports\nversions:\n  - from: 2022-01-01\n"
    "    source: {cite: OJ 1, read: 2026-01-02, basis: official}\n    when: \"shipment.to <> 'NL'\"\n"
)
FROM = 'shipment.from: {type: country, ask: {en: "Where from?", zh: "从哪里?"}}\n'


@pytest.fixture
def law(law_folder: Writer) -> Law:
    files = {"xx/1.yaml": rule_text(), "xx/need.yaml": NEED, "xx/policy.yaml": POLICY, "xx/reach.yaml": REACH}
    return read_law(law_folder(files, facts=FACTS + FROM))


def proposed(law: Law, text: str) -> Proposed:
    return lay_over(law, read_yaml(f"proposal: A change\n{text}", "patch.yaml"))


def starts(rule: Rule) -> list[str]:
    return [version.start.isoformat() for version in rule.versions]


def value(law: Law, rule: str, on: str, **facts: object) -> Truth:
    held: Snapshot = snapshot(law, date.fromisoformat(on))
    item = Element({name.replace("_", ".", 1): fact for name, fact in facts.items() if name.startswith("item")})
    root = Element({name.replace("_", ".", 1): fact for name, fact in facts.items() if name.startswith("shipment")})
    root.closed["items"] = True
    return Decider(held).value(rule, line(root, item))


def test_a_changed_condition_holds_from_its_day_on(law: Law) -> None:
    made = proposed(law, "change:\n  - {rule: xx.act.1, from: 2024-03-01, when: {not: item.datacenter}}\n")
    assert starts(made.law.rules["xx.act.1"]) == ["2022-01-01", "2024-03-01"]
    assert made.days == (date(2024, 3, 1),)
    assert made.rules == ("xx.act.1",)
    assert value(made.law, "xx.act.1", "2024-02-29", item_datacenter=True) is True
    assert value(made.law, "xx.act.1", "2024-03-01", item_datacenter=True) is False


def test_the_law_itself_stays_as_it_is(law: Law) -> None:
    before = law.rules["xx.act.1"]
    proposed(law, "change:\n  - {rule: xx.act.1, from: 2024-03-01, when: {always: no}}\n")
    assert law.rules["xx.act.1"] is before


def test_with_an_end_the_law_of_then_goes_on(law: Law) -> None:
    text = "change:\n  - {rule: xx.act.1, from: 2024-03-01, until: 2024-03-31, when: {always: no}}\n"
    made = proposed(law, text).law
    assert starts(made.rules["xx.act.1"]) == ["2022-01-01", "2024-03-01", "2024-04-01"]
    days = {day: value(made, "xx.act.1", day, item_datacenter=True) for day in ("2024-03-31", "2024-04-01")}
    assert days == {"2024-03-31": False, "2024-04-01": True}


def test_without_a_condition_only_the_keys_of_the_kind_change(law: Law) -> None:
    made = proposed(law, "change:\n  - {rule: xx.act.policy, from: 2024-03-01, policy: presumption_of_denial}\n").law
    before, after = made.rules["xx.act.policy"].versions
    assert (before.extra["policy"], after.extra["policy"]) == ("case_by_case", "presumption_of_denial")
    assert after.when == before.when
    assert after.extra["of"] == ["xx.act.need"]


def test_what_ends_is_no_law_any_more(law: Law) -> None:
    made = proposed(law, "end:\n  - {rule: xx.act.1, from: 2024-03-01}\n").law
    assert value(made, "xx.act.1", "2024-02-29", item_datacenter=True) is True
    assert value(made, "xx.act.1", "2024-03-01", item_datacenter=True) is False


def test_a_new_provision_is_added_to_its_instrument(law: Law) -> None:
    text = rule_text("item.datacenter", HEAD.replace("xx.act.1", "xx.act.9")).replace("\n", "\n    ")
    made = proposed(law, f"add:\n  - instrument: xx.act\n    {text}\n")
    assert made.law.rules["xx.act.9"].instrument == "xx.act"
    assert made.days == (date(2022, 1, 1),)


def test_a_list_taken_over_reaches_what_leaves_the_other_country(law: Law) -> None:
    made = proposed(law, "adopt:\n  - {like: xx.act, by: KR, from: 2024-03-01}\n")
    assert set(made.rules) == {f"kr.like.xx.act.{name}" for name in ("1", "need", "policy", "leaves")}
    instrument = made.law.instruments["kr.like.xx.act"]
    assert (instrument.jurisdiction, instrument.territory) == ("kr", ("KR",))
    assert made.law.rules["kr.like.xx.act.policy"].versions[0].extra["of"] == ["kr.like.xx.act.need"]
    reach = "kr.like.xx.act.leaves"
    assert value(made.law, reach, "2024-02-29", shipment_from="KR", shipment_to="CN") is False
    assert value(made.law, reach, "2024-03-01", shipment_from="KR", shipment_to="CN") is True
    assert value(made.law, reach, "2024-03-01", shipment_from="NL", shipment_to="CN") is False
    assert value(made.law, reach, "2024-03-01", shipment_from="KR", shipment_to="KR") is False
    assert value(made.law, "kr.like.xx.act.need", "2024-03-01", item_datacenter=True) is True


def test_a_country_that_has_law_already_keeps_its_jurisdiction(law: Law) -> None:
    made = proposed(law, "adopt:\n  - {like: xx.act, by: NL, from: 2024-03-01}\n")
    assert made.law.instruments["xx.like.xx.act"].jurisdiction == "xx"


def test_words_are_exchanged_where_they_stand_alone(law: Law) -> None:
    text = "change:\n  - {rule: xx.act.need, from: 2023-01-01, when: \"shipment.to IN ('CN', 'RU')\"}\n"
    changed = proposed(law, text).law
    made = lay_over(
        changed,
        read_yaml(
            "proposal: P\nadopt:\n  - {like: xx.act, by: KR, from: 2024-03-01, exchange: {CN: IR}}\n", "patch.yaml"
        ),
    ).law
    need = "kr.like.xx.act.need"
    assert value(made, need, "2024-03-01", shipment_to="IR") is True
    assert value(made, need, "2024-03-01", shipment_to="CN") is False


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "changes nothing"),
        ("chnge: []\n", "has no key 'chnge'"),
        ("change:\n  - {rule: xx.act.7, from: 2024-03-01, when: {always: no}}\n", "there is no provision 'xx.act.7'"),
        ("change:\n  - {rule: xx.act.1, from: soon, when: {always: no}}\n", "is not a date"),
        ("change:\n  - {rule: xx.act.1, from: 2021-03-01}\n", "does not exist on that day"),
        ("change:\n  - {rule: xx.act.1, from: 2024-03-01, when: item.flux}\n", "item.flux"),
        ("change:\n  - {rule: xx.act.1, from: 2024-03-01, when: {rule: xx.gone}}\n", "xx.gone"),
        ("end:\n  - {rule: xx.act.1, from: 2021-03-01}\n", "does not exist before that day"),
        ("adopt:\n  - {like: xx.other, by: KR, from: 2024-03-01}\n", "there is no instrument 'xx.other'"),
        ("adopt:\n  - {like: xx.act, by: QQ, from: 2024-03-01}\n", "is no country"),
        ("add:\n  - {instrument: yy, id: yy.1}\n", "there is no instrument 'yy'"),
    ],
)
def test_a_wrong_proposal_is_an_error_that_names_the_place(text: str, says: str, law: Law) -> None:
    with pytest.raises(LawError, match=says) as raised:
        proposed(law, text)
    assert raised.value.problems[0].place.file == "patch.yaml"
