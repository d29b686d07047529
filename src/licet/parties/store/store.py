"""The store of lists: every edition ever loaded, and each list as it stood on a day.

manifest.json   what is there and what is in use, replaced in one step
entries/        one file per state of a list, named by its hash
files/          the files as received, named by their hash
steps/          what editions tell of days before them, made again where it is missing
refused/        files that were not taken, with the reasons
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

from licet.facts.errors import LicetError
from licet.parties.entry import Entry
from licet.parties.store import disk
from licet.parties.store.asof import Ground, ground, leavings, snapshot_of, stand
from licet.parties.store.catalogue import Catalogue
from licet.parties.store.catalogue import catalogue as shipped
from licet.parties.store.dated import Dated
from licet.parties.store.delta import Delta, Step, compare, decode_step, encode_step, step_of
from licet.parties.store.manifest import Manifest, read_manifest, write_manifest
from licet.parties.store.model import Leaving, ListState, Load, Loaded
from licet.parties.store.rows import decode, lines_of, read_head
from licet.parties.store.state import state_of

MOST_READ = 48  # states of lists whose entries stay in memory


class ListStore:
    """All snapshots under one folder; `licet.services.lists.open_store()` gives the one in use.

    `known` is a time with a zone: only what had been loaded by then counts; None counts everything. Whatever reads
    snapshots raises LicetError where one is missing or damaged; nothing is skipped.
    """

    def __init__(self, root: Path, catalogue: Catalogue | None = None) -> None:
        self.root = root
        self.catalogue = shipped() if catalogue is None else catalogue
        self.manifest: Manifest = read_manifest(self.manifest_path)
        self.read: dict[str, Dated] = {}

    @property
    def manifest_path(self) -> Path:
        """The file that says what is in the store."""
        return self.root / "manifest.json"

    def lists(self, known: datetime | None = None) -> tuple[str, ...]:
        """The ids of all lists loaded by then, sorted."""
        return self.manifest.lists(known)

    def history(self, list_id: str) -> tuple[Load, ...]:
        """All loads that carry a list, the oldest edition first."""
        return self.manifest.editions(list_id)

    def ground(self, list_id: str, on: date | None = None, known: datetime | None = None) -> Ground | None:
        """The edition that a list rests on for a day; None where nothing was loaded by then."""
        return ground(self.manifest.editions(list_id, known), list_id, on, known, self.catalogue)

    def on(self, list_id: str, on: date | None = None, known: datetime | None = None) -> Loaded | None:
        """A list as it stood on a day (without one: all of the latest edition); None where nothing was loaded by then.

        `on` picks the latest edition issued by that day and the entries' own dates then decide; see `asof`.
        """
        found = self.ground(list_id, on, known)
        return None if found is None else stand(found, on, self.dated, self.step)

    def state(self, on: date | None, known: datetime | None, today: date) -> list[ListState]:
        """Edition, age and staleness of each list for a screen on a day (None: today), by list id. Reads no entries."""
        found = (self.ground(list_id, on, known) for list_id in self.lists(known))
        return [state_of(one, on, known, today, self.catalogue) for one in found if one is not None]

    def snapshot_id(self, on: date | None = None, known: datetime | None = None) -> str:
        """A SHA-256 over all states of lists that a screen on a day rests on, with the days of their editions."""
        digest = hashlib.sha256()
        for list_id in self.lists(known):
            found = self.ground(list_id, on, known)
            if found is not None:
                used = (found.base, *(found.later if on is not None else ()))
                states = " ".join(f"{load.day}:{snapshot_of(load, list_id).hash}" for load in used)
                digest.update(f"{list_id} {states}\n".encode())
        return digest.hexdigest()

    def removals(self, list_id: str, known: datetime | None = None) -> tuple[Leaving, ...]:
        """Entries that left between two editions of the publication in use, in the order in which they left."""
        found = self.ground(list_id, None, known)
        if found is None:
            return ()
        series = [load for load in self.manifest.editions(list_id, known) if load.publication == found.base.publication]
        return tuple(one for old, new in pairwise(series) for one in leavings(self._step(list_id, old, new), old, new))

    def _step(self, list_id: str, old: Load, new: Load) -> Step:
        return self.step(list_id, snapshot_of(old, list_id).hash, snapshot_of(new, list_id).hash)

    def difference(self, list_id: str, old: Load, new: Load) -> Delta:
        """What changed in a list between two editions."""
        return self._compare(list_id, snapshot_of(old, list_id).hash, snapshot_of(new, list_id).hash)

    def rows(self, list_id: str, digest: str) -> tuple[Entry, ...]:
        """The entries of a state of a list."""
        return self.dated(list_id, digest).entries

    def dated(self, list_id: str, digest: str) -> Dated:
        """The same with their days; those read last stay in memory, since one screen asks more than once."""
        if digest not in self.read:
            data = self._entries(list_id, digest)
            try:
                entries = decode(data)
            except (ValueError, TypeError, IndexError) as bad:
                raise disk.damaged(disk.packed(self.entries_folder, digest), f"it cannot be read: {bad}") from None
            if len(self.read) >= MOST_READ:
                self.read.pop(next(iter(self.read)))
            self.read[digest] = Dated(entries)
        return self.read[digest]

    def step(self, list_id: str, old: str, new: str) -> Step:
        """What a state of a list tells of days before it, against the state before; kept, so that it is read fast."""
        path = self._step_path(list_id, old, new)
        with contextlib.suppress(OSError, ValueError, TypeError):
            head, _, body = path.read_bytes().partition(b"\n")
            if head == hashlib.sha256(body).hexdigest().encode():
                return decode_step(list_id, body)
        return step_of(self._compare(list_id, old, new))

    def _compare(self, list_id: str, old: str, new: str) -> Delta:
        """What changed between two states; the step between them is kept where it can be."""
        if old == new:
            return Delta()
        delta = compare(list_id, lines_of(self._entries(list_id, old)), lines_of(self._entries(list_id, new)))
        body, path = encode_step(step_of(delta)), self._step_path(list_id, old, new)
        with contextlib.suppress(LicetError):
            disk.make_folder(path.parent)
            disk.write(path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        return delta

    def _step_path(self, list_id: str, old: str, new: str) -> Path:
        return self.steps_folder / f"{list_id}-{old[:32]}-{new[:32]}"

    @property
    def steps_folder(self) -> Path:
        """Where steps between states lie."""
        return self.root / "steps"

    @property
    def entries_folder(self) -> Path:
        """Where the states of lists lie."""
        return self.root / "entries"

    @property
    def files_folder(self) -> Path:
        """Where the files as received lie."""
        return self.root / "files"

    def _entries(self, list_id: str, digest: str) -> bytes:
        data = disk.read_kept(self.entries_folder, digest)
        try:
            found = read_head(data.partition(b"\n")[0])[0]
        except ValueError:
            found = ""
        if found != list_id:
            raise disk.damaged(disk.packed(self.entries_folder, digest), f"it holds no entries of {list_id}")
        return data

    def confirm(self, load_id: str, at: datetime) -> None:
        """Note that the publisher served just this edition at a time."""
        with disk.locked(self.root / "lock"):
            self.manifest = read_manifest(self.manifest_path)
            self.note_served(load_id, at)

    def note_served(self, load_id: str, at: datetime) -> None:
        """The same, under a lock that is held. Of each day the first time is kept, so no earlier answer changes."""
        loads = tuple(_confirmed(load, at) if load.id == load_id else load for load in self.manifest.loads)
        if loads != self.manifest.loads:
            self.replace_manifest(Manifest(loads))

    def whole(self, load: Load) -> bool:
        """Whether all states of lists of a load lie here undamaged."""
        return all(disk.intact(self.entries_folder, one.hash) for one in load.snapshots)

    def replace_manifest(self, manifest: Manifest) -> None:
        """Put a new manifest in place. Only under the lock."""
        write_manifest(self.manifest_path, manifest)
        self.manifest = manifest


def _confirmed(load: Load, at: datetime) -> Load:
    days = {time.astimezone(UTC).date() for time in load.confirmed}
    if at.astimezone(UTC).date() in days:
        return load
    return replace(load, confirmed=tuple(sorted((*load.confirmed, at))))
