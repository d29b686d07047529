"""What must not matter: names, the order of things, a case written down and read again."""

from __future__ import annotations

import copy
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from licet.facts.case import Case, read_case
from licet.facts.casefile import write_case
from licet.facts.elements import Element
from licet.facts.errors import CaseError
from licet.facts.yamltext import Mapping, Node, Sequence, read_yaml
from licet.logic.decision import Decision
from licet.services.check import Options
from tests.examples import CASES
from tests.properties.cases import Draft, Thing, build, checker, contradicts_itself, drafts, often, things

NAMED = CASES
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)


def answers(decision: Decision) -> set[tuple[str, ...]]:
    """Everything the decision says, without its order."""
    found: set[tuple[str, ...]] = {
        (jurisdiction.id, kind, answer.id, answer.value, answer.item, answer.party)
        for jurisdiction in decision.jurisdictions
        for kind in (
            "reach",
            "entries",
            "requirements",
            "prohibitions",
            "reliefs",
            "bars",
            "policies",
            "duties",
            "flags",
        )
        for answer in getattr(jurisdiction, kind)
    }
    found |= {(j.id, j.outcome, j.bounds.best, j.bounds.worst) for j in decision.jurisdictions}
    found |= {("question", question.fact, question.of) for question in decision.questions}
    found |= {("margin", margin.fact, margin.item, margin.value, margin.line) for margin in decision.margins}
    found |= {("missing", missing.id) for missing in decision.coverage.missing}
    return found | {(decision.outcome, decision.bounds.best, decision.bounds.worst, str(decision.exit_code))}


def entries(decision: Decision) -> dict[tuple[str, str], str]:
    """Which item is described by which entry, where the law that lists it has a say."""
    law = checker().law
    return {
        (answer.id, answer.item): answer.value
        for jurisdiction in decision.jurisdictions
        for answer in jurisdiction.entries
        if law.rules[answer.id].subject == "item"
    }


def decide(case: Case, draft: Draft) -> Decision:
    return checker().check(case, Options(on=draft.day))


def shuffled(node: Node, choose: Random) -> Node:
    """The same YAML with keys and members in another order; the ends of a range keep theirs."""
    if isinstance(node, Mapping):
        keys = list(node.entries)
        choose.shuffle(keys)
        entries = {key: shuffled(node.entries[key], choose) for key in keys}
        return Mapping(node.place, entries, {key: node.keys[key] for key in keys})
    if isinstance(node, Sequence) and any(isinstance(item, Mapping) for item in node.items):
        items = [shuffled(item, choose) for item in node.items]
        choose.shuffle(items)
        return Sequence(node.place, items)
    return node


@often(60)
@given(st.sampled_from(NAMED), st.randoms(use_true_random=False))
def test_the_order_of_keys_items_and_parties_changes_nothing(path: object, choose: Random) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    node = read_yaml(text, "case")
    first = checker().check(read_case(node, checker().law.dictionary))
    second = checker().check(read_case(shuffled(node, choose), checker().law.dictionary))
    assert answers(first) == answers(second)


@often(30)
@given(drafts())
def test_the_order_of_members_of_made_up_cases_changes_nothing(drawn: tuple[Draft, Random]) -> None:
    draft, choose = drawn
    assume(not contradicts_itself(draft))
    number(draft)
    other = draft.copy()
    for thing in other.root.all():
        for members in thing.lists.values():
            choose.shuffle(members)
    assert answers(decide(build(draft), draft)) == answers(decide(build(other), other))


def number(draft: Draft) -> None:
    """Give everything a label of its own, so that answers can be told apart."""
    for place, (thing, kind) in enumerate(things(draft)):
        thing.label = f"{kind} {place}"


@often(60)
@given(drafts(), NAMES, NAMES)
def test_names_that_nobody_knows_change_no_word_of_the_answer(drawn: tuple[Draft, Random], one: str, two: str) -> None:
    draft, _ = drawn
    assume(not contradicts_itself(draft))
    assume(checker().known.find(one) is None and checker().known.find(two) is None)
    number(draft)
    unrelated = [party for party in draft.root.lists.get("parties", []) if not known(party)]
    decisions = []
    for name in (one, two):
        for party in unrelated:
            party.facts["party.name"] = name
        for item in draft.root.lists.get("items", []):
            item.facts["item.name"] = item.facts["item.model"] = name
        decisions.append(decide(build(draft), draft))
    assert answers(decisions[0]) == answers(decisions[1])


def agree(before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> bool:
    """Where both show an entry for an item it has one value; a jurisdiction without a say shows none."""
    return all(before[key] == after[key] for key in before.keys() & after.keys())


def known(party: Thing) -> bool:
    facts = party.facts
    find = checker().known.find
    return find(facts.get("party.name", "")) is not None or find(facts.get("party.entity", "")) is not None


@often(40)
@given(drafts(), st.sampled_from(sorted(checker().known.parties)))
def test_no_name_of_a_party_changes_what_an_item_is(drawn: tuple[Draft, Random], entity: str) -> None:
    draft, _ = drawn
    assume(not contradicts_itself(draft))
    number(draft)
    before = entries(decide(build(draft), draft))
    for party in draft.root.lists.get("parties", []):
        party.facts["party.name"] = entity
    after = entries(decide(build(draft), draft))
    assert agree(before, after)


# --- writing and reading ---------------------------------------------------------------------


def told(element: Element) -> tuple[object, ...]:
    """All an element says, and all beneath it."""
    lists = {of: [told(member) for member in members] for of, members in element.lists.items() if members}
    closed = {of: value for of, value in element.closed.items() if value is not None and of not in ("rates", "held")}
    return dict(element.facts), lists, closed


@often(150)
@given(drafts())
def test_a_case_written_down_and_read_again_says_the_same(drawn: tuple[Draft, Random]) -> None:
    draft, _ = drawn
    flatten(draft)
    dictionary = checker().law.dictionary
    case = build(draft)
    text = write_case(case, dictionary)
    try:
        again = read_case(read_yaml(text, "case"), dictionary)
    except CaseError as error:
        raise AssertionError(f"{error}\n{text}") from error
    assert told(again.root) == told(case.root)
    assert [told(item) for item in again.items] == [told(item) for item in case.items]


def flatten(draft: Draft) -> None:
    """Components of components are written as components of the item; here none have any."""
    for item in draft.root.lists.get("items", []):
        item.label = "an item"
        for component in item.lists.get("components", []):
            component.label = "a component"
            component.lists.pop("components", None)
            component.closed.pop("components", None)


@often(60)
@given(NAMES.filter(lambda name: name.strip() == name and name != "unknown"))  # the word says that a fact is not known
def test_any_name_can_be_written_down_and_read_again(name: str) -> None:
    dictionary = checker().law.dictionary
    thing = Thing({"party.name": name}, "party", {}, {})
    root = Thing({}, name, {"items": [], "parties": [copy.deepcopy(thing)], "held": []}, {"held": True})
    case = build(Draft(checker().law.encoded_from, root))
    again = read_case(read_yaml(write_case(case, dictionary), "case"), dictionary)
    assert again.title == name
    assert again.root.lists["parties"][0].facts.get("party.name", "") == name
