"""What changed between two states of a list: entries added, removed, and changed field by field.

Entries are paired by their id; where an id stands more than once, equal rows are paired first. Some publishers number
their rows anew with each edition, so entries left over are paired by their own name, kind and country. Applied to the
old state, a delta gives the new one (the tests hold it to that).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from licet.parties.entry import Entry
from licet.parties.store.rows import entry_of, row_of

_COMPARED = tuple(field.name for field in fields(Entry) if field.name != "list")


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry before and after."""

    before: Entry
    after: Entry

    def fields(self) -> tuple[tuple[str, Any, Any], ...]:
        """Name of the field, value before and value after, of each field that differs."""
        pairs = ((name, getattr(self.before, name), getattr(self.after, name)) for name in _COMPARED)
        return tuple(pair for pair in pairs if pair[1] != pair[2])


@dataclass(frozen=True, slots=True)
class Delta:
    """The difference of two states of a list, each part sorted by id."""

    added: tuple[Entry, ...] = ()
    changed: tuple[Changed, ...] = ()
    removed: tuple[Entry, ...] = ()

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many were added, changed, removed."""
        return len(self.added), len(self.changed), len(self.removed)


@dataclass(frozen=True, slots=True)
class Step:
    """What a later edition tells of days before it.

    `added` entries are new, of the `ended` ones it is the first to give the last day, the `removed` ones are gone.
    """

    added: tuple[Entry, ...] = ()
    ended: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()


def compare(list_id: str, old: Iterable[bytes], new: Iterable[bytes]) -> Delta:
    """The delta between two states given as encoded rows; only rows that differ are decoded."""
    before, after = Counter(old), Counter(new)
    gone = _by_id(list_id, before - after)
    came = _by_id(list_id, after - before)
    added: list[Entry] = []
    changed: list[Changed] = []
    removed: list[Entry] = []
    for key in sorted(gone.keys() | came.keys()):
        pairs = list(zip(gone[key], came[key], strict=False))
        changed += [Changed(first, second) for first, second in pairs]
        removed += gone[key][len(pairs) :]
        added += came[key][len(pairs) :]
    renumbered = _renumbered(removed, added)
    firsts, seconds = {id(pair.before) for pair in renumbered}, {id(pair.after) for pair in renumbered}
    return Delta(
        tuple(entry for entry in added if id(entry) not in seconds),
        tuple(sorted((*changed, *renumbered), key=lambda pair: pair.before.id)),
        tuple(entry for entry in removed if id(entry) not in firsts),
    )


def _renumbered(removed: Iterable[Entry], added: Iterable[Entry]) -> list[Changed]:
    """Entries that went and came under another id: the same name and kind, and no other country."""
    came: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in added:
        came[_likeness(entry)].append(entry)
    pairs = []
    for before in removed:
        like = came[_likeness(before)]
        after = next((one for one in like if _one_place(before, one)), None)
        if after is not None:
            like.remove(after)
            pairs.append(Changed(before, after))
    return pairs


def _likeness(entry: Entry) -> tuple[str, str]:
    return " ".join(entry.name.casefold().split()), entry.kind


def _one_place(first: Entry, second: Entry) -> bool:
    """Whether both may be in one country; one that gives none may be anywhere."""
    return not first.countries or not second.countries or bool(set(first.countries) & set(second.countries))


def compare_entries(list_id: str, old: Sequence[Entry], new: Sequence[Entry]) -> Delta:
    """The delta between two states given as entries."""
    return compare(list_id, (row_of(entry).encode() for entry in old), (row_of(entry).encode() for entry in new))


def step_of(delta: Delta) -> Step:
    """What of a delta a past day asks for."""
    return Step(
        delta.added,
        tuple(pair.after for pair in delta.changed if pair.before.end is None and pair.after.end is not None),
        delta.removed,
    )


def encode_step(step: Step) -> bytes:
    """The step as bytes: three lists of rows."""
    parts = [[row_of(entry) for entry in part] for part in (step.added, step.ended, step.removed)]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def decode_step(list_id: str, data: bytes) -> Step:
    """The step in these bytes. Raises ValueError or TypeError for other bytes."""
    added, ended, removed = (tuple(_entry(list_id, row) for row in part) for part in json.loads(data))
    return Step(added, ended, removed)


def _by_id(list_id: str, rows: Counter[bytes]) -> defaultdict[str, list[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for row in sorted(rows.elements()):
        entry = _entry(list_id, row)
        found[entry.id].append(entry)
    return found


def _entry(list_id: str, row: str | bytes) -> Entry:
    return entry_of(list_id, json.loads(row))
