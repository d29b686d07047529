"""Small lists with invented entries, and loads of them, for the tests of the store."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from licet.parties.entry import Edition, Entry, Name
from licet.parties.store.catalogue import Carried, Catalogue, Publication, Remote
from licet.parties.store.disk import digest_of
from licet.parties.store.load import Arrival, Outcome, take
from licet.parties.store.model import Received
from licet.parties.store.store import ListStore


def entry(key: str, list_id: str = "t.one", **fields: object) -> Entry:
    """An invented entry; its name is made from its id."""
    names = fields.pop("names", (f"Firm {key}",))
    assert isinstance(names, tuple)
    kinds = ("primary", *["alias"] * (len(names) - 1))
    made = tuple(Name(text, kind) for text, kind in zip(names, kinds, strict=True))
    return Entry(list=list_id, id=key, names=made, kind="firm", **fields)  # type: ignore[arg-type]


def entries(keys: str, list_id: str = "t.one") -> tuple[Entry, ...]:
    """One entry for each letter."""
    return tuple(entry(key, list_id) for key in keys)


def publication(
    name: str = "t_pub",
    lists: Sequence[Carried] = (Carried("t.one", "First", may_shrink=Decimal(1)),),
    every: int | None = 1,
    stale_after: int = 5,
    consolidation: bool = False,
    files: Sequence[Remote] = (),
    hosts: Sequence[str] = (),
) -> Publication:
    """A publication of invented lists."""
    return Publication(
        name, "Test lists", "Nobody", "", tuple(files), ("t.json",), tuple(lists), every, stale_after, "none", "", "",
        consolidation=consolidation, hosts=tuple(hosts),
    )  # fmt: skip


def catalogue(*publications: Publication) -> Catalogue:
    """A catalogue of these."""
    return Catalogue({one.id: one for one in publications or (publication(),)})


def store(folder: Path, *publications: Publication) -> ListStore:
    """An empty store, or the one already there."""
    return ListStore(folder / "lists", catalogue(*publications))


def at(day: str, hour: int = 9) -> datetime:
    """A time of loading."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=hour)


def load(
    into: ListStore,
    lists: Mapping[str, Sequence[Entry]] | Sequence[Entry],
    published: str = "",
    loaded: str = "2026-08-01",
    pub: str = "t_pub",
    accept_shrink: bool = False,
    served: bool = False,
    form: str = "t.json",
) -> Outcome:
    """Load an edition made of these entries; `lists` may be the entries of t.one alone."""
    whole = dict(lists) if isinstance(lists, Mapping) else {"t.one": lists}
    day = date.fromisoformat(published) if published else None
    path = into.root.parent / f"received-{os.getpid()}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([[one.id for one in rows] for rows in whole.values()] + [published]), encoding="utf-8")
    arrival = Arrival(
        files=(Received(path.name, *digest_of(path)),),
        paths=(path,),
        editions={key: Edition(form, tuple(rows), day) for key, rows in whole.items()},
        publication=into.catalogue.publications.get(pub),
        at=at(loaded),
        served=served,
    )
    return take(into, arrival, accept_shrink)


def ids(rows: Sequence[Entry]) -> str:
    """The ids of entries, sorted, as one word."""
    return "".join(sorted(one.id for one in rows))
