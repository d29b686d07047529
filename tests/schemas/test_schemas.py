"""The published schemas: fresh, and met by every case and decision there is."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from licet.facts.case import read_case
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, is_empty, read_yaml
from licet.services.check import Checker, Options
from licet.services.schemas import CASE_FILE, DECISION_FILE, case_schema, decision_schema, texts
from tests.examples import CASES

ROOT = Path(__file__).parents[2]
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def plain(node: Node) -> Any:
    """What a reader of YAML 1.2 makes of a file: numbers as numbers, all else as text."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    if is_empty(node):
        return None
    return float(node.text) if node.plain and _NUMBER.fullmatch(node.text) else node.text


@pytest.mark.parametrize("name", [CASE_FILE, DECISION_FILE])
def test_the_published_schemas_are_fresh(name: str) -> None:
    published = (ROOT / "schemas" / name).read_text(encoding="utf-8")
    assert published == texts()[name], "run: python -m licet.services.schemas schemas/"


def test_they_are_schemas(checker: Checker) -> None:
    Draft202012Validator.check_schema(decision_schema())
    Draft202012Validator.check_schema(case_schema(checker.law.dictionary))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_examples_and_their_decisions_are_valid(checker: Checker, path: Path) -> None:
    node = read_yaml(path.read_text(encoding="utf-8"), path.name)
    _valid(case_schema(checker.law.dictionary), plain(node))
    for language, proof in (("en", False), ("zh", True)):
        decision = checker.check(read_case(node, checker.law.dictionary), Options(language=language, proof=proof))
        _valid(decision_schema(), _as_json(asdict(decision)))


def _valid(schema: dict[str, Any], instance: Any) -> None:
    errors = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(instance)]
    assert errors == []


def _as_json(value: Any) -> Any:
    """Tuples as lists, as JSON has them."""
    if isinstance(value, dict):
        return {key: _as_json(item) for key, item in value.items()}
    return [_as_json(item) for item in value] if isinstance(value, (list, tuple)) else value


@pytest.mark.parametrize(
    "case",
    [
        {"case": "x", "on": "2023-11-20"},
        {"shipment": {"to": "unknown", "via": ["DE", "NL"]}},
        {
            "items": [
                {"tpp": 4800, "die_area_mm2": [800, 830], "io_bandwidth_gb_s": "528 GB/s", "non_planar": "unknown"}
            ]
        },
        {"items": {"rates": [{"tops": [None, 4], "bits": 8}], "components": [{"tpp": 1}]}, "complete": {"items": "no"}},
        {"parties": [{"role": "end_user", "owners": [{"share": "51%", "owners": [{"country": "CN"}]}]}]},
        {"held": [{"kind": "notice_filed", "filed": "2023-11-01"}], "complete": ["parties", "items"]},
        {"items": [{"value": "1200000 USD", "declared": {"us": ["3A090.a"]}}]},
    ],
)
def test_what_the_case_schema_allows(checker: Checker, case: dict[str, Any]) -> None:
    _valid(case_schema(checker.law.dictionary), case)


@pytest.mark.parametrize(
    "case",
    [
        {"ships": {}},
        {"shipment": {"to": "Chinna"}},
        {"items": [{"tpp": -1}]},
        {"items": [{"value": "a lot"}]},
        {"items": [{"kind": "teapot"}]},
        {"parties": [{"share": 3}]},
        {"parties": [{"owners": [{"shares": 3}]}]},
        {"complete": ["everything"]},
        {"items": [{"die_area_mm2": [1, 2, 3]}]},
    ],
)
def test_what_the_case_schema_refuses(checker: Checker, case: dict[str, Any]) -> None:
    assert not Draft202012Validator(case_schema(checker.law.dictionary)).is_valid(case)
