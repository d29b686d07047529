"""Routes about the lists of parties: which are in use, what stands on one, its editions, and what changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query

from licet.api.asked import Desk, Reader
from licet.api.paging import After, Limit, cut, following
from licet.facts.errors import CaseError, nearest
from licet.facts.plain import to_plain
from licet.parties.entry import Entry
from licet.parties.store.store import ListStore
from licet.services import lists_view
from licet.services.screen_open import open_store
from licet.services.serve import Service

routes = APIRouter(prefix="/lists", tags=["lists"])
On = Annotated[date | None, Query(description="As they stood on this day.")]
Known = Annotated[str, Query(description="As far as loaded by this day or time (with a zone).", max_length=60)]
Side = Annotated[str, Query(description="A day, or an edition of the history.", max_length=80)]
MOST = 1_000
_PARTS = ("added", "changed", "removed")


def _store(desk: Service) -> ListStore:
    """The lists in use; what was read of them last stays in memory. Call it under the lock."""
    desk.renew()
    return open_store() if desk.screeners is None else desk.screeners.store


def _known(store: ListStore, name: str, known: datetime | None = None) -> None:
    if name not in store.lists(known):
        loaded = store.lists(known)
        hint = nearest(name, loaded) or f"loaded are: {', '.join(loaded) or 'none'}"
        raise CaseError.one("E_NO_LIST", f"nothing is loaded of {name!r:.60}", hint=hint)


@routes.get("")
def states(desk: Desk, _: Reader, on: On = None, known: Known = "") -> dict[str, Any]:
    """The lists in use: edition, when loaded, entries, age, and which are stale."""
    moment = lists_view.known_time(known)
    with desk.lock:
        store = _store(desk)
        found = store.state(on, moment, date.today())
        return lists_view.state_json(found, store.snapshot_id(on, moment), lists_view.not_loaded(store, moment))


@routes.get("/{name}")
def entries(
    desk: Desk,
    _: Reader,
    name: str,
    on: On = None,
    known: Known = "",
    after: Annotated[str, Query(description="Begin behind this id.")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> dict[str, Any]:
    """The entries of a list by their ids, as it stood on a day (all of the latest edition without one)."""
    moment = lists_view.known_time(known)
    with desk.lock:
        store = _store(desk)
        _known(store, name, moment)
        found = store.on(name, on, moment)
    rows = sorted((entry for entry in found.entries if entry.id > after) if found else (), key=lambda one: one.id)
    shown = rows[:limit]
    return {
        "list": name,
        "edition": lists_view.plain(found.edition) if found else None,
        "doubt": found.why if found else "",
        "entries": [_plain(entry) for entry in shown],
        "next": shown[-1].id if len(rows) > limit else None,
    }


def _plain(entry: Entry) -> dict[str, Any]:
    days = {"start": lists_view.plain(entry.start), "end": lists_view.plain(entry.end)}
    plain = {name: getattr(entry, name) for name in Entry.__slots__ if name not in days}
    made: dict[str, Any] = to_plain(plain)
    return {"name": entry.name} | made | days


@routes.get("/{name}/history")
def history(desk: Desk, _: Reader, name: str, after: After = 0, limit: Limit = 100) -> dict[str, Any]:
    """The editions of a list, the oldest first, and what each changed."""
    with desk.lock:
        store = _store(desk)
        _known(store, name)
        found = lists_view.history(store, name)
    rows = lists_view.history_json(name, found[after : after + limit])
    return {"list": name, "editions": rows, "next": following(len(found), after, limit)}


@routes.get("/{name}/changes")
def changes(
    desk: Desk,
    _: Reader,
    name: str,
    first: Annotated[Side, Query(alias="from")] = "",
    second: Annotated[Side, Query(alias="to")] = "",
    after: After = 0,
    limit: Annotated[int, Query(ge=1, le=MOST)] = MOST,
) -> dict[str, Any]:
    """What was added, changed and removed between two days or editions; without them since the edition before.

    `counts` are of all of it; a page has so many entries, the added first, then the changed, then the removed.
    """
    with desk.lock:
        store = _store(desk)
        _known(store, name)
        found = lists_view.difference_json(lists_view.difference(store, name, first, second))
    return cut(found, _PARTS, after, limit)
