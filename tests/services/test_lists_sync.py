"""Bringing lists up to date from a real HTTPS server: each list on its own, and the store as it should be after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from licet.facts.errors import CaseError
from licet.parties.store.catalogue import Remote
from licet.parties.store.store import ListStore
from licet.services.lists import Reading, Report
from licet.services.lists_fetch import Fetcher
from licet.services.lists_sync import Syncing, chosen, sync

from .lists_files import catalogue, csl, ofac
from .lists_serving import CA_FILE, Served, cut_short, file, make_certificate, serving, status, unless_known

OFAC = ("sdn.csv", "alt.csv", "add.csv")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def served(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.parent / CA_FILE))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with serving(certificate) as running:
        yield running


class Clock:
    """A clock that goes on by a day with each run."""

    def __init__(self) -> None:
        self.time = datetime(2026, 8, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


def opened(served: Served, folder: Path) -> ListStore:
    remote = {"csl": ["csl.json"], "ofac": OFAC, "other": ["other.json"], "paper": []}
    files = {key: [Remote(served.url(name), name) for name in names] for key, names in remote.items()}
    return ListStore(folder / "lists", catalogue(files))


def run(store: ListStore, clock: Clock, *names: str, accept_shrink: bool = False) -> dict[str, Report]:
    clock.time += timedelta(days=1)
    with Fetcher(sleep=lambda _seconds: None) as fetcher:
        syncing = Syncing(
            store, fetcher, clock, lambda _remote: lambda _done, _total: None, Reading(accept_shrink=accept_shrink)
        )
        return {report.name: report for report in sync(syncing, chosen(store, names), bool(names))}


def serve_all(served: Served) -> None:
    served.on("csl.json", unless_known(csl("abcdefgh", "wxyz"), '"1"'))
    served.on("other.json", unless_known(csl("abcdefgh"), '"1"'))
    for name, data in ofac(["ALPHA", "BETA"], [(101, "ALPHA TWO")]).items():
        served.on(name, unless_known(data, f'"{name}"'))


def test_each_publication_is_loaded_and_the_next_time_unchanged(served: Served, tmp_path: Path, clock: Clock) -> None:
    serve_all(served)
    store = opened(served, tmp_path)
    first = run(store, clock)
    assert {key: one.status for key, one in first.items()} == {
        "csl": "loaded", "ofac": "loaded", "other": "loaded", "paper": "skipped",
    }  # fmt: skip
    second = run(store, clock)
    assert [one.status for one in second.values()] == ["unchanged"] * 3 + ["skipped"]
    (load,) = (one for one in store.history("us.el") if one.publication == "csl")
    assert [at.date() for at in load.confirmed] == [date(2026, 8, 2), date(2026, 8, 3)]
    assert load.files[0].url == served.url("csl.json")
    assert not any((store.root / "incoming").iterdir())


def test_one_that_fails_stops_no_other(served: Served, tmp_path: Path, clock: Clock) -> None:
    serve_all(served)
    store = opened(served, tmp_path)
    run(store, clock)
    served.on("csl.json", cut_short(csl("abcdefgh", "wxyz")))
    served.on("other.json", file(csl("abcdefgh")[:-5]))
    found = run(store, clock)
    assert {key: one.status for key, one in found.items()} == {
        "csl": "failed", "ofac": "unchanged", "other": "refused", "paper": "skipped",
    }  # fmt: skip
    assert [one.good for one in found.values()] == [False, True, False, True]
    served.on("csl.json", status(500), unless_known(csl("abcdefghi", "wxyz", "2026-08-03"), '"2"'))
    assert run(store, clock, "csl")["csl"].status == "loaded"
    state = {one.list: one for one in store.state(None, None, clock().date())}["us.el"]
    assert (state.publication, state.edition, state.entries, state.stale) == ("csl", date(2026, 8, 3), 9, False)


def test_a_part_that_vanished_is_refused_until_it_is_back(served: Served, tmp_path: Path, clock: Clock) -> None:
    serve_all(served)
    store = opened(served, tmp_path)
    run(store, clock, "csl")
    served.on("csl.json", file(csl("abcdefgh", "", "2026-08-02"), ETag='"2"'))
    refused = run(store, clock, "csl")["csl"]
    assert [one.code for one in refused.problems] == ["E_LIST_LACKS"]
    loaded = store.on("us.sdn", date(2026, 8, 3))
    assert loaded is not None
    assert len(loaded.entries) == 4
    served.on("csl.json", file(csl("abcdefgh", "wxyz", "2026-08-03"), ETag='"3"'))
    assert run(store, clock, "csl")["csl"].status == "loaded"


def test_of_several_files_all_are_fetched_once_one_has_changed(served: Served, tmp_path: Path, clock: Clock) -> None:
    serve_all(served)
    store = opened(served, tmp_path)
    run(store, clock, "ofac")
    served.on("alt.csv", unless_known(ofac(["ALPHA"], [(101, "ALPHA TWO"), (102, "BETA TWO")])["alt.csv"], '"2"'))
    assert run(store, clock, "us.sdn")["ofac"].status == "loaded"
    newest = store.manifest.series("ofac")[-1]
    assert (newest.snapshots[0].names, [bool(file.sha256) for file in newest.files]) == (4, [True] * 3)


def test_a_damaged_edition_is_fetched_again_though_it_has_not_changed(
    served: Served, tmp_path: Path, clock: Clock
) -> None:
    serve_all(served)
    store = opened(served, tmp_path)
    run(store, clock, "csl")
    for path in store.entries_folder.iterdir():
        path.write_bytes(b"damaged")
    assert run(store, clock, "csl")["csl"].status == "same"
    assert store.on("us.el", date(2026, 8, 3)) is not None


def test_one_that_is_not_published_for_machines_fails_when_named(served: Served, tmp_path: Path, clock: Clock) -> None:
    found = run(opened(served, tmp_path), clock, "paper")["paper"]
    assert (found.status, found.notes, found.problems[0].code) == ("failed", ("a note",), "E_NOT_PUBLISHED")


def test_a_name_nobody_knows_is_an_error(served: Served, tmp_path: Path) -> None:
    store = opened(served, tmp_path)
    with pytest.raises(CaseError, match="did you mean"):
        chosen(store, ["us.ell"])
    assert [one.id for one in chosen(store, ["us.sdn", "csl"])] == ["ofac", "csl", "other", "paper"]
