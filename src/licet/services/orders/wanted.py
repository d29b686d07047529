"""What is to be done with an order book, and where the files of it lie."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from licet.services.check import Options

PART = 250_000  # lines
SMALL = 2 << 20  # bytes of a table that one process reads as soon as several


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done: the table, its map, where the result goes, and how."""

    table: Path
    map: Path
    out: Path
    options: Options
    encoding: str = ""
    sheet: str = ""
    workers: int = 1
    lists: bool = False
    snapshot: str = ""  # of the lists
    fresh: bool = False
    part: int = PART

    @property
    def processes(self) -> int:
        """Processes beside this one, which decide; none where this one does it alone."""
        return self.workers if self.workers > 1 else 0


def workers_for(asked: int, size: int, cores: int) -> int:
    """How many processes: as asked, else one for each core, and one alone for a small table (of `size` bytes)."""
    return asked or (1 if size < SMALL else cores)


def digest(path: Path) -> str:
    """What tells whether a file, or what a folder holds, is still the same."""
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file())
        told = "".join(f"{file.relative_to(path)} {digest(file)}\n" for file in files)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def parts_of(out: Path) -> Path:
    """The folder for the parts of a result that is not finished."""
    return out.with_name(f"{out.name}.parts")


def written(out: Path) -> tuple[Path, ...]:
    """All files that a run may write."""
    return out, rejects_of(out), receipt(out)


def rejects_of(out: Path) -> Path:
    """The table of lines that could not be decided, beside a result."""
    return out.with_name(f"{out.stem}.rejected.csv")


def receipt(out: Path) -> Path:
    """The file beside a result that says what it was made from."""
    return out.with_name(f"{out.name}.made-from.json")
