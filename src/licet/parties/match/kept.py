"""An index kept on disk, so that the next run need not build it: arrays only, named by what they were made of."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from licet.parties.entry import Entry, Name
from licet.parties.match.build import Rows
from licet.parties.match.index import Index
from licet.parties.match.sparse import sparse
from licet.parties.match.vocabulary import Vocabulary

KEPT_FILES = 8
ADDED = "added"
_TEMPORARY = ".writing-"
_LEFT_OVER = 24 * 3600  # seconds after which a file of a stopped program is nobody's
Named = Callable[[Sequence[Entry]], list[Entry]]
Tell = Callable[[int], None]


def _silent(count: int) -> None:
    """Tell nobody."""


_CODE = ("", "match", "names", "data/words")
_READERS = ("anyascii", "opencc")  # what spells names; another edition may spell them otherwise


@cache
def code_hash() -> str:
    """A hash over the program and the word tables: another program may build another index."""
    digest = hashlib.sha256("\0".join([np.__version__, *map(version, _READERS)]).encode())
    root = Path(str(files("licet.parties")))
    for folder in _CODE:
        for path in sorted((root / folder).iterdir()):
            if path.is_file():
                digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def index_key(entries: Sequence[Entry], made_of: Sequence[str]) -> str:
    """The name of an index: of the program, of the snapshots the entries came from, and of which entries they are."""
    digest = hashlib.sha256("\0".join([code_hash(), *made_of]).encode())
    digest.update("\0".join([f"{entry.list}:{entry.id}" for entry in entries]).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def open_index(
    entries: Sequence[Entry], made_of: Sequence[str], folder: Path | None, named: Named = list, tell: Tell = _silent
) -> Index:
    """The index over these entries: the kept one where there is one, else a new one, which is kept.

    `made_of` names the content of the entries (hashes of snapshots, of alias files); `folder` is where indexes lie;
    `named` gives the entries the names that their lists do not carry, after their own; `tell` is called before a new
    index is built, which takes a while.
    """
    if folder is None:
        return Index.build(named(entries))
    path = folder / f"{index_key(entries, made_of)}.npz"
    found = load(path, entries)
    if found is None:
        tell(len(entries))
        found = Index.build(named(entries))
        save(path, found)
    return found


def load(path: Path, entries: Sequence[Entry]) -> Index | None:
    """A kept index, or None where there is none that can be read."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        words, helping = _texts(arrays["texts"]), _texts(arrays["helping"])
        entries = _with_added(entries, json.loads(arrays["added"].tobytes()))
        ids = {word: number for number, word in enumerate(words)}
        vocabulary = Vocabulary(words, ids, arrays["weights"], arrays["hashes"], arrays["owners"])
        rows = Rows(*(arrays[name] for name in ("entry", "name", "view", "start", "words", "totals")))
        _check_numbers(rows, entries)
        shape = (len(words) + len(helping), len(rows.entry))
        matrix = sparse((arrays["data"], arrays["indices"], arrays["indptr"]), shape=shape)
        return Index(entries, vocabulary, rows, {text: number for number, text in enumerate(helping)}, matrix)
    except Exception:  # a damaged file fails in a dozen ways, and what it held can always be built again
        return None


def _check_numbers(rows: Rows, entries: Sequence[Entry]) -> None:
    """Refuse rows that name entries or names which are not there: the index of other lists under this name."""
    names = np.fromiter((len(entry.names) for entry in entries), np.int32, len(entries))
    if (rows.name >= names[rows.entry]).any():
        raise ValueError


def save(path: Path, index: Index) -> None:
    """Keep an index; what cannot be written is built again next time."""
    rows, matrix, vocabulary = index.rows, index.matrix, index.vocabulary
    arrays = {name: getattr(rows, name) for name in ("entry", "name", "view", "start", "words", "totals")}
    arrays |= {"weights": vocabulary.weights, "hashes": vocabulary.hashes, "owners": vocabulary.owners}
    arrays |= {"data": matrix.data, "indices": matrix.indices, "indptr": matrix.indptr}
    arrays |= {"texts": _bytes(vocabulary.words), "helping": _bytes(list(index.helping))}
    arrays["added"] = _added(index.entries)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_TEMPORARY)
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **arrays)
        Path(name).replace(path)
        _forget_old(path.parent)
    except OSError:
        Path(name).unlink(missing_ok=True)


def _added(entries: Sequence[Entry]) -> NDArray[np.uint8]:
    """The names that were added to entries, by the place of the entry."""
    found = {
        place: [(name.text, name.cite) for name in entry.names if name.kind == ADDED]
        for place, entry in enumerate(entries)
        if entry.names[-1].kind == ADDED
    }
    return np.frombuffer(json.dumps(found, ensure_ascii=False).encode("utf-8", "surrogatepass"), np.uint8)


def _with_added(entries: Sequence[Entry], added: dict[str, list[tuple[str, str]]]) -> Sequence[Entry]:
    """The entries with the names that were added when the index was built."""
    found = list(entries)
    for place, names in added.items():
        entry = found[int(place)]
        more = tuple(Name(text, ADDED, cite) for text, cite in names)
        found[int(place)] = replace(entry, names=(*entry.names, *more))
    return found


def _bytes(texts: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def _texts(data: NDArray[np.uint8]) -> list[str]:
    return data.tobytes().decode().split("\n") if len(data) else []


def _forget_old(folder: Path) -> None:
    found = sorted(((path.stat().st_mtime, path) for path in folder.glob("*.npz")), reverse=True)
    stopped = [path for path in folder.glob(f"{_TEMPORARY}*") if time.time() - path.stat().st_mtime > _LEFT_OVER]
    for path in (*(path for _, path in found[KEPT_FILES:]), *stopped):
        path.unlink(missing_ok=True)
