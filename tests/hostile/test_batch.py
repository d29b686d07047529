"""Order books under attack: killed runs, damaged and foreign files, a full disk, tables of every bad kind."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from licet.facts.errors import LicetError
from licet.facts.replacing import UNNAMED
from licet.services.check import Checker, Options
from licet.services.orders import run as runs
from licet.services.orders.decide import Decisions
from licet.services.orders.run import MANIFEST
from tests.services.orders_book import HEADER, MAP, book, decide, wanted, whole

_kept: dict[Options, Decisions] = {}


@pytest.fixture(autouse=True)
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read of the law for an order book is read once for all tests."""

    def kept(checker: Checker, options: Options) -> Decisions:
        if options not in _kept:
            _kept[options] = Decisions(checker, options)
        return _kept[options]

    monkeypatch.setattr("licet.services.orders.together.Decisions", kept)


def test_a_killed_run_goes_on_and_gives_the_same(tmp_path: Path) -> None:
    """Three kills here; `python -m benchmarks.kill_batch` kills a hundred times."""
    words = [sys.executable, "-m", "benchmarks.kill_batch", "3", "5", "7"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    assert "all as undisturbed" in done.stdout


def test_finished_parts_are_used_again_and_no_line_is_lost(checker: Checker, tmp_path: Path) -> None:
    table = book(tmp_path)
    whole(checker, wanted(table, tmp_path / "undisturbed.csv"))
    what = wanted(table, tmp_path / "out.csv")
    folder = decide(checker, what).folder
    parts = sorted(folder.glob("part-*.parquet"))
    assert len(parts) == 5
    parts[1].unlink()
    again = whole(checker, what)
    assert again.progress.resumed == 7
    assert what.out.read_bytes() == (tmp_path / "undisturbed.csv").read_bytes()
    assert not folder.exists()


@pytest.mark.parametrize("changed", ["table", "map", "day", "age", "law", "joined", "size"])
def test_parts_of_another_input_are_not_used(checker: Checker, tmp_path: Path, changed: str) -> None:
    table = book(tmp_path, 3)
    (tmp_path / "more.csv").write_text("no,weight\nL0,1\nL1,2\nL2,3\n")
    map_file = Path(f"{table}.map.yaml")
    map_file.write_text(f"{MAP}join: [{{table: more.csv, on: no}}]\n")
    what = wanted(table, tmp_path / "out.csv")
    decide(checker, what)
    match changed:
        case "table":
            table.write_text(table.read_text().replace("thing 1", "thing 7"))
        case "map":
            map_file.write_text(f"{map_file.read_text()}# another\n")
        case "day":
            what = replace(what, options=Options(on=date(2024, 5, 5)))
        case "age":
            what = replace(what, options=replace(what.options, law_age=date(2024, 1, 9) - date(2024, 1, 1)))
        case "joined":
            (tmp_path / "more.csv").write_text("no,weight\nL0,1\nL1,2\nL2,4\n")
        case "size":
            what = replace(what, part=3)
    if changed == "law":
        kept = tmp_path / "out.csv.parts" / MANIFEST
        kept.write_text(kept.read_text().replace(checker.law.hash, "another"))
    assert decide(checker, what).progress.resumed == 0


def test_a_day_asked_for_holds_for_all_lines(checker: Checker, tmp_path: Path) -> None:
    table = book(tmp_path, 5)
    finished = whole(checker, wanted(table, tmp_path / "out.csv", options=Options(on=date(2025, 5, 5))))
    assert finished.rejected is None
    assert (tmp_path / "out.csv").read_text().count(",2025-05-05,") == 5


def test_a_folder_of_somebody_else_is_refused_and_stays(checker: Checker, tmp_path: Path) -> None:
    table = book(tmp_path, 2)
    folder = tmp_path / "out.csv.parts"
    folder.mkdir()
    for name, text in (("letter.txt", "dear"), (MANIFEST, '{"name": "mine"}'), (MANIFEST, "[]")):
        (folder / name).write_text(text)
        for fresh in (False, True):
            with pytest.raises(LicetError, match="something else"):
                decide(checker, wanted(table, tmp_path / "out.csv", fresh=fresh))
        assert (folder / name).read_text() == text
        (folder / name).unlink()
    folder.rmdir()
    folder.write_text("a file")
    with pytest.raises(LicetError, match="cannot be used"):
        decide(checker, wanted(table, tmp_path / "out.csv"))


def test_what_somebody_puts_among_the_parts_stays(checker: Checker, tmp_path: Path) -> None:
    what = wanted(book(tmp_path, 2), tmp_path / "out.csv")
    folder = decide(checker, what).folder
    (folder / "letter.txt").write_text("dear")
    whole(checker, what)
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_run_killed_before_it_said_anything_is_begun_anew(checker: Checker, tmp_path: Path) -> None:
    what = wanted(book(tmp_path, 2), tmp_path / "out.csv")
    (tmp_path / "out.csv.parts").mkdir()
    (tmp_path / "out.csv.parts" / ".licet-abc.json").touch()
    whole(checker, what)
    assert what.out.is_file()
    assert not (tmp_path / "out.csv.parts").exists()


@pytest.mark.parametrize("damaged", ["part-0000001.parquet", "part-0000003.rejected.json"])
def test_a_damaged_part_is_told_and_fresh_helps(checker: Checker, tmp_path: Path, damaged: str) -> None:
    what = wanted(book(tmp_path), tmp_path / "out.csv")
    folder = decide(checker, what).folder
    assert (folder / damaged).is_file()
    (folder / damaged).write_bytes(b"PAR1")
    with pytest.raises(LicetError) as refused:
        whole(checker, what)
    assert "--fresh" in refused.value.problems[0].hint
    whole(checker, replace(what, fresh=True))


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_a_full_disk_leaves_what_was_there(
    checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    what = wanted(book(tmp_path, 3), tmp_path / f"out.{form}")
    what.out.write_text("before")
    finished = decide(checker, what)

    def full(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(LicetError, match="No space left"):
            runs.deliver(finished, what.out, form)
    assert what.out.read_text() == "before"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(UNNAMED)]
    whole(checker, what)
    assert what.out.read_bytes() != b"before"


def test_twenty_thousand_lines_of_one_case_are_one_case(checker: Checker, tmp_path: Path) -> None:
    table = book(tmp_path, 1)
    table.write_text(HEADER + "1,2024-03-05,CN,x,yes,7,Firm,1\n" * 20_000)
    began = time.monotonic()
    finished = decide(checker, wanted(table, tmp_path / "out.csv", part=7_000))
    assert finished.progress.lines == 20_000
    assert finished.progress.evaluated <= 1
    assert time.monotonic() - began < 30


def test_many_parties_of_one_line(checker: Checker, tmp_path: Path) -> None:
    table = book(tmp_path, 2)
    party = "{role: [intermediate_consignee], name: who}"
    Path(f"{table}.map.yaml").write_text(MAP.replace("name: who}", "name: who}" + f", {party}" * 150))
    finished = decide(checker, wanted(table, tmp_path / "out.csv"))
    assert finished.progress.lines == 2


def test_random_bytes_in_cells_stop_nothing(checker: Checker, tmp_path: Path) -> None:
    chance = random.Random(5)
    signs = "=+-@;|\"'\0\x07\ud7ff\u202e\U0001f600 1.,/\\yesCN"
    rows = [[("".join(chance.choices(signs, k=4))) for _ in range(8)] for _ in range(40)]
    text = HEADER + "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)
    table = book(tmp_path, 1)
    table.write_text(text, encoding="utf-8", newline="")
    for form in ("csv", "xlsx", "parquet"):
        finished = whole(checker, wanted(table, tmp_path / f"out.{form}", options=Options(on=date(2024, 3, 5))))
        assert finished.progress.lines == 40
