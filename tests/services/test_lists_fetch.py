"""Fetching over HTTPS, against a real server: what is taken, tried again, and refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from email.utils import formatdate
from pathlib import Path

import pytest

from licet.facts.errors import LicetError
from licet.services.lists_fetch import Fetched, Fetcher, Limits, Wanted

from .lists_serving import (
    CA_FILE,
    Served,
    cut_short,
    endless,
    file,
    make_certificate,
    proxying,
    serving,
    slowly,
    status,
    unless_known,
)

LIMITS = Limits()
DATA = b"a list of parties\n" * 2000


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def served(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.parent / CA_FILE))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with serving(certificate) as running:
        yield running


def fetch(wanted: Wanted, limits: Limits = LIMITS, waits: list[float] | None = None, proxy: str = "") -> Fetched:
    waited: list[float] = [] if waits is None else waits
    with Fetcher(proxy, limits, waited.append) as fetcher:
        return fetcher.fetch(wanted)


def wanted(served: Served, tmp_path: Path, path: str = "list", **more: object) -> Wanted:
    return Wanted(served.url(path), tmp_path / "list.json", **more)  # type: ignore[arg-type]


def test_a_file_is_taken_with_its_hash_and_what_the_server_says_of_it(served: Served, tmp_path: Path) -> None:
    served.on("list", file(DATA, ETag='"one"', Last_Modified="Fri, 31 Jul 2026 23:30:00 GMT"))
    found = fetch(wanted(served, tmp_path))
    assert (tmp_path / "list.json").read_bytes() == DATA
    assert found.file is not None
    assert (found.file.sha256, found.file.size) == (hashlib.sha256(DATA).hexdigest(), len(DATA))
    assert (found.file.etag, found.published, found.notes) == ('"one"', date(2026, 7, 31), ())
    assert served.headers()["user-agent"].startswith("licet/")
    assert served.headers()["accept-encoding"] == "identity"


def test_a_publisher_that_wants_another_form_of_our_name_gets_it(served: Served, tmp_path: Path) -> None:
    served.on("list", file(DATA))
    fetch(wanted(served, tmp_path, agent="Mozilla/5.0 (compatible; {agent})"))
    assert served.headers()["user-agent"].startswith("Mozilla/5.0 (compatible; licet/")


def test_what_has_not_changed_is_not_sent_again(served: Served, tmp_path: Path) -> None:
    served.on("list", unless_known(DATA, '"one"'))
    first = fetch(wanted(served, tmp_path)).file
    assert first is not None
    assert fetch(wanted(served, tmp_path, have=first)).file is None
    assert "if-none-match" not in served.headers(0)


def test_a_server_in_trouble_is_tried_again(served: Served, tmp_path: Path) -> None:
    waits: list[float] = []
    served.on("list", status(500), status(503, Retry_After="7"), cut_short(DATA), file(DATA))
    assert fetch(wanted(served, tmp_path), waits=waits).file
    assert waits == [1.0, 7.0, 4.0]
    assert (tmp_path / "list.json").read_bytes() == DATA


def test_a_wait_until_a_time_of_day_is_understood(served: Served, tmp_path: Path) -> None:
    waits: list[float] = []
    served.on("list", status(429, Retry_After=formatdate(usegmt=True)), file(DATA))
    assert fetch(wanted(served, tmp_path), waits=waits).file
    assert waits == [0.0]


@pytest.mark.parametrize(
    ("answers", "told", "times"),
    [
        ([status(500)], "the server answers 500, 4 times", 4),
        ([cut_short(DATA)], "the transfer was cut short", 4),
        ([status(503, Retry_After="3600")], "asks to come back in 3600 seconds", 1),
        ([status(404)], "the server answers 404", 1),
        ([status(403)], "the server answers 403", 1),
        ([status(304)], "the server answers 304", 1),
    ],
)
def test_what_does_not_get_better_is_told(
    served: Served, tmp_path: Path, answers: list[object], told: str, times: int
) -> None:
    served.on("list", *answers)  # type: ignore[arg-type]
    with pytest.raises(LicetError, match="E_FETCH") as caught:
        fetch(wanted(served, tmp_path))
    assert told in str(caught.value)
    assert len(served.asked) == times


def test_a_server_that_is_too_slow_is_given_up(served: Served, tmp_path: Path) -> None:
    served.on("list", slowly(DATA, 0.05))
    with pytest.raises(LicetError, match=r"not here within 0 seconds, 4 times"):
        fetch(wanted(served, tmp_path), Limits(whole=0.2))
    served.on("list", slowly(DATA, 5))
    with pytest.raises(LicetError, match=r"no answer in time, 4 times"):
        fetch(wanted(served, tmp_path), Limits(read=0.1))


def test_a_body_that_is_too_large_is_refused_announced_or_not(served: Served, tmp_path: Path) -> None:
    served.on("list", file(DATA))
    with pytest.raises(LicetError, match=r"it has 36,000 bytes, the limit is 1,000"):
        fetch(wanted(served, tmp_path), Limits(size=1000))
    served.on("list", endless)
    with pytest.raises(LicetError, match=r"more than 100,000 bytes"):
        fetch(wanted(served, tmp_path), Limits(size=100_000))
    assert (tmp_path / "list.json").stat().st_size < 200_000


def test_it_may_lead_on_to_the_same_host(served: Served, tmp_path: Path) -> None:
    served.on("list", status(302, Location="/there"))
    served.on("there", file(DATA))
    found = fetch(wanted(served, tmp_path))
    assert found.file is not None
    assert (found.file.url, found.notes) == (served.url("list"), ())


@pytest.mark.parametrize(
    ("location", "code"),
    [("http://localhost/there", "E_FETCH_HTTPS"), ("https://example.org/there", "E_FETCH_HOST"),
     ("//example.org/there", "E_FETCH_HOST"), ("ftp://localhost/there", "E_FETCH_HTTPS"), ("/list", "E_FETCH"),
     ("https://[::bad", "E_FETCH")],
)  # fmt: skip
def test_it_may_lead_nowhere_else(served: Served, tmp_path: Path, location: str, code: str) -> None:
    served.on("list", status(301, Location=location))
    with pytest.raises(LicetError) as caught:
        fetch(wanted(served, tmp_path))
    assert caught.value.problems[0].code == code


def test_a_host_the_catalogue_names_is_followed_and_told(served: Served, tmp_path: Path, certificate: Path) -> None:
    with serving(certificate) as other:
        served.on("list", status(307, Location=other.url("there?signed=1")))
        other.on("there", file(DATA))
        found = fetch(wanted(served, tmp_path, hosts=("local*:*",)))
    assert found.file is not None
    assert found.notes == (f"served by localhost:{other.port}, to which localhost:{served.port} leads",)


def test_plain_http_is_never_asked(tmp_path: Path) -> None:
    with pytest.raises(LicetError, match="E_FETCH_HTTPS"):
        fetch(Wanted("http://localhost/list", tmp_path / "list.json"))


def test_a_certificate_of_another_host_is_not_trusted(served: Served, tmp_path: Path) -> None:
    served.on("list", file(DATA))
    with pytest.raises(LicetError, match="certificate is not trusted"):
        fetch(Wanted(served.url("list", "127.0.0.1"), tmp_path / "list.json"))
    assert served.asked == []


def test_a_certificate_nobody_signed_is_not_trusted(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(LicetError, match="certificate is not trusted"):
        fetch(wanted(served, tmp_path))


def test_a_proxy_is_used_named_or_from_the_environment(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.on("list", file(DATA))
    with proxying() as (address, asked):
        assert fetch(wanted(served, tmp_path), proxy=address).file
        monkeypatch.setenv("HTTPS_PROXY", address)
        assert fetch(wanted(served, tmp_path)).file
        assert asked == [f"localhost:{served.port}"] * 2
        monkeypatch.setenv("NO_PROXY", "localhost")
        assert fetch(wanted(served, tmp_path)).file
        assert len(asked) == 2


def test_a_proxy_that_is_not_there_or_no_proxy_is_told(served: Served, tmp_path: Path) -> None:
    with pytest.raises(LicetError, match="connection failed"):
        fetch(wanted(served, tmp_path), proxy="http://127.0.0.1:9")
    with pytest.raises(LicetError, match="E_PROXY"):
        fetch(wanted(served, tmp_path), proxy="gopher://127.0.0.1:9")
