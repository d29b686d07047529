"""Whatever a list reader is given: sound editions or a LicetError with a stable code, never another exception."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from typing import Any

import pytest
from benchmarks.fuzz_readers import ANY, BETWEEN, GZ, NAMES, fuzz, judge, seeds
from hypothesis import example, given
from hypothesis import strategies as st

from tests.properties.cases import often

SEEDS = {name: list(seeds(name)) for name in NAMES}
DOCUMENTS = ["us.csl.reduced", "us.csl.json", "jp.meti.json", "cn.mofcom.json"]
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=4), inner, max_size=2)),
    max_leaves=4,
)
TEXTS = [
    '"',
    "'",
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "\x00",
    "\x1a",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "&",
    "<a>",
    "</",
    "-0- ",
    '""',
]
WORDS = [
    "<!DOCTYPE x>",
    "<![CDATA[",
    "null",
    "1e999",
    "\\ud800",
    "9" * 20,
    "0/0/0000",
    "a) b) ",
    "（",
    "中",
    "\u202e",
    "\ufeff",
]
BYTES = [BETWEEN, b"PK\x03\x04", b"\x1f\x8b", b"\xff\xfe", b"\xf0\x9f", b"\xe4\xb8"]
MARKS = st.sampled_from([*(text.encode() for text in TEXTS + WORDS), *BYTES])


@often(400)
@given(st.sampled_from(NAMES), st.binary(max_size=300))
@example(ANY, b"")
@example(GZ, b"")
@example(
    "us.csl.json", b'{"results": [{"ids": [1, {"type": 5}], "addresses": {"a": 1}, "alt_names": 7, "source": []}]}'
)
@example(
    "us.csl.reduced", b'{"sourceGeneratedAt": 1, "entryCount": 1, "tables": {"sources": 5}, "entries": [{"s": true}]}'
)
@example("os.ftm", b'{"schema": "Person", "datasets": [{}], "properties": {"name": {"a": 1}}, "id": []}\n')
@example("cn.mofcom.json", b'[{"list_id": [], "addresses": "x"}]')
@example("un.xml", b"<CONSOLIDATED_LIST/>")
def test_any_bytes(name: str, data: bytes) -> None:
    judge(name, data)


@often(700)
@given(st.sampled_from(NAMES), st.data())
def test_any_sample_with_pieces_cut_out_or_put_in(name: str, data: st.DataObject) -> None:
    given = data.draw(st.sampled_from(SEEDS[name]))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(given)))
        end = min(len(given), start + data.draw(st.one_of(st.integers(0, 8), st.integers(0, len(given)))))
        given = given[:start] + data.draw(st.one_of(MARKS, st.binary(max_size=6), st.just(given[:end]))) + given[end:]
    judge(name, given)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a JSON document."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*path, key))


@often(400)
@given(st.sampled_from(DOCUMENTS), ANYTHING, st.data())
def test_any_value_of_another_type(name: str, other: Any, data: st.DataObject) -> None:
    whole = [json.loads(SEEDS[name][0])]
    first, *rest = data.draw(st.sampled_from(list(places(whole))[1:]))
    held: Any = whole
    for key in (first, *rest)[:-1]:
        held = held[key]
    held[(first, *rest)[-1]] = other
    judge(name, json.dumps(whole[0]).encode())


@often(200)
@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_the_files_of_one_format_given_to_another(name: str, other: str) -> None:
    for seed in SEEDS[other]:
        judge(name, seed)


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris (dev extra) is not installed")
@pytest.mark.parametrize("name", ["us.ofac.csv", "un.xml", "au.dfat.xlsx", "own"])
def test_a_short_guided_run(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The long ones are `python -m benchmarks.fuzz_readers --seconds 600`."""
    told = fuzz(name, 2, tmp_path_factory.mktemp("found"))
    assert " nothing in " in told, told
