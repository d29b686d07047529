"""A file that cannot grow, as on a disk that is full: the operating system itself refuses to write."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from licet.batch.parts import Parts
from licet.batch.tables_joined import write_joined
from licet.batch.tables_write import Column, write_table
from licet.facts.errors import LicetError

COLUMNS = [Column("a", "BIGINT"), Column("b")]
ROWS = 2_000
WAYS = ("csv", "parquet", "xlsx", "join", "joined")
LIMITS = (1_000, 20_000)
# Python takes a module that it could write down in part only for whole the next time.
PLAIN = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}


def ways(folder: Path) -> dict[str, Callable[[], None]]:
    """Every way to write a table, under the names of `WAYS`."""
    chance = random.Random(1)
    rows = [(number, f"{chance.getrandbits(120):030x}") for number in range(ROWS)]
    part = folder / "part.parquet"
    write_table(part, "parquet", COLUMNS, rows)

    def form(name: str) -> Callable[[], None]:
        return lambda: write_table(folder / f"out.{name}", name, COLUMNS, rows)

    return {name: form(name) for name in WAYS[:3]} | {
        "join": lambda: Parts([part]).join(folder / "out.parquet", ["a", "b"]),
        "joined": lambda: write_joined(
            folder / "out.parquet", COLUMNS, {"a": range(ROWS)}, range(ROWS), [[text] for _, text in rows]
        ),
    }


def tried(folder: Path) -> Iterator[tuple[str, int, str, list[str]]]:
    """What is told and what is left for each way, under each limit on the size of a file in bytes."""
    for name, write in ways(folder).items():
        for limit in LIMITS:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            try:
                write()
                told = "written"
            except LicetError as error:
                told = str(error)
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            yield name, limit, told, sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], tuple[str, list[str]]]:
    folder = tmp_path_factory.mktemp("full")
    command = [sys.executable, "-m", __name__, str(folder)]
    run = subprocess.run(command, env=PLAIN, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return {(name, limit): (told, left) for name, limit, told, left in json.loads(run.stdout)}


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("way", WAYS)
def test_nothing_half_written_is_left(
    outcomes: dict[tuple[str, int], tuple[str, list[str]]], way: str, limit: int
) -> None:
    told, left = outcomes[way, limit]
    assert "E_WRITE: the result cannot be written" in told
    assert "make room there and give the same command again, or name another file with -o" in told
    assert left == ["part.parquet"]


def test_a_full_disk_elsewhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("order,sku\n" + "1,a chip\n" * 500, encoding="utf-8")
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "sys.argv = ['licet', 'batch', 'o.csv', '-o', 'r.csv'];"
        "from licet.cli.main import main; main()"
    )
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=tmp_path, env=PLAIN, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("E_DISK: a disk is full: File too large - make room")
    assert [path.name for path in tmp_path.iterdir()] == ["o.csv"]


if __name__ == "__main__":
    print(json.dumps([*tried(Path(sys.argv[1]))]))
