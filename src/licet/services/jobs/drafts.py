"""Tables that wait for their map: each in a folder of the caller's own beside the jobs, until it becomes one.

What is left lying is removed with what a stopped server left (`Shelf.sweep`).
"""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from licet.facts.errors import CaseError, LicetError
from licet.parties.store.disk import make_folder
from licet.services.access.caller import Caller
from licet.services.jobs.counter import Found
from licet.services.jobs.given import MAP, MAP_FILE, TABLE
from licet.services.jobs.shelf import Shelf, new_id

MOST = 5  # of a caller; the oldest goes
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A table that was sent, and where it lies."""

    id: str
    folder: Path

    @property
    def table(self) -> Path:
        """The table. Raises CaseError where there is none."""
        found = [path for path in (self.folder / TABLE).glob("*") if path.is_file()]
        if not found:
            raise _gone()
        return found[0]

    @property
    def map(self) -> str:
        """The map as it was last sent; empty before."""
        path = self.folder / MAP / MAP_FILE
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""

    @property
    def joined(self) -> list[str]:
        """The names of the tables that the map may join."""
        found = (self.folder / MAP).glob("*") if (self.folder / MAP).is_dir() else ()
        return sorted(path.name for path in found if path.name != MAP_FILE)


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of one caller."""

    shelf: Shelf
    caller: Caller

    def new(self) -> Draft:
        """An empty one. Raises LicetError."""
        make_folder(self.shelf.root)
        before = sorted(self._all(), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in before[MOST - 1 :]:
            shutil.rmtree(old, ignore_errors=True)
        name = new_id()
        folder = self._folder(name)
        folder.mkdir(mode=0o700)
        return Draft(name, folder)

    def find(self, name: str) -> Draft:
        """A draft. Raises CaseError where it is gone, or is another's."""
        folder = self._folder(name) if _ID.fullmatch(name) else None
        if folder is None or not folder.is_dir():
            raise _gone()
        return Draft(name, folder)

    def of(self, found: Found) -> Draft:
        """A new draft of the table and the map of a job. Raises LicetError."""
        made = self.new()
        for part in (TABLE, MAP):
            shutil.copytree(found.folder / part, made.folder / part)
        return made

    def drop(self, draft: Draft) -> None:
        """Remove one."""
        shutil.rmtree(draft.folder, ignore_errors=True)

    def _all(self) -> list[Path]:
        return [*self.shelf.root.glob(f".draft-{self._own}-*")]

    def _folder(self, name: str) -> Path:
        return self.shelf.root / f".draft-{self._own}-{name}"

    @property
    def _own(self) -> str:
        return hashlib.sha256(self.caller.name.encode()).hexdigest()[:16]


def _gone() -> LicetError:
    return CaseError.one("E_NO_JOB", "this table is not here any more", hint="send it again")
