"""The one file that says what is in the store: all loads, and for each list its snapshots with the one in use.

Its first line names the form and the hash of the rest, so half a file or a changed one is never taken for the store.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from licet.facts.errors import LicetError, Place
from licet.parties.store.disk import write
from licet.parties.store.model import Load, Received, Snapshot

FORM = "licet.lists/1"


@dataclass(frozen=True, slots=True)
class Manifest:
    """All loads, in the order they were made."""

    loads: tuple[Load, ...] = ()

    def lists(self, known: datetime | None = None) -> tuple[str, ...]:
        """The lists loaded by then, sorted."""
        return tuple(sorted({one.list for load in self.loads if _by(load, known) for one in load.snapshots}))

    def editions(self, list_id: str, known: datetime | None = None) -> tuple[Load, ...]:
        """The loads that carry a list, the oldest edition first; of one day, the one loaded later is the newer."""
        found = (load for load in self.loads if _by(load, known) and load.of(list_id) is not None)
        return tuple(sorted(found, key=edition_order))

    def series(self, publication: str) -> tuple[Load, ...]:
        """All loads of a publication, the oldest edition first."""
        return tuple(sorted((load for load in self.loads if load.publication == publication), key=edition_order))


def edition_order(load: Load) -> tuple[date, datetime]:
    """Editions follow each other by the day they stand for, then by when they were loaded."""
    return load.day, load.at


def _by(load: Load, known: datetime | None) -> bool:
    return known is None or load.at <= known


def read_manifest(path: Path) -> Manifest:
    """What is in the store; nothing where there is no file. Raises LicetError where it is damaged."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Manifest()
    except OSError as bad:
        raise _damaged(path, bad.strerror or str(bad)) from None
    head, _, body = data.partition(b"\n")
    form = head.split(b" ")[0].decode("ascii", "replace")
    if form.startswith("licet.lists/") and form != FORM:
        raise _damaged(path, f"it was written by another version of Licet ({form})")
    if head != _head(body):
        raise _damaged(path, "the content does not fit its hash")
    try:
        return Manifest(tuple(_load(one) for one in json.loads(body)["loads"]))
    except (ValueError, KeyError, TypeError) as bad:
        raise _damaged(path, f"a load cannot be read: {bad}") from None


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Replace the file in one step. Raises LicetError."""
    body = {"lists": _lists(manifest), "loads": [_plain(load) for load in manifest.loads]}
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    write(path, _head(data) + b"\n" + data)


def _head(body: bytes) -> bytes:
    return f"{FORM} {hashlib.sha256(body).hexdigest()}".encode()


def _lists(manifest: Manifest) -> dict[str, Any]:
    """For whoever opens the file: each list with its snapshots, the oldest edition first."""
    return {
        list_id: [{"load": load.id, "at": load.at.isoformat()} for load in manifest.editions(list_id)]
        for list_id in manifest.lists()
    }


def _plain(load: Load) -> dict[str, Any]:
    return {
        "id": load.id,
        "publication": load.publication,
        "at": load.at.isoformat(),
        "published": load.published.isoformat() if load.published else None,
        "format": load.format,
        "files": [[one.name, one.sha256, one.size, one.url, one.etag, one.last_modified] for one in load.files],
        "snapshots": [
            [one.list, one.hash, one.entries, one.names, one.added, one.changed, one.removed, one.skipped]
            for one in load.snapshots
        ],
        "confirmed": [at.isoformat() for at in load.confirmed],
        "accepted": list(load.accepted),
    }


def _load(plain: dict[str, Any]) -> Load:
    return Load(
        id=plain["id"],
        publication=plain["publication"],
        at=datetime.fromisoformat(plain["at"]),
        published=date.fromisoformat(plain["published"]) if plain["published"] else None,
        format=plain["format"],
        files=tuple(Received(*one) for one in plain["files"]),
        snapshots=tuple(Snapshot(*one) for one in plain["snapshots"]),
        confirmed=_times(plain["confirmed"]),
        accepted=tuple(plain["accepted"]),
    )


def _times(texts: Iterable[str]) -> tuple[datetime, ...]:
    return tuple(datetime.fromisoformat(text) for text in texts)


def _damaged(path: Path, reason: str) -> LicetError:
    hint = "bring the folder back from a copy, or move it away and load the lists again"
    return LicetError.one("E_LISTS_DAMAGED", reason, Place(str(path)), hint)
