"""Reading a case file from disk or standard input, without reading more than a case may hold."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from licet.facts.errors import CaseError, LicetError, Place, Problem, nearest
from licet.facts.yamltext import MAX_BYTES, Node, decode, read_yaml

STDIN = "-"
_STDIN_NAME = "<stdin>"


@dataclass(frozen=True, slots=True)
class Input:
    """A case as YAML nodes and as text, and the name it is called by in messages."""

    name: str
    node: Node
    text: str

    def placed(self, problem: Problem) -> Problem:
        """A problem that names no place, with the name of the file."""
        return problem if problem.place.file else replace(problem, place=replace(problem.place, file=self.name))


def read_input(name: str) -> Input:
    """The YAML of a file, or of standard input for `-`. Raises CaseError."""
    shown = _STDIN_NAME if name == STDIN else name
    data = _standard_input() if name == STDIN else _file(name)
    text = decode(data, shown)
    return Input(shown, read_yaml(text, shown), text)


def read_text(name: str) -> str:
    """The text of a file, within the limits of a case. Raises CaseError."""
    return decode(_file(name), name)


def _standard_input() -> bytes:
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _file(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES:
                text = f"the file has {status.st_size:,} bytes, the limit is {MAX_BYTES:,}"
                raise CaseError.one("E_TOO_LARGE", text, Place(name), "give one case, not a table of cases")
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from None


def _unreadable(name: str, error: OSError | ValueError) -> LicetError:
    place = Place(name)
    if isinstance(error, FileNotFoundError):
        return CaseError.one("E_NO_FILE", "there is no such file", place, _like(name))
    if isinstance(error, IsADirectoryError):
        return CaseError.one("E_NO_FILE", "this is a folder, not a case", place, "name a file, such as CASE.yaml")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return CaseError.one("E_UNREADABLE", f"the file cannot be read: {reason}", place)


def _like(name: str) -> str:
    """Files beside the missing one that look like it."""
    try:
        folder = Path(name).parent
        return nearest(Path(name).name, [entry.name for entry in folder.iterdir()])
    except OSError:
        return ""
