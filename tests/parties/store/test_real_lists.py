"""The real Consolidated Screening Lists of April 2022 and July 2026, where they are at hand beside the checkout."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from licet.parties.readers.registry import read_list
from licet.parties.store.catalogue import catalogue
from licet.parties.store.disk import digest_of
from licet.parties.store.load import Arrival, Outcome, take
from licet.parties.store.model import Received
from licet.parties.store.store import ListStore

DATA = Path(__file__).parents[4] / "shared" / "data" / "parties" / "us"
OLD, NEW = DATA / "csl_2022-04.csv.gz", DATA / "csl_2026-07-31.json"
pytestmark = pytest.mark.skipif(
    not (OLD.is_file() and NEW.is_file()), reason="the real lists are not beside the checkout"
)


def loaded(store: ListStore, path: Path, day: int, published: date | None = None) -> Outcome:
    arrival = Arrival(
        files=(Received(path.name, *digest_of(path)),),
        paths=(path,),
        editions=read_list(path),
        publication=catalogue().publications["us_csl"],
        at=datetime(2026, 8, day, tzinfo=UTC),
        published=published,
    )
    return take(store, arrival)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ListStore:
    made = ListStore(tmp_path_factory.mktemp("real") / "lists")
    assert loaded(made, OLD, 1, date(2022, 4, 30)).refused == ()
    assert loaded(made, NEW, 2).refused == ()
    return made


def test_counts(store: ListStore) -> None:
    states = {one.list: (one.entries, one.edition) for one in store.state(None, None, date(2026, 8, 2))}
    assert sum(count for count, _ in states.values()) == 25_921
    assert states["us.sdn"] == (19_181, date(2026, 7, 31))
    assert states["us.el"] == (3_420, date(2026, 7, 31))
    assert states["us.fse"] == (0, date(2026, 7, 31))
    assert len(states) == 13


def test_what_changed_in_between(store: ListStore) -> None:
    old, new = store.history("us.el")
    added, changed, removed = store.difference("us.el", old, new).counts
    snapshot = new.of("us.el")
    assert snapshot is not None
    assert (snapshot.added, snapshot.changed, snapshot.removed) == (added, changed, removed)
    assert (2_001 - removed + added, changed + removed) == (3_420, 2_001)
    assert 1_300 < added < 1_700
    assert len(store.removals("us.el")) == removed < 150


def test_as_it_stood_in_between(store: ListStore) -> None:
    loaded = store.on("us.isn", date(2023, 1, 1))
    assert loaded is not None
    assert loaded.edition == date(2022, 4, 30)
    assert all(entry.start is None or entry.start <= date(2023, 1, 1) for entry in loaded.entries)
    assert loaded.certain


def test_reading_all_lists_takes_well_under_half_a_second(store: ListStore) -> None:
    fastest = 9.0
    for _ in range(3):
        start = time.process_time()
        found = [store.on(list_id) for list_id in store.lists()]
        fastest = min(fastest, time.process_time() - start)
    assert sum(len(one.entries) for one in found if one) == 25_921
    assert fastest < 1.0  # 0.3 s where nothing else runs


def test_the_day_on_which_the_sdn_part_vanished_is_refused(store: ListStore, tmp_path: Path) -> None:
    whole = json.loads(NEW.read_bytes())
    gone = next(i for i, name in enumerate(whole["tables"]["sources"]) if "(SDN)" in name)
    whole["entries"] = [entry for entry in whole["entries"] if entry["s"] != gone]
    whole["entryCount"] = len(whole["entries"])
    whole["sourceGeneratedAt"] = "2026-08-01T13:15:00+00:00"
    path = tmp_path / "csl_2026-08-01.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    outcome = loaded(store, path, 3)
    assert [one.code for one in outcome.refused] == ["E_LIST_LACKS"]
    assert "us.sdn" in outcome.refused[0].message
    sdn = store.ground("us.sdn")
    assert sdn is not None
    assert sdn.snapshot.entries == 19_181
