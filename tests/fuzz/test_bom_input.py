"""Whatever a bill of materials is given: a bill or a LicetError with a stable code, never another exception."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.chain.count import content
from licet.facts.errors import LicetError
from licet.services.bom_files import open_bill
from tests.properties.cases import checker, often

FOLDER = Path(__file__).parents[2] / "examples" / "bom"
SEEDS = {".yaml": (FOLDER / "camera.yaml").read_bytes(), ".csv": (FOLDER / "machine-tool.csv").read_bytes()}
CODE = re.compile(r"[EPL]_[A-Z_]+")
BITS = [b"", b"\x00", b"-", b"9" * 40, b"1e999", b"..", b",", b";", b'"', b"[", b"{", b": ", b"\n", b"unknown", b"0"]
BITS += [b"-5 USD", b"centre", b"id", b"parts", b"parent", b"NaN", b"Infinity", b"\xff", b"&a *a"]


def judged(data: bytes, ending: str, folder: Path) -> None:
    path = folder / f"bill{ending}"
    path.write_bytes(data)
    try:
        bill = open_bill(path, checker().law.dictionary)
    except LicetError as error:
        assert error.problems
        assert all(CODE.fullmatch(problem.code) for problem in error.problems)
        return
    found = content(bill.product, lambda part: part.controlled).percent
    assert found.high is not None
    assert 0 <= found.low <= found.high <= 100


@given(st.data())
@often(60)
def test_a_bill_that_was_changed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.getbasetemp()
    ending = data.draw(st.sampled_from(sorted(SEEDS)))
    text = SEEDS[ending]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 30))
        text = text[:start] + data.draw(st.sampled_from(BITS)) + text[end:]
    judged(text, ending, folder)


@given(st.binary(max_size=200), st.sampled_from([".yaml", ".csv", ".xlsx"]))
@often(60)
def test_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str) -> None:
    judged(data, ending, tmp_path_factory.getbasetemp())
