"""Running the tests that lie beside the law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from licet.facts.case import Case, parse_day, read_case
from licet.facts.elements import Element, line
from licet.facts.errors import CaseError, LawError, LicetError, Place
from licet.facts.numbers import plain, scaled
from licet.facts.truth import WORDS, Truth, word
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence
from licet.logic.ask import Asker, Open
from licet.logic.evaluate import Evaluator
from licet.logic.leaves import starts
from licet.logic.measured import measure
from licet.rules import tree
from licet.rules.corpus import TEST_SUFFIX, Law, read_node
from licet.rules.model import Rule
from licet.rules.reading import elements, fail, mapping, only, text, texts
from licet.rules.snapshot import InForce, Snapshot, snapshot

_KEYS = ("case", "on", "given", "expect", "asks", "attrs", "members", "in", "out", "expect_status", "note")
_ELEMENTS = ("item", "party", "listing")


@dataclass(frozen=True, slots=True)
class LawTest:
    """One test beside a rule, read and ready to run against any version of that rule."""

    title: str
    on: date
    hour_known: bool
    case: Case
    subject: Element
    given: dict[str, Truth]
    expect: Node | None
    asks: tuple[str, ...]
    attrs: dict[str, Any]
    members: tuple[str, ...] | None
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    status: str
    place: Place = field(default=Place())


def test_file(law_root: Path, rule: Rule) -> Path:
    """Where the tests of a rule lie."""
    path = law_root.parent / rule.file
    return path.with_name(path.name.removesuffix(".yaml") + TEST_SUFFIX)


def read_tests(law: Law, law_root: Path, rule: Rule) -> list[LawTest]:
    """The tests beside a rule; none where there is no file. Raises LawError."""
    path = test_file(law_root, rule)
    if not path.exists():
        return []
    return [_read(law, rule, mapping(node, "a test")) for node in elements(read_node(path, law_root))]


def _read(law: Law, rule: Rule, node: Mapping) -> LawTest:
    only(node, _KEYS, "a test")
    try:
        on, moment = parse_day(text(node, "on"))
    except ValueError as bad:
        fail(node, f"on: {bad}", "write YYYY-MM-DD, or a moment with zone")
    given = node.entries.get("given")
    facts = mapping(given, "given") if given is not None else Mapping(node.place)
    rules = {key: WORDS[text(mapping(facts.entries["rules"], "rules"), key)] for key in _keys(facts.entries.get("rules"))}
    for name in rules:
        if name not in law.rules:
            fail(facts, f"given names the unknown rule {name}")
    try:
        case = read_case(_as_case(facts, node), law.dictionary)
    except CaseError as error:
        raise LawError(error.problems) from None
    attrs = node.entries.get("attrs")
    return LawTest(
        title=text(node, "case"),
        on=on,
        hour_known=moment is not None,
        case=case,
        subject=_subject(case, rule.subject),
        given=rules,
        expect=node.entries.get("expect"),
        asks=texts(node.entries.get("asks")),
        attrs={key: texts(value) for key, value in mapping(attrs, "attrs").entries.items()} if attrs else {},
        members=texts(node.entries["members"]) if "members" in node.entries else None,
        inside=texts(node.entries.get("in")),
        outside=texts(node.entries.get("out")),
        status=text(node, "expect_status", ""),
        place=node.place,
    )


def _keys(node: Node | None) -> list[str]:
    return list(node.entries) if isinstance(node, Mapping) else []


def _as_case(given: Mapping, test: Mapping) -> Mapping:
    """Dotted facts of an item, a party or a row in the nested form of a case."""
    root, parts = Mapping(test.place), {kind: Mapping(test.place) for kind in _ELEMENTS}
    for key, value in given.entries.items():
        kind, dot, rest = key.partition(".")
        if key == "rules":
            continue
        if kind in parts and dot:
            _put(parts[kind], rest, value, given.keys[key])
        elif kind in parts and isinstance(value, Mapping):
            for inner, item in value.entries.items():
                _put(parts[kind], inner, item, value.keys[inner])
        else:
            _put(root, key, value, given.keys[key])
    if "on" not in root.entries:
        _put(root, "on", test.entries["on"], test.place)
    if parts["listing"].entries:
        _put(parts["party"], "listings", Sequence(test.place, [parts["listing"]]), test.place)
    if parts["party"].entries and "parties" not in root.entries:
        _put(root, "parties", Sequence(test.place, [parts["party"]]), test.place)
    if "items" not in root.entries:
        _put(root, "items", Sequence(test.place, [parts["item"]]), test.place)
    return root


def _put(node: Mapping, key: str, value: Node, place: Place) -> None:
    node.entries[key] = value
    node.keys[key] = place


def _subject(case: Case, subject: str) -> Element:
    line(case.root, case.items[0] if case.items else None)
    if subject == "item" and case.items:
        return case.items[0]
    if subject in ("party", "listing"):
        parties = case.root.lists["parties"]
        if not parties:
            parties = [Element({}, "party")]
            case.root.add("parties", parties, None)
        if subject == "party":
            return parties[0]
        rows = parties[0].lists.get("listings") or [Element({}, "row")]
        parties[0].add("listings", rows, parties[0].closed.get("listings"))
        return rows[0]
    return case.root


def failures(law: Law, rule: Rule, tests: list[LawTest], snapshots: dict[tuple[date, bool], Snapshot] | None = None) -> Iterator[str]:
    """What each failing test expected and what it found; nothing where all pass."""
    for test in tests:
        day = snapshots.get((test.on, test.hour_known)) if snapshots is not None else None
        if day is None:
            day = snapshot(law, test.on, test.hour_known)
            if snapshots is not None:
                snapshots[(test.on, test.hour_known)] = day
        try:
            wrong = list(_wrong(day, rule, test))
        except LicetError as error:
            wrong = [str(error)]
        for message in wrong:
            yield f"{test.place}: {test.title}: {message}"


def _wrong(day: Snapshot, rule: Rule, test: LawTest) -> Iterator[str]:
    held = day.rules.get(rule.id)
    if rule.kind == "group":
        yield from _wrong_group(test, held)
        return
    for key, wanted in test.attrs.items():
        found = held.extra.get(key, "") if held else ""
        if (tuple(found) if isinstance(found, list) else (found,)) != wanted:
            yield f"{key} is {found!r}, expected {', '.join(wanted)}"
    if test.status and (held.version.status if held else "absent") != test.status:
        yield f"status is {held.version.status if held else 'absent'}, expected {test.status}"
    if test.expect is None:
        return
    line(test.case.root, test.case.items[0] if test.case.items else None)
    evaluator = Evaluator(day)
    evaluator.given = {name: value for name, value in test.given.items() if name != rule.id}
    if rule.kind == "measure":
        yield from _wrong_measure(evaluator, rule, test)
        return
    value = evaluator.rule(rule.id)(test.subject)
    wanted_word = test.expect.text if isinstance(test.expect, Scalar) else ""
    if wanted_word not in WORDS:
        yield f"expect: {wanted_word!r} is not yes, no or unknown"
    elif value is not WORDS[wanted_word]:
        yield f"is {word(value)}, expected {wanted_word}"
    if test.asks:
        yield from _wrong_asks(evaluator, rule, test)


def _wrong_asks(evaluator: Evaluator, rule: Rule, test: LawTest) -> Iterator[str]:
    found: Open = {}
    node = evaluator.node(rule.id)
    if node is not None and node.value(test.subject) is None:
        Asker(evaluator).condition(node, test.subject, found)
    asked = {open_fact.fact for open_fact in found.values()}
    for fact in test.asks:
        if not ({fact} | inputs(evaluator.law, fact)) & asked:
            yield f"does not ask {fact}, only {', '.join(sorted(asked)) or 'nothing'}"


def inputs(law: Snapshot, fact: str) -> set[str]:
    """The facts a measured fact is computed from, at any depth."""
    held = law.measures.get(fact)
    found: set[str] = set()
    for case in held.value if held else ():
        names = {number.name for number in tree.numbers(case.value) if isinstance(number, tree.NumberFact)}
        if case.guard is not None:
            names |= {name for node in tree.walk(case.guard) for name in tree.facts_of(node)}
        for name in names:
            found |= {name} | inputs(law, name)
    return found


def _wrong_measure(evaluator: Evaluator, rule: Rule, test: LawTest) -> Iterator[str]:
    held = evaluator.law.rules.get(rule.id)
    expect = test.expect
    ends = expect.items if isinstance(expect, Sequence) else [expect, expect]
    words = [end.text if isinstance(end, Scalar) else "" for end in ends]
    if held is None or not held.value:
        if words[0] not in ("unknown", "no"):
            yield "the measure has no value on this day"
        return
    found = measure(evaluator, held.extra["gives"], test.subject)
    for value, wanted in zip(found, words, strict=True):
        if not _agrees(value, wanted):
            yield f"is {'open' if value is None else plain(value)}, expected {wanted}"


def _agrees(value: Fraction | None, wanted: str) -> bool:
    """Whether an end is what the test says, to the decimals the test gives."""
    if wanted in ("null", "~", "", "unknown"):
        return value is None
    decimals = len(wanted.partition(".")[2])
    return value is not None and round(value * 10**decimals) == scaled(wanted, decimals)


def _wrong_group(test: LawTest, held: InForce | None) -> Iterator[str]:
    members = held.members if held else frozenset()
    known = held is None or held.known
    if isinstance(test.expect, Scalar) and test.expect.text == "unknown":
        if known:
            yield "the group is known, expected unknown"
        return
    if test.members is not None and (members != set(test.members) or not known):
        extra, missing = sorted(members - set(test.members)), sorted(set(test.members) - members)
        yield f"the members differ: too many {', '.join(extra) or 'none'}; missing {', '.join(missing) or 'none'}"
    inside = (lambda name: starts(name, members)) if held and held.prefix else (lambda name: name in members)
    for name in test.inside:
        if not inside(name):
            yield f"{name} is not a member"
    for name in test.outside:
        if inside(name) is not False:
            yield f"{name} is a member"
