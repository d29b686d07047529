"""`licet batch --engine spark`: on Spark itself, with two workers, it gives what is given here."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from licet.cli.app import build
from licet.services.orders import spark_run
from licet.services.orders.spark import Told
from tests.services.orders_book import MAP, book

pytest.importorskip("pyspark", reason="an extra: pip install 'licet[spark]'")
HERE = ("--engine", "here", "--jobs", "1")
SPARK = ("--engine", "spark")
SET_UP = "--master local[2] --driver-memory 1g --conf spark.ui.enabled=false --conf spark.log.level=ERROR pyspark-shell"


@pytest.fixture(autouse=True)
def _set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", SET_UP)


def batch(*words: str) -> Any:
    result = CliRunner().invoke(build("batch"), ["batch", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def rows(path: Path) -> list[tuple[Any, ...]]:
    return duckdb.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()


def lines(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


@pytest.fixture
def joined(tmp_path: Path) -> Path:
    """A book of 40 lines with a second table, a line too long, an empty one, and days that cannot be read."""
    table = book(tmp_path, 40)
    text = table.read_text(encoding="utf-8").splitlines()
    lines = [f"{text[0]},maker", *(f"{line},M{n % 3}" for n, line in enumerate(text[1:]))]
    lines[5] += ",more"
    lines[9] = "," * lines[0].count(",")
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "makers.csv").write_text("maker,home\nM0,NL\nM1,DE\n")
    told = MAP.replace("facts: {", "facts: {item.origin: home, ")
    Path(f"{table}.map.yaml").write_text(f"{told}join: [{{table: makers.csv, on: maker}}]\n", encoding="utf-8")
    return table


def test_the_same_as_here(joined: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here.parquet", tmp_path / "there.parquet"
    assert batch(str(joined), "-o", str(here), *HERE).exit_code == 1
    shown = batch(str(joined), "-o", str(there), *SPARK)
    assert shown.exit_code == 1, shown.stderr
    assert rows(there) == rows(here)
    assert len(rows(here)) > 10
    lost = lines(tmp_path / "there.rejected.csv")
    assert lost == lines(tmp_path / "here.rejected.csv")
    assert {"cells, the header", "no day", "no row with maker"} <= {
        part for part in ("cells, the header", "no day", "no row with maker") for each in lost if part in each["reason"]
    }
    assert "39 lines" in shown.stdout  # one has nothing in it
    assert not [path.name for path in tmp_path.iterdir() if path.name.endswith(".parts")]


def test_a_folder_of_parquet_files_is_numbered_through(joined: Path, tmp_path: Path) -> None:
    folder, whole = tmp_path / "lake", tmp_path / "whole.parquet"
    folder.mkdir()
    every = f"SELECT * FROM read_csv('{joined}', all_varchar = true, ignore_errors = true)"
    duckdb.execute(f"COPY ({every}) TO '{whole}' (FORMAT parquet)")
    for number, part in enumerate(("LIMIT 17", "OFFSET 17")):
        duckdb.execute(f"COPY ({every} {part}) TO '{folder}/{number}.parquet' (FORMAT parquet)")
    told, here = f"{joined}.map.yaml", tmp_path / "here.csv"
    assert batch(str(whole), "--map", told, "-o", str(here), *HERE).exit_code == 1
    kept = tmp_path / "kept"
    shown = batch(str(folder), "--map", told, "-o", f"{kept}/", *SPARK)
    assert shown.exit_code == 1
    told_of = "SELECT row::VARCHAR, line, {} FROM read_parquet('{}/set_apart={}/*.parquet') ORDER BY row"
    found = duckdb.execute(told_of.format("outcome", kept, "false")).fetchall()
    assert found == [(row["row"], row["line"], row["outcome"]) for row in lines(here)]
    found = duckdb.execute(told_of.format("problem", kept, "true")).fetchall()
    assert found == [(row["row"], row["line"], row["reason"]) for row in lines(tmp_path / "here.rejected.csv")]
    assert f"Written to {kept}/" in shown.stdout
    assert "is there already" in batch(str(folder), "--map", told, "-o", f"{kept}/", *SPARK).stderr


def test_without_java_it_says_what_to_install(joined: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    shown = batch(str(joined), "-o", str(tmp_path / "out.csv"), *SPARK)
    assert shown.exit_code == 2
    assert "openjdk-17" in shown.stderr


def test_another_law_on_a_worker_is_refused(joined: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_run, "Told", lambda **said: Told(**{**said, "law": "0" * 64}))
    shown = batch(str(joined), "-o", str(tmp_path / "out.csv"), *SPARK)
    assert shown.exit_code == 2
    assert "holds the law" in shown.stderr
