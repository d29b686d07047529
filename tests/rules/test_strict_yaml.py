"""Strict YAML: nothing is guessed from the look of a value, and no input can grow while it is read."""

from __future__ import annotations

import pytest

from licet.facts import yamltext
from licet.facts.errors import CaseError, LawError
from licet.facts.yamltext import MAX_BYTES, MAX_DEPTH, Mapping, Scalar, Sequence, decode, is_empty, read_yaml


def read(text: str) -> Mapping:
    node = read_yaml(text, "case.yaml")
    assert isinstance(node, Mapping)
    return node


def scalar(text: str) -> Scalar:
    node = read(f"key: {text}").entries["key"]
    assert isinstance(node, Scalar)
    return node


PLAIN = ("NO", "no", "on", "1e3", "012", "12:30", "1_000", "0x1F", ".inf", "2022-01-01", "null")


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_value_stays_the_text_it_is(text: str) -> None:
    assert scalar(text).text == text
    assert scalar(text).plain


def test_quotes_are_remembered() -> None:
    assert not scalar("'yes'").plain
    assert not is_empty(scalar("'null'"))
    assert is_empty(scalar("null"))
    assert is_empty(scalar(""))


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3", "E_DUPLICATE_KEY", 3, 1),
        ("a: &x 1\nb: 2", "E_YAML_ALIAS", 1, 4),
        ("a: &x 1\nb: *x", "E_YAML_ALIAS", 1, 4),
        ("a: 1\nb: !!python/object:os.system 2", "E_YAML_TAG", 2, 4),
        ("a: !secret 1", "E_YAML_TAG", 1, 4),
        ("a: 1\n---\nb: 2", "E_YAML", 2, 1),
        ("a: [1, 2\nb: 3", "E_YAML", 2, 2),
        ("a:\n\t- 1", "E_YAML", 2, 1),
        ("? [1, 2]\n: 3", "E_YAML", 1, 3),
    ],
)
def test_what_is_not_read_is_named_with_line_and_column(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(CaseError) as raised:
        read_yaml(text, "case.yaml")
    (problem,) = raised.value.problems
    assert problem.code == code
    assert (problem.place.file, problem.place.line, problem.place.column) == ("case.yaml", line, column)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n"])
def test_an_empty_file(text: str) -> None:
    with pytest.raises(CaseError) as raised:
        read_yaml(text, "case.yaml")
    assert raised.value.problems[0].code == "E_EMPTY"


def test_a_billion_laughs_do_not_grow() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    with pytest.raises(CaseError, match="E_YAML_ALIAS"):
        read_yaml("\n".join(lines), "case.yaml")


def test_nesting_has_an_end() -> None:
    read_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, "case.yaml")
    with pytest.raises(CaseError, match="E_TOO_DEEP"):
        read_yaml("[" * 100_000, "case.yaml")


def test_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamltext, "MAX_NODES", 100)
    read_yaml("[" + "1," * 99 + "]", "case.yaml")
    with pytest.raises(CaseError, match="E_TOO_LARGE"):
        read_yaml("[" + "1," * 100 + "]", "case.yaml")


def test_too_many_bytes() -> None:
    with pytest.raises(CaseError, match="E_TOO_LARGE"):
        decode(b"a" * (MAX_BYTES + 1), "case.yaml")


def test_not_text() -> None:
    with pytest.raises(LawError) as raised:
        decode("Ærø".encode("latin-1"), "law/x.yaml", LawError)
    assert raised.value.problems[0].code == "E_NOT_TEXT"
    assert raised.value.problems[0].hint == "save the file as UTF-8"


def test_a_byte_order_mark_is_not_part_of_the_first_key() -> None:
    assert list(read(decode(b"\xef\xbb\xbfa: 1", "case.yaml")).entries) == ["a"]


def test_control_characters_are_not_text() -> None:
    with pytest.raises(CaseError) as raised:
        read_yaml("a: \x00", "case.yaml")
    assert raised.value.problems[0].code in ("E_YAML", "E_NOT_TEXT")


def test_places_are_counted_from_one() -> None:
    node = read("a:\n  - b\n  - c")
    items = node.entries["a"]
    assert isinstance(items, Sequence)
    assert (items.items[1].place.line, items.items[1].place.column) == (3, 5)
    assert node.keys["a"].line == 1
