"""Taking an edition into the store: checked against the one before, written first, then named in the manifest.

A load that is refused changes nothing: its files are kept aside with the reasons, and the last good edition stays in
use. A program stopped at any point leaves the manifest as it was or as it will be.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from licet.facts.errors import Problem
from licet.parties.entry import Edition
from licet.parties.store import disk
from licet.parties.store.catalogue import Publication
from licet.parties.store.checks import WAIVABLE, Arrived, check, may_vanish
from licet.parties.store.manifest import Manifest, edition_order, read_manifest
from licet.parties.store.model import Load, Received, Snapshot
from licet.parties.store.rows import encode
from licet.parties.store.store import ListStore

REFUSED_KEPT = 20


@dataclass(frozen=True, slots=True)
class Arrival:
    """Files as received, lying in a folder of ours, and what a reader found in them.

    `paths` go with `files`. `published` is the publisher's day where the files give none. `served`: they come from
    the publisher just now, so this is the latest edition there is. `lacking` are reasons to refuse it that only
    a person can waive.
    """

    files: tuple[Received, ...]
    paths: tuple[Path, ...]
    editions: Mapping[str, Edition]
    publication: Publication | None
    at: datetime
    published: date | None = None
    served: bool = False
    lacking: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a load: taken, refused, or the same edition as one already here.

    `load` is the edition in the store (None where refused); `newest` whether it is the latest of its publication.
    """

    load: Load | None
    refused: tuple[Problem, ...] = ()
    same: bool = False
    newest: bool = True


def take(store: ListStore, arrival: Arrival, accept_shrink: bool = False) -> Outcome:
    """Load an edition. Raises LicetError where the store cannot be written, or another program holds it."""
    with disk.locked(store.root / "lock"):
        disk.clear_leftovers(store.root, store.entries_folder, store.files_folder, store.steps_folder)
        store.manifest = read_manifest(store.manifest_path)
        return _take(store, arrival, accept_shrink)


def set_aside(store: ListStore, arrival: Arrival, problems: Sequence[Problem]) -> Path:
    """Keep refused files with the reasons; the oldest beyond a number are forgotten. Raises LicetError."""
    folder = store.root / "refused"
    kept = folder / _id(arrival)
    disk.make_folder(kept)
    for file, path in zip(arrival.files, arrival.paths, strict=True):
        disk.keep_file(kept, path, file.sha256)
    reason = {
        "at": arrival.at.isoformat(),
        "publication": _publication(arrival),
        "files": [{"name": file.name, "sha256": file.sha256, "url": file.url} for file in arrival.files],
        "problems": [{"code": one.code, "message": one.message, "hint": one.hint} for one in problems],
    }
    disk.write(kept / "reason.json", json.dumps(reason, ensure_ascii=False, indent=2).encode())
    for old in sorted(path for path in folder.iterdir() if path.is_dir())[:-REFUSED_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return kept


def _take(store: ListStore, arrival: Arrival, accept_shrink: bool) -> Outcome:
    load, states = _made(arrival)
    series = store.manifest.series(load.publication)
    same = _same(series, load)
    if same is not None:
        _keep(store, arrival, states)  # again: what may have been damaged since is whole now
        newest = same is series[-1]
        if arrival.served and newest:
            store.note_served(same.id, arrival.at)
        return Outcome(same, same=True, newest=newest)
    before = next((one for one in reversed(series) if edition_order(one) <= edition_order(load)), None)
    arrived = Arrived(arrival.editions, arrival.publication, arrival.at, load.published)
    problems = [*arrival.lacking, *check(arrived, before, store.catalogue)]
    if any(one.code not in WAIVABLE for one in problems) or (problems and not accept_shrink):
        set_aside(store, arrival, problems)
        return Outcome(None, tuple(problems))
    load = replace(load, accepted=tuple(str(one) for one in problems))
    load = _with_vanished(store, load, before, arrival, bool(problems))
    _keep(store, arrival, [*states, *(encode(one.list, ()) for one in load.snapshots if not one.entries)])
    load = _counted(store, load, before)
    newest = not series or edition_order(series[-1]) <= edition_order(load)
    if arrival.served and newest:
        load = replace(load, confirmed=(arrival.at,))
    store.replace_manifest(Manifest((*store.manifest.loads, load)))
    return Outcome(load, newest=newest)


def _made(arrival: Arrival) -> tuple[Load, list[bytes]]:
    """The load, not yet counted against another, and the states of its lists as bytes."""
    snapshots, states = [], []
    for list_id, edition in sorted(arrival.editions.items()):
        data = encode(list_id, edition.entries)
        names = sum(len(entry.names) for entry in edition.entries)
        digest = hashlib.sha256(data).hexdigest()
        snapshots.append(Snapshot(list_id, digest, len(edition.entries), names, skipped=dict(edition.skipped)))
        states.append(data)
    load = Load(
        id=_id(arrival),
        publication=_publication(arrival),
        at=arrival.at,
        published=_day(arrival),
        format=next((edition.format for edition in arrival.editions.values()), ""),
        files=arrival.files,
        snapshots=tuple(snapshots),
    )
    return load, states


def _id(arrival: Arrival) -> str:
    content = " ".join(sorted(file.sha256 for file in arrival.files))
    return f"{arrival.at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def _publication(arrival: Arrival) -> str:
    """What the editions of a file follow each other as: its publication, else its format with its lists."""
    if arrival.publication is not None:
        return arrival.publication.id
    form = next((edition.format for edition in arrival.editions.values()), "file")
    return f"file/{form}/{'+'.join(sorted(arrival.editions))}"


def _day(arrival: Arrival) -> date | None:
    """The publisher's day: of the files, where they differ the earlier one; else as told."""
    days = [edition.published for edition in arrival.editions.values() if edition.published]
    return min(days) if days else arrival.published


def _same(series: Sequence[Load], load: Load) -> Load | None:
    """The latest load of the same day with the same states, if no other of that day came after it."""
    of_day = [one for one in series if one.published == load.published]
    return of_day[-1] if of_day and _states(of_day[-1]) == _states(load) else None


def _states(load: Load) -> dict[str, str]:
    return {one.list: one.hash for one in load.snapshots if one.entries}


def _keep(store: ListStore, arrival: Arrival, states: Sequence[bytes]) -> None:
    for data in states:
        disk.keep(store.entries_folder, data)
    for file, path in zip(arrival.files, arrival.paths, strict=True):
        disk.keep_file(store.files_folder, path, file.sha256)


def _with_vanished(store: ListStore, load: Load, before: Load | None, arrival: Arrival, accepted: bool) -> Load:
    """The load with lists of the edition before that may be empty, or whose absence a person has accepted."""
    empty = [
        Snapshot(was.list, hashlib.sha256(encode(was.list, ())).hexdigest(), 0, 0)
        for was in (before.snapshots if before else ())
        if load.of(was.list) is None and (accepted or may_vanish(was.list, arrival.publication, store.catalogue))
    ]
    return replace(load, snapshots=(*load.snapshots, *empty))


def _counted(store: ListStore, load: Load, before: Load | None) -> Load:
    """The load with what was added, changed and removed since the edition before."""
    if before is None:
        return load
    counted = []
    for one in load.snapshots:
        if before.of(one.list) is not None:
            added, changed, removed = store.difference(one.list, before, load).counts
            one = replace(one, added=added, changed=changed, removed=removed)  # noqa: PLW2901
        counted.append(one)
    return replace(load, snapshots=tuple(counted))
