"""Reading the tests that lie beside the law."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from licet.facts.case import Case, parse_day, read_case
from licet.facts.elements import Element, line
from licet.facts.errors import CaseError, LawError, Place, nearest
from licet.facts.truth import WORDS, Truth
from licet.facts.yamltext import Mapping, Node, Sequence
from licet.rules.corpus import TEST_SUFFIX, Law, read_node
from licet.rules.model import STATUSES, Rule
from licet.rules.reading import choice, elements, fail, mapping, only, text, texts

_KEYS = ("case", "on", "given", "expect", "asks", "attrs", "members", "in", "out", "expect_status", "note")
_EXPECTATIONS = ("expect", "attrs", "members", "in", "out", "expect_status")
_ELEMENTS = ("item", "party", "listing")


@dataclass(frozen=True, slots=True)
class LawTest:
    """One test beside a rule, read and ready to run against any version of that rule.

    `expect` is a truth word, or the value of a measure (or its two ends); empty where the test says none.
    """

    title: str
    on: date
    hour_known: bool
    case: Case
    subject: Element
    given: dict[str, Truth]
    expect: tuple[str, ...]
    asks: tuple[str, ...]
    attrs: dict[str, tuple[str, ...]]
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
    if not any(key in node.entries for key in _EXPECTATIONS):
        fail(node, "the test expects nothing", "add expect: yes, no or unknown")
    try:
        on, moment = parse_day(text(node, "on"))
    except ValueError as bad:
        fail(node, f"on: {bad}", "write YYYY-MM-DD, or a moment with zone")
    given = node.entries.get("given")
    facts = mapping(given, "given") if given is not None else Mapping(node.place)
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
        given=_given_rules(law, facts),
        expect=_expected(rule, node),
        asks=texts(node.entries.get("asks")),
        attrs={key: texts(value) for key, value in mapping(attrs, "attrs").entries.items()} if attrs else {},
        members=texts(node.entries["members"]) if "members" in node.entries else None,
        inside=texts(node.entries.get("in")),
        outside=texts(node.entries.get("out")),
        status=choice(node, "expect_status", (*STATUSES, "absent", "")) if "expect_status" in node.entries else "",
        place=node.place,
    )


def _given_rules(law: Law, facts: Mapping) -> dict[str, Truth]:
    """The values of other rules that a test gives instead of having them computed."""
    node = facts.entries.get("rules")
    if node is None:
        return {}
    given = mapping(node, "rules")
    for name in given.entries:
        if name not in law.rules:
            fail(given.entries[name], f"given names the unknown rule {name}", nearest(name, law.rules))
    return {name: WORDS[choice(given, name, WORDS)] for name in given.entries}


def _expected(rule: Rule, node: Mapping) -> tuple[str, ...]:
    """What the test expects, in words; two of them where it is an interval."""
    expect = node.entries.get("expect")
    if expect is None:
        return ()
    words = texts(expect) or ("null",)
    if rule.kind not in ("measure", "group") and (len(words) > 1 or words[0] not in WORDS):
        fail(expect, f"expect: {', '.join(words)!r} is not yes, no or unknown")
    return words if len(words) == 2 else (words[0], words[0])


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
