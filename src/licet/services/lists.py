"""The lists in use, and lists added from disk: read, checked like those from the network, and kept."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from licet.facts.errors import CaseError, LicetError, Place, Problem
from licet.parties.entry import Edition
from licet.parties.readers.ofac_csv import FORMAT as OFAC
from licet.parties.readers.ofac_csv import beside
from licet.parties.readers.registry import read_list
from licet.parties.store import disk
from licet.parties.store.catalogue import Catalogue, Publication
from licet.parties.store.load import Arrival, Outcome, set_aside, take
from licet.parties.store.model import Load, Received
from licet.parties.store.store import ListStore
from licet.services.home import home

_LEFT_OVER = 24 * 3600  # seconds after which a folder of a stopped program is nobody's


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: the list they are (where the user says so), format and day, and what the user waives.

    `latest`: the user has looked, and the publisher has nothing newer than this file today.
    """

    list_id: str = ""
    format: str = ""
    published: date | None = None
    skip_unknown: bool = False
    accept_shrink: bool = False
    latest: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one publication or file.

    `status`: loaded, same (the edition was here already), unchanged (the publisher has nothing newer), refused, failed,
    or skipped (nothing is published for machines).
    """

    name: str
    status: str
    load: Load | None = None
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether the lists are now as the publisher or the user wants them."""
        return self.status not in ("refused", "failed")


def open_store(catalogue: Catalogue | None = None) -> ListStore:
    """The store under Licet's own folder. Raises LicetError."""
    own = home()
    if own is None:
        raise CaseError.one("E_NO_HOME", "there is no folder to keep lists in", hint="set LICET_HOME to one")
    return ListStore(own / "lists", catalogue)


def add(store: ListStore, files: Sequence[Path], reading: Reading, now: datetime) -> list[Report]:
    """Load files from disk; those that belong together (OFAC's three) as one. Raises LicetError for a missing file."""
    return [_add(store, group, reading, now) for group in groups(files)]


def groups(files: Sequence[Path]) -> list[list[Path]]:
    """The files as they are read: each with the given ones, or those lying beside it, that are parts of it."""
    given = {path.name: path for path in files}
    parts: set[Path] = set()
    found: dict[Path, list[Path]] = {}
    for path in files:
        if not path.is_file():
            raise CaseError.one("E_NO_FILE", "there is no such file", Place(str(path)))
        names = beside(path.name).values()
        belong = [given.get(name, path.with_name(name)) for name in names]
        found[path] = [part for part in belong if part != path and part.is_file()]
        parts.update(found[path])
    return [[path, *belong] for path, belong in found.items() if path not in parts]


def _add(store: ListStore, group: Sequence[Path], reading: Reading, now: datetime) -> Report:
    with incoming(store) as folder:
        files, paths = [], []
        for path in group:
            copy = folder / path.name
            _copy(path, copy)
            files.append(Received(path.name, *disk.digest_of(copy)))
            paths.append(copy)
        return bring(store, Inbound(group[0].name, tuple(files), tuple(paths), now), reading)


def _copy(path: Path, copy: Path) -> None:
    """Copy a file, so that what is read is what is kept, whoever writes to it meanwhile. Raises LicetError."""
    try:
        given = path.open("rb")
    except OSError as bad:
        raise CaseError.one("E_NO_FILE", f"it cannot be read: {bad.strerror or bad}", Place(str(path))) from None
    with given:
        try:
            with copy.open("wb") as made:
                shutil.copyfileobj(given, made)
        except OSError as bad:
            raise disk.unwritable(copy, bad) from None


@dataclass(frozen=True, slots=True)
class Inbound:
    """Files that lie in our folder, not yet read. `publication` is set where they come from its publisher."""

    name: str
    files: tuple[Received, ...]
    paths: tuple[Path, ...]
    at: datetime
    publication: Publication | None = None
    published: date | None = None


def bring(store: ListStore, inbound: Inbound, reading: Reading) -> Report:
    """Read files and take them into the store, or keep them aside with the reasons."""
    try:
        editions = read_list(
            inbound.paths[0], reading.list_id or None, reading.format or None, skip_unknown=reading.skip_unknown
        )
    except LicetError as error:
        set_aside(store, _arrival(inbound, {}, reading, store), error.problems)
        return Report(inbound.name, "refused", problems=error.problems)
    _refuse_contradiction(inbound.name, editions, reading.published)
    arrival = _arrival(inbound, editions, reading, store)
    return _report(inbound, take(store, arrival, reading.accept_shrink), _dating(inbound, editions, reading))


def _dating(inbound: Inbound, editions: Mapping[str, Edition], reading: Reading) -> str:
    """Where the edition's day comes from, if not from the file."""
    if any(edition.published for edition in editions.values()):
        return ""
    if reading.published is None and inbound.published is None:
        return "its age is not known, so a dated file of the same lists goes before it (--published DATE tells it)"
    return "" if reading.published else "the file gives no date, the server's is taken"


def _arrival(inbound: Inbound, editions: Mapping[str, Edition], reading: Reading, store: ListStore) -> Arrival:
    form = next((edition.format for edition in editions.values()), "")
    return Arrival(
        files=inbound.files,
        paths=inbound.paths,
        editions=editions,
        publication=inbound.publication or store.catalogue.of_load(form, editions),
        at=inbound.at,
        published=reading.published or inbound.published,
        served=reading.latest or inbound.publication is not None,
        lacking=tuple(_lacking(inbound, form)),
    )


def _lacking(inbound: Inbound, form: str) -> Iterator[Problem]:
    """OFAC's sdn.csv without the file of the other names: whoever goes by one of these would read as clear."""
    names = {file.name.casefold() for file in inbound.files}
    if form == OFAC and not any("alt" in name for name in names):
        wanted = beside(inbound.files[0].name).get("alt", "alt.csv")
        text = f"the other names of its parties are in {wanted}, which is not here"
        yield Problem("E_LIST_PARTS", text, hint=f"lay {wanted} of the same day beside it")


def _refuse_contradiction(name: str, editions: Mapping[str, Edition], told: date | None) -> None:
    """A date the user gives must not differ from the one in the file."""
    for edition in editions.values():
        if told and edition.published and edition.published != told:
            message = f"the file gives {edition.published} as its date, not {told}"
            raise CaseError.one("E_PUBLISHED", message, Place(name), "leave --published out")


def _report(inbound: Inbound, outcome: Outcome, dating: str) -> Report:
    if outcome.load is None:
        return Report(inbound.name, "refused", problems=outcome.refused)
    older = "" if outcome.newest else "a later edition is in use; this one is kept for days before it"
    notes = tuple(note for note in (older, dating) if note)
    return Report(inbound.name, "same" if outcome.same else "loaded", outcome.load, notes=notes)


@contextlib.contextmanager
def incoming(store: ListStore) -> Iterator[Path]:
    """A folder for files under way, gone afterwards; what a stopped program left there is removed after a day."""
    root = store.root / "incoming"
    disk.make_folder(root)
    for left in root.iterdir():
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT_OVER:
                shutil.rmtree(left)
    with tempfile.TemporaryDirectory(dir=root) as folder:
        yield Path(folder)
