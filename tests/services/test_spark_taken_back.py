"""A result of Spark in a folder whose record could not be kept is not left as if it had been."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="an extra: pip install 'licet[spark]'")

from licet.services.orders.spark_run import take_back


def test_a_folder_here_is_removed(tmp_path: Path) -> None:
    made = tmp_path / "out"
    (made / "set_apart=false").mkdir(parents=True)
    (made / "set_apart=false" / "part.parquet").write_bytes(b"x")
    told = take_back(f"{made}/")
    assert not made.exists()
    assert (told.code, told.message) == ("E_LEDGER", "the result is not handed out, because it is not kept")


def test_one_elsewhere_is_told(tmp_path: Path) -> None:
    told = take_back("s3a://bucket/out/")
    assert (told.message, told.place.file) == ("the result stands here without a record", "s3a://bucket/out/")
    assert told.hint == "remove it, and run again"
