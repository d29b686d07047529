"""The lists in words and as plain data: what is in use, all editions of one, and what changed between two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from licet.facts.errors import CaseError, nearest
from licet.parties.entry import Entry, Identifier, Name
from licet.parties.store.asof import snapshot_of
from licet.parties.store.catalogue import Catalogue
from licet.parties.store.delta import Delta, compare_entries
from licet.parties.store.model import ListState, Load
from licet.parties.store.store import ListStore


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what it is in words, the entries, and why they may not be all."""

    words: str
    entries: tuple[Entry, ...]
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in a list."""

    list: str
    old: Side
    new: Side
    delta: Delta


def difference(store: ListStore, list_id: str, old: str = "", new: str = "") -> Difference:
    """What changed between two sides, each a day (the list as it stood) or the id of a load, or its beginning.

    Without them: the edition in use against the one before it. Raises CaseError.
    """
    if not old:
        latest = _latest_two(store, list_id)
        sides = [_of_load(store, list_id, load) for load in latest]
    else:
        sides = [_side(store, list_id, old), _side(store, list_id, new) if new else _in_use(store, list_id)]
    first, second = sides
    return Difference(list_id, first, second, compare_entries(list_id, first.entries, second.entries))


def _latest_two(store: ListStore, list_id: str) -> tuple[Load, Load]:
    """The edition in use and the one before it of the same publication."""
    publication = _known(store, list_id).publication
    series = [load for load in store.history(list_id) if load.publication == publication]
    if len(series) < 2:
        raise CaseError.one("E_ONE_EDITION", f"only one edition of {list_id} is here", hint="name two days to compare")
    return series[-2], series[-1]


def _known(store: ListStore, list_id: str) -> Load:
    """The edition of a list in use. Raises CaseError where there is none."""
    found = store.ground(list_id)
    if found is None:
        hint = nearest(list_id, store.lists()) or f"loaded are: {', '.join(store.lists()) or 'none'}"
        raise CaseError.one("E_NO_LIST", f"nothing is loaded of {list_id!r:.60}", hint=hint)
    return found.base


def _in_use(store: ListStore, list_id: str) -> Side:
    return _of_load(store, list_id, _known(store, list_id))


def _side(store: ListStore, list_id: str, text: str) -> Side:
    _known(store, list_id)
    day = _day(text)
    if day is not None:
        loaded = store.on(list_id, day)
        return Side(f"as it stood on {day}", loaded.entries if loaded else (), loaded.why if loaded else "")
    fits = [load for load in store.history(list_id) if load.id.startswith(text)]
    if len(fits) != 1:
        many = "several editions begin" if fits else "no edition begins"
        message = f"{many} with {text!r:.60}"
        raise CaseError.one("E_NO_EDITION", message, hint="a day such as 2026-07-31, or an id of `licet lists history`")
    return _of_load(store, list_id, fits[0])


def _of_load(store: ListStore, list_id: str, load: Load) -> Side:
    return Side(edition_words(load), store.rows(list_id, snapshot_of(load, list_id).hash))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def edition_words(load: Load) -> str:
    """An edition in words."""
    return f"edition of {load.published}" if load.published else f"edition loaded {load.at:%Y-%m-%d %H:%M}"


def difference_lines(found: Difference) -> Iterator[str]:
    """A difference as text."""
    added, changed, removed = found.delta.counts
    yield f"{found.list}: {found.old.words} → {found.new.words}"
    yield f"{added:,} added, {changed:,} changed, {removed:,} removed"
    for side in (found.old, found.new):
        if side.doubt:
            yield f"{side.words}, it is not certain: {side.doubt}"
    for entry in found.delta.added:
        yield f"+ {_titled(entry)}"
    for pair in found.delta.changed:
        yield f"~ {_titled(pair.after)}"
        for name, before, after in pair.fields():
            yield from (f"    {line}" for line in _field_lines(name, before, after))
    for entry in found.delta.removed:
        yield f"- {_titled(entry)}"


def difference_json(found: Difference) -> dict[str, Any]:
    """A difference as plain data."""
    return {
        "list": found.list,
        "old": {"edition": found.old.words, "entries": len(found.old.entries), "doubt": found.old.doubt},
        "new": {"edition": found.new.words, "entries": len(found.new.entries), "doubt": found.new.doubt},
        "added": [plain_entry(entry) for entry in found.delta.added],
        "changed": [
            {
                "id": pair.after.id,
                "name": pair.after.name,
                "fields": {
                    name: {"before": plain(before), "after": plain(after)} for name, before, after in pair.fields()
                },
            }
            for pair in found.delta.changed
        ],
        "removed": [plain_entry(entry) for entry in found.delta.removed],
    }


def plain_entry(entry: Entry) -> dict[str, Any]:
    """What tells an entry from others, as plain data."""
    return {"id": entry.id, "name": entry.name, "countries": list(entry.countries), "start": plain(entry.start)}


def plain(value: Any) -> Any:
    """A value of a field as plain data."""
    if isinstance(value, Name):
        return {"text": value.text, "kind": value.kind}
    if isinstance(value, Identifier):
        return {"kind": value.kind, "value": value.value}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _titled(entry: Entry) -> str:
    place = f" ({', '.join(entry.countries)})" if entry.countries else ""
    since = f", since {entry.start}" if entry.start else ""
    return f"{entry.name}{place}{since} [{entry.id}]"


def _field_lines(name: str, before: Any, after: Any) -> Iterator[str]:
    """A field that changed: of a list, its parts that came and went; else before and after."""
    if not isinstance(before, tuple):
        yield f"{name}: {_words(before)} → {_words(after)}"
        return
    gone, came = [one for one in before if one not in after], [one for one in after if one not in before]
    if not gone and not came:
        yield f"{name}: another order"
    for sign, parts in (("-", gone), ("+", came)):
        for part in parts:
            yield f"{name}: {sign} {_words(part)}"


def _words(value: Any) -> str:
    if isinstance(value, Name):
        return f"{value.text} ({value.kind})"
    if isinstance(value, Identifier):
        return f"{value.kind} {value.value}"
    return str(value) if value else "nothing"


def not_loaded(store: ListStore, known: datetime | None = None) -> tuple[str, ...]:
    """Lists of the catalogue of which nothing had been loaded by then."""
    every = {carried.id for one in store.catalogue.publications.values() for carried in one.lists}
    return tuple(sorted(every - set(store.lists(known))))


def sources_json(catalogue: Catalogue) -> list[dict[str, Any]]:
    """The publications of the catalogue as plain data."""
    return [
        {
            "publication": one.id,
            "title": one.title,
            "publisher": one.publisher,
            "home": one.home,
            "files": [file.url for file in one.files],
            "lists": {carried.id: carried.title for carried in one.lists},
            "every_days": one.every,
            "stale_after_days": one.stale_after,
            "terms": one.terms,
            "terms_source": one.terms_source,
            "source": one.source,
            "note": one.note,
        }
        for one in catalogue.publications.values()
    ]


def state_json(states: Sequence[ListState], snapshot: str, missing: Sequence[str]) -> dict[str, Any]:
    """The lists in use as plain data."""
    rows = [
        {
            "list": one.list,
            "title": one.title,
            "edition": plain(one.edition),
            "loaded": one.loaded_at.isoformat(),
            "entries": one.entries,
            "names": one.names,
            "age_days": one.age,
            "stale": one.stale,
            "publication": one.publication,
            "hash": one.hash,
            "words": one.words,
        }
        for one in states
    ]
    return {"snapshot": snapshot, "lists": rows, "not_loaded": list(missing)}


def history(store: ListStore, list_id: str) -> tuple[Load, ...]:
    """All editions of a list. Raises CaseError where none is loaded."""
    _known(store, list_id)
    return store.history(list_id)


def history_json(list_id: str, loads: Sequence[Load]) -> list[dict[str, Any]]:
    """All editions of a list as plain data, the oldest first."""
    rows = []
    for load in loads:
        one = snapshot_of(load, list_id)
        rows.append(
            {
                "load": load.id,
                "edition": plain(load.published),
                "loaded": load.at.isoformat(),
                "publication": load.publication,
                "entries": one.entries,
                "names": one.names,
                "added": one.added,
                "changed": one.changed,
                "removed": one.removed,
                "skipped": one.skipped,
                "hash": one.hash,
                "files": [{"name": file.name, "sha256": file.sha256, "url": file.url} for file in load.files],
                "accepted": list(load.accepted),
            }
        )
    return rows


def known_time(text: str) -> datetime | None:
    """A time with a zone; a day stands for its end, in UTC. Raises CaseError."""
    if not text:
        return None
    day = _day(text)
    try:
        found = datetime.fromisoformat(f"{day}T23:59:59.999999+00:00" if day else text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        message = f"{text!r:.60} is no day, and no time with a zone"
        raise CaseError.one("E_KNOWN", message, hint="2026-07-31, or 2026-07-31T09:30+02:00")
    return found
