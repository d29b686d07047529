"""Entries as bytes and back: one row of JSON a line, sorted, so that equal lists have equal bytes.

The first line names the form, the list and the number of rows; then follows one JSON array, a row a line. A row holds
the fields of `Entry` after the list, in their order; names and identifiers are flat, and empty fields at the end are
left out, so that a field added to `Entry` later changes neither old bytes nor their hash.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from licet.facts.errors import LicetError
from licet.parties.entry import Entry, Identifier, Name

FORM = "licet.list/1"
_NAMES, _IDENTIFIERS, _START, _END = 1, 6, 11, 12  # places in a row
_TUPLES = (3, 4, 5, 7, 8)
_SHORTEST = 3  # id, names, kind
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(list_id: str, entries: Sequence[Entry]) -> bytes:
    """The list as bytes. Raises LicetError where a text is not Unicode."""
    lines = sorted(row_of(entry) for entry in entries)
    text = f"{FORM} {list_id} {len(lines)}\n[" + ",\n".join(lines) + "]\n"
    try:
        return text.encode()
    except UnicodeEncodeError as bad:
        shown = ascii(text[max(0, bad.start - 30) : bad.start + 10])
        raise LicetError.one("E_LIST_TEXT", f"{list_id}: a text holds half a character: {shown}") from None


def row_of(entry: Entry) -> str:
    """One entry as a line."""
    row: list[Any] = [
        entry.id,
        [part for name in entry.names for part in (name.text, name.kind, name.cite)],
        entry.kind,
        entry.countries,
        entry.addresses,
        entry.births,
        [part for number in entry.identifiers for part in (number.kind, number.value)],
        entry.programmes,
        entry.footnotes,
        entry.scope,
        entry.policy,
        entry.start.isoformat() if entry.start else "",
        entry.end.isoformat() if entry.end else "",
        entry.cite,
        entry.url,
        entry.note,
    ]
    while len(row) > _SHORTEST and not row[-1]:
        row.pop()
    return _encode(row)


def decode(data: bytes) -> tuple[Entry, ...]:
    """The entries in these bytes, in their order. Raises ValueError for anything that `encode` does not write."""
    head, _, body = data.partition(b"\n")
    list_id, count = read_head(head)
    with _without_collector():
        entries = tuple(entry_of(list_id, row) for row in json.loads(body))
    if len(entries) != count:
        raise ValueError(f"{count} rows were announced, {len(entries)} are there")
    return entries


def read_head(head: bytes) -> tuple[str, int]:
    """The list and the number of rows that the first line names. Raises ValueError."""
    form, list_id, count = head.decode().split(" ")
    if form != FORM:
        raise ValueError(f"{form} is not {FORM}")
    return list_id, int(count)


def lines_of(data: bytes) -> list[bytes]:
    """The rows as lines, not decoded; equal entries have equal lines."""
    body = data.partition(b"\n")[2]
    inner = body[1:-2]
    return inner.split(b",\n") if inner else []


def entry_of(list_id: str, row: list[Any]) -> Entry:
    """The entry of a decoded row; changes the row."""
    names = row[_NAMES]
    parts = iter(names)
    row[_NAMES] = tuple(map(Name, parts, parts, parts))
    size = len(row)
    for place in _TUPLES:
        if place < size:
            row[place] = tuple(row[place])
    if size > _IDENTIFIERS:
        parts = iter(row[_IDENTIFIERS])
        row[_IDENTIFIERS] = tuple(map(Identifier, parts, parts))
        for place in (_START, _END):
            if place < size:
                row[place] = date.fromisoformat(row[place]) if row[place] else None
    return Entry(list_id, *row)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Without Python's search for cycles: these objects hold none, and it would look through all of them many times."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
