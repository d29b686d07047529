"""Licet from Python: cases as mappings, tables of every kind, a page for a notebook."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import licet
from licet.batch.frames import rows_of
from licet.facts.errors import CaseError
from licet.library.desk import Desk
from licet.services import orders
from licet.services.check import Checker, Options
from tests.examples import FOLDER

EXAMPLE = FOLDER / "quantum-computer-from-fr.yaml"
ROWS: list[dict[str, Any]] = [
    {"day": "2024-09-06", "to": "CN", "code": "EAR99"},
    {"day": "2024-09-06", "to": "RU", "code": "3A001.a.2"},
    {"day": "2024-09-07", "to": "DE", "code": None},
    {"day": "never", "to": "DE", "code": "EAR99"},
    {"day": "2024-09-07", "to": "XX", "code": "EAR99"},
]
COLUMNS = {
    "on": "day",
    "constants": {"act": "export", "shipment": {"from": "US", "exporter_country": "US"}, "complete": ["items"]},
    "facts": {"shipment.to": "to", "item.declared.us": "code"},
}


@pytest.fixture(scope="module")
def desk(checker: Checker) -> Desk:
    return Desk(checker)


def test_a_case_is_a_file_or_a_mapping(desk: Desk, checker: Checker) -> None:
    of_file = desk.check(EXAMPLE, on=date(2025, 5, 5))
    said = {
        "act": "export",
        "shipment": {"from": "FR", "to": "CN"},
        "items": [{"kind": "quantum_computer", "qubits": 40, "cnot_error": Decimal("0.001"), "cryogenic_cmos": False}],
    }
    told = desk.check({key: value for key, value in said.items() if key != "items"}, on="2025-05-05")
    assert of_file.outcome == of_file.decision.outcome
    assert of_file.as_dict()["outcome"] == of_file.outcome
    assert told.questions
    assert not told.clear
    assert told.decision == checker.check(_read(checker, said), Options(date(2025, 5, 5)))


def _read(checker: Checker, said: dict[str, Any]) -> Any:
    from licet.facts.case import read_case  # noqa: PLC0415
    from licet.facts.yamltext import read_yaml  # noqa: PLC0415

    text = json.dumps({key: value for key, value in said.items() if key != "items"})
    return read_case(read_yaml(text, "case"), checker.law.dictionary)


def test_a_page_for_a_notebook(desk: Desk) -> None:
    decision = desk.check({"case": "<script>alert(1)</script>", "act": "export"}, on="2025-05-05")
    frame = decision._repr_html_()
    assert frame.startswith("<iframe srcdoc=")
    assert "<script>" not in frame
    assert "&lt;!doctype html&gt;" in frame
    assert "&amp;lt;script&amp;gt;" in frame
    assert decision.outcome in repr(decision)
    assert decision.markdown().startswith("#")


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ({"act": object()}, "a case cannot say a object"),
        ({1: "x"}, "is no text"),
        ({"act": "export", "shipment": {"to": "Atlantis"}}, "is not a country"),
        ("no-such-file.yaml", "cannot be read"),
    ],
)
def test_what_is_wrong_is_told(desk: Desk, case: Any, told: str) -> None:
    with pytest.raises(CaseError, match=told):
        desk.check(case, on="2025-05-05")
    with pytest.raises(CaseError, match="on:"):
        desk.check({"act": "export"}, on="today")


def test_a_case_nested_without_end(desk: Desk) -> None:
    endless: dict[str, Any] = {}
    endless["shipment"] = endless
    with pytest.raises(CaseError, match="too deeply"):
        desk.check(endless, on="2025-05-05")


def test_rows_of_every_kind_of_table(desk: Desk) -> None:
    whole = desk.batch(ROWS, COLUMNS)
    outcomes = [row["outcome"] for row in whole]
    assert [outcome is None for outcome in outcomes] == [False, False, False, True, True]
    assert ["date" in row["problem"] or "day" in row["problem"] for row in whole][3]
    assert "not a country" in whole[4]["problem"]
    frame = desk.batch(pd.DataFrame(ROWS, index=[9, 8, 7, 6, 5]), COLUMNS)
    assert list(frame.index) == [9, 8, 7, 6, 5]
    assert [None if pd.isna(each) else each for each in frame["outcome"]] == outcomes
    assert str(frame["exit_code"].dtype) == "Int64"
    assert desk.batch(pl.DataFrame(ROWS), COLUMNS)["outcome"].to_list() == outcomes
    table = pa.Table.from_pylist(ROWS)
    assert desk.batch(table, COLUMNS).to_pylist() == whole
    relation = desk.batch(duckdb.from_arrow(table), COLUMNS)
    assert [row[0] for row in relation.fetchall()] == outcomes
    listed = pa.table({"words": [["DE", "FR"], [], None], "number": [1.5, None, 2.0]})
    for given in (listed, listed.to_pandas(), pl.from_arrow(listed), duckdb.from_arrow(listed)):
        assert [*rows_of(given)[1]] == [("DE; FR", "1.5"), ("", ""), ("", "2.0")]
    assert desk.batch(ROWS, COLUMNS, on="2024-09-07")[3]["outcome"] == "unknown"


def test_what_is_no_table(desk: Desk) -> None:
    for wrong in (42, "orders.csv", [1, 2]):
        with pytest.raises(CaseError, match=r"no table|have to be mappings"):
            desk.batch(wrong, COLUMNS)
    with pytest.raises(CaseError, match="no column"):
        desk.batch([{"a": 1}], COLUMNS)


def test_a_row_is_what_a_check_says(desk: Desk, checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = desk.batch(ROWS, COLUMNS)
    monkeypatch.setattr(orders.work, "MANY", 0)
    assert desk.batch(ROWS, COLUMNS) == alone


def test_the_way_in() -> None:
    desk = licet.open(lists=False, law_age=30)
    assert desk.law_age == timedelta(days=30)
    assert desk.check({"act": "export"}, on="2025-05-05").outcome == "unknown"


def test_the_notebook_among_the_examples() -> None:
    cells = json.loads((FOLDER / "library.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    assert names["decision"]._repr_html_().startswith("<iframe")
    assert [bool(answer["problem"]) for answer in names["answers"]] == [False, False, True]
    assert Path(FOLDER / "library.ipynb").read_text(encoding="utf-8").count('"outputs": []') == 4
