"""Runs over an order book that end in the middle: what is left is taken up, or cleared away, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from licet.facts.replacing import UNNAMED
from licet.services.check import Checker
from licet.services.orders import run as runs
from tests.services.orders_book import book, decide, wanted, whole

REJECTED = "out.rejected.csv"


def _results(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text(encoding="utf-8") for name in ("out.csv", REJECTED)}


@pytest.mark.parametrize("after", [1, 3, 4])
def test_a_run_that_ends_while_it_clears_its_folder_loses_nothing(
    checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Cut short after so many files of it are gone: each has its turn, whatever order the folder gives them in."""
    table = book(tmp_path, 12)
    whole(checker, wanted(table, tmp_path / "out.csv", part=3))
    expected = _results(tmp_path)
    assert len(expected[REJECTED].splitlines()) == 3
    finished = decide(checker, wanted(table, tmp_path / "out.csv", part=3))
    unlink, gone = Path.unlink, 0

    def counted(self: Path, missing_ok: bool = False) -> None:
        nonlocal gone
        if self.parent == finished.folder:
            if gone == after:
                raise KeyboardInterrupt
            gone += 1
        unlink(self, missing_ok)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "unlink", counted)
        runs.deliver(finished, tmp_path / "out.csv", "csv")
    whole(checker, wanted(table, tmp_path / "out.csv", part=3))
    assert _results(tmp_path) == expected
    assert not finished.folder.exists()


WRITER = """
import sys
from pathlib import Path
from licet.batch.tables_joined import write_joined
from licet.batch.tables_write import Column
rows = range(2_000_000)
print("now", flush=True)
columns = [Column("row", "BIGINT"), Column("text")]
write_joined(Path(sys.argv[1]), columns, {"row": rows}, [n % 7 for n in rows], [[str(n)] for n in range(7)])
"""


@pytest.mark.parametrize("wait", [0.5, 0.9, 1.3])
def test_what_is_killed_while_it_writes_leaves_only_files_without_a_name(tmp_path: Path, wait: float) -> None:
    """DuckDB would write into a file of its own beside the one it is given, and leave that."""
    words: Any = [sys.executable, "-c", WRITER, str(tmp_path / "out.parquet")]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        end = time.monotonic() + wait
        while process.poll() is None and time.monotonic() < end:
            names = {path.name for path in tmp_path.iterdir()}
            assert all(name.startswith(UNNAMED) or name == "out.parquet" for name in names), names
            time.sleep(0.002)
        process.kill()
    assert all(path.name.startswith(UNNAMED) or path.name == "out.parquet" for path in tmp_path.iterdir())
