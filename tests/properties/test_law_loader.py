"""The loader never fails but with a LicetError, whatever stands in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licet.facts.dictionary import Dictionary, read_dictionary
from licet.facts.errors import LawError, LicetError, Place
from licet.facts.yamltext import read_yaml
from licet.rules.expression import Expressions
from licet.rules.load import Loader
from tests.rules.small import FACTS, INSTRUMENT, rule_text

LAW = Path(__file__).parents[2] / "law"
WORDS = (
    *("id", "kind", "subject", "cite", "title", "versions", "from", "until", "source", "read", "basis", "status"),
    *("when", "unless", "unknown", "all", "any", "not", "some", "every", "of", "where", "if", "rule", "fact", "in"),
    *("has", "code", "always", "value", "max", "gives", "members", "lifts", "threshold", "counts", "entry", "measure"),
    *("group", "item", "case", "yes", "no", "2022-01-01", "2022-01-01T00:01-05:00", "official", "50", "-1", "50 %"),
    *("item.tpp > 1", "item.kind", "item.datacenter", "parties", "rates", "rate.tops * rate.bits", "null", "~"),
)
SCALARS = st.sampled_from(WORDS) | st.text(max_size=12)
FACTS_READ = read_dictionary([read_yaml(FACTS, "facts.yaml")])


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes."""
    return (
        '"' + "".join(f"\\U{ord(mark):08x}" if not mark.isprintable() or mark in '"\\' else mark for mark in text) + '"'
    )


def written(value: object) -> str:
    """A tree of lists, mappings and texts as YAML in one line."""
    if isinstance(value, list):
        return f"[{', '.join(written(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{quoted(key)}: {written(item)}' for key, item in value.items())}}}"
    text = str(value)
    return text if text in WORDS and not set(text) & set(",[]{}:>*%~") else quoted(text)


TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5),
    max_leaves=25,
)


def load(text: str) -> None:
    node = read_yaml(text, "law/x.yaml", LawError)
    Loader(FACTS_READ).rule(node, "law/x.yaml", "xx.act")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    try:
        load(text)
    except LicetError as error:
        assert all(problem.code and problem.place.file for problem in error.problems)


@settings(max_examples=400, deadline=None)
@given(TREES)
def test_any_tree_of_known_words(tree: object) -> None:
    try:
        load(written(tree))
    except LicetError as error:
        assert all(problem.code and problem.place.line for problem in error.problems)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_rule_with_one_part_replaced(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(("entry", "measure", "group", "ownership", "relief", "duty", "policy", "bar")))
    head: dict[str, object] = {
        "id": "xx.act.1",
        "kind": kind,
        "subject": "item",
        "cite": "s. 1",
        "title": "Chips",
        "scheme": "xx",
    }
    source: dict[str, object] = {"cite": "OJ", "read": "2026-01-01", "basis": "official"}
    version: dict[str, object] = {"from": "2022-01-01", "source": source, "when": "item.datacenter"}
    extra = data.draw(st.dictionaries(st.sampled_from(WORDS), TREES, max_size=3))
    place: dict[str, object] = data.draw(st.sampled_from((head, version, source)))
    place.update(extra)
    try:
        load(written({**head, "versions": [version]}))
    except LicetError as error:
        assert error.problems[0].place.file == "law/x.yaml"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("item.tpkndx ><=()'\"0123456789eE+-*/ANDORNTIFLU;,%[]"), max_size=40))
def test_any_expression(text: str) -> None:
    expressions, place = Expressions(FACTS_READ), Place("law/x.yaml", 1)
    for read in (expressions.condition, expressions.number):
        try:
            read(text, place)
        except LicetError as error:
            assert error.problems[0].place == place


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(("type", "scale", "min", "values", "of", "ask", "unit", "colour")), TREES))
def test_any_dictionary(fact: dict[str, object]) -> None:
    text = written({"item.tpp": {"type": "number", "ask": {"en": "What?"}} | fact})
    try:
        assert isinstance(read_dictionary([read_yaml(text, "law/facts/x.yaml", LawError)]), Dictionary)
    except LicetError as error:
        assert error.problems[0].place.file == "law/facts/x.yaml"


@pytest.mark.parametrize("text", [rule_text(), INSTRUMENT])
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_right_file_with_a_piece_cut_out(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    loader = Loader(FACTS_READ)
    try:
        node = read_yaml(text[:start] + text[end:], "law/x.yaml", LawError)
        if text == INSTRUMENT:
            loader.instrument(node, "law/x.yaml")
        else:
            loader.rule(node, "law/x.yaml", "xx.act")
    except LicetError as error:
        assert error.problems[0].code
