"""Bringing the lists up to date from their publishers: each on its own, so that one that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from licet.facts.errors import CaseError, LicetError, Problem, nearest
from licet.parties.store.catalogue import Publication, Remote
from licet.parties.store.model import Load, Received
from licet.parties.store.store import ListStore
from licet.services.lists import Inbound, Reading, Report, bring, incoming
from licet.services.lists_fetch import Fetched, Fetcher, Progress, Wanted

Started = Callable[[Remote], Progress]


@dataclass(frozen=True, slots=True)
class Syncing:
    """What a run needs: the store, the fetcher, a clock, and what to call as a file begins (gives its progress)."""

    store: ListStore
    fetcher: Fetcher
    now: Callable[[], datetime]
    started: Started
    reading: Reading


def chosen(store: ListStore, names: Sequence[str]) -> list[Publication]:
    """Publications by their ids, or by those of lists they carry; all of them without names. Raises LicetError."""
    known = store.catalogue.publications
    if not names:
        return list(known.values())
    found: dict[str, Publication] = {}
    for name in names:
        fits = [known[name]] if name in known else list(store.catalogue.carriers(name))
        if not fits:
            lists = {carried.id for one in known.values() for carried in one.lists}
            hint = nearest(name, [*known, *lists]) or f"publications: {', '.join(known)}"
            raise CaseError.one("E_NO_LIST", f"{name!r:.60} is no publication and no list known here", hint=hint)
        found.update((one.id, one) for one in fits)
    return list(found.values())


def sync(syncing: Syncing, publications: Iterable[Publication], named: bool) -> Iterable[Report]:
    """Bring each publication up to date, reporting one after the other.

    `named`: the user asked for just these, so one that is not published for machines is a failure.
    """
    for one in publications:
        if one.files:
            yield _guarded(syncing, one)
        else:
            problem = Problem("E_NOT_PUBLISHED", "no file for machines is published", hint="use `licet lists add FILE`")
            yield Report(one.id, "failed" if named else "skipped", problems=(problem,), notes=(one.note,))


def _guarded(syncing: Syncing, one: Publication) -> Report:
    try:
        with incoming(syncing.store) as folder:
            return _sync(syncing, one, folder)
    except LicetError as error:
        return Report(one.id, "failed", problems=error.problems)


def _sync(syncing: Syncing, one: Publication, folder: Path) -> Report:
    last = _last(syncing.store, one)
    fetched = [_fetch(syncing, one, remote, folder, last) for remote in one.files]
    if last is not None and all(got.file is None for got in fetched):
        syncing.store.confirm(last.id, syncing.now())
        return Report(one.id, "unchanged", last)
    if any(got.file is None for got in fetched):  # one of several has changed: all of them, so that they fit
        fetched = [_fetch(syncing, one, remote, folder, None) for remote in one.files]
    files = tuple(got.file for got in fetched if got.file is not None)
    published = max((got.published for got in fetched if got.published), default=None)
    paths = tuple(folder / file.name for file in files)
    inbound = Inbound(one.id, files, paths, syncing.now(), one, published)
    report = bring(syncing.store, inbound, syncing.reading)
    notes = tuple(dict.fromkeys(note for got in fetched for note in got.notes))
    return Report(report.name, report.status, report.load, report.problems, (*report.notes, *notes))


def _fetch(syncing: Syncing, one: Publication, remote: Remote, folder: Path, last: Load | None) -> Fetched:
    wanted = Wanted(remote.url, folder / remote.name, one.hosts, one.agent, _have(last, remote))
    return syncing.fetcher.fetch(wanted, syncing.started(remote))


def _last(store: ListStore, one: Publication) -> Load | None:
    """The latest edition, if it came from these addresses and lies here whole: only then will "not changed" do."""
    series = store.manifest.series(one.id)
    if not series or any(_have(series[-1], remote) is None for remote in one.files):
        return None
    return series[-1] if store.whole(series[-1]) else None


def _have(load: Load | None, remote: Remote) -> Received | None:
    """The file as it came from this address."""
    return next((file for file in load.files if file.url == remote.url), None) if load else None
