"""Finished parts of an impact, so that a run that is cut short goes on where it stopped.

A part is finished when its file has its name. Parts that were made from anything else are removed. In the first line
of a part stands a hash over what the run is made from, its number and the rest: one that was changed since, or is of
another run or another place, is made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from licet import __version__
from licet.batch.compare import Moved
from licet.facts.plain import from_plain, to_plain
from licet.facts.replacing import replacing
from licet.services.brief import Brief
from licet.services.check import SEMANTICS, Checker
from licet.services.impact.made import Made
from licet.services.orders.parts import Wrong
from licet.services.orders.run import SCHEMA, begin, clear


@dataclass(frozen=True, slots=True)
class Going:
    """The folder for the parts of a run, and what the run is made from."""

    folder: Path
    made: Made


class Finished(NamedTuple):
    """A finished part: the lines that moved, and those that could not be decided on a side."""

    moved: Moved
    wrong: list[Wrong]


@dataclass(frozen=True, slots=True)
class KeptParts:
    """The finished parts of a `run`, named by what it is made from, in a folder; without one nothing is kept."""

    folder: Path | None
    run: str = ""

    def read(self, number: int) -> Finished | None:
        """A part; None where it is not finished, or cannot be read, so that it has to be made."""
        if self.folder is None:
            return None
        try:
            seal, _, body = self._file(number).read_text(encoding="utf-8").partition("\n")
            return _finished(json.loads(body)) if seal == self._seal(number, body) else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, number: int, moved: Moved, wrong: Sequence[Wrong]) -> None:
        """Keep a part, whole or not at all. Raises CaseError."""
        if self.folder is None:
            return
        said = {
            "lines": moved.lines,
            "value": moved.value,
            "heads": {name: [*column] for name, column in moved.heads.items()},
            "on": [[*days] for days in moved.on],
            "of": moved.of.tolist(),
            "pairs": [[to_plain(answer) for answer in pair] for pair in moved.pairs],
            "wrong": [*wrong],
        }
        with replacing(self._file(number)) as made:
            body = json.dumps(said, ensure_ascii=False)
            made.write_text(f"{self._seal(number, body)}\n{body}", encoding="utf-8")

    def close(self) -> None:
        """Remove what the run needs no more."""
        if self.folder is not None:
            clear(self.folder)

    def _seal(self, number: int, body: str) -> str:
        return hashlib.sha256(f"{self.run}\0{number}\0{body}".encode()).hexdigest()

    def _file(self, number: int) -> Path:
        assert self.folder is not None
        return self.folder / f"part-{number:07d}.json"


NOT_KEPT = KeptParts(None)


def open_parts(
    going: Going | None, sides: Sequence[tuple[str, str]], checkers: Sequence[Checker], size: int
) -> KeptParts:
    """The parts of a run of `size` lines each, over sides by name and day. Raises CaseError."""
    if going is None:
        return NOT_KEPT
    manifest: dict[str, object] = going.made.hashes | {
        "schema": SCHEMA,
        "engine": f"licet {__version__}, semantics {SEMANTICS}",
        "sides": [
            [name, on, checker.law.hash, checker.known.hash]
            for (name, on), checker in zip(sides, checkers, strict=True)
        ],
        "part": size,
    }
    begin(going.folder, manifest, False)
    return KeptParts(going.folder, json.dumps(manifest, sort_keys=True))


def _finished(said: dict[str, Any]) -> Finished:
    """A part as it was kept. Raises ValueError, KeyError or TypeError for anything else."""
    before, after = said["on"]
    pairs = [(from_plain(Brief, first), from_plain(Brief, second)) for first, second in said["pairs"]]
    moved = Moved(
        int(said["lines"]), said["value"], said["heads"], (before, after), np.array(said["of"], np.int64), pairs
    )
    if len(moved.of) != len(before) or (len(moved.of) and int(moved.of.max()) >= len(pairs)):
        raise ValueError("the lines of a part are not those of its answers")
    return Finished(moved, [(int(row), str(name), str(why)) for row, name, why in said["wrong"]])
