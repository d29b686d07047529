"""Order books as jobs: handed in, told about, fetched, cut short and taken up again, and nobody else's business."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from licet.services.access.caller import Caller, Role
from licet.services.check import Checker
from licet.services.jobs import queue
from licet.services.jobs.counter import counter, resume
from licet.services.jobs.model import Job, Progress, Wish
from licet.services.jobs.shelf import Shelf, new_id
from licet.services.serve import Service
from tests.api.conftest import access_in, client_of
from tests.api.test_api import SCHEMAS, errors
from tests.services.orders_book import HEADER, MAP

ROWS = [f"L{n},2024-03-0{n % 3 + 1},CN,=thing {n},yes,{n},Firm {n % 2},{n}" for n in range(9)]
BOOK = HEADER + "".join(f"{row.replace('2024', 'soon') if n % 5 == 4 else row}\n" for n, row in enumerate(ROWS))
WAIT = 60.0  # seconds, on a machine that is busy
Fields = dict[str, str]


class Home:
    """A server with a folder of its own, and clients of it by role."""

    def __init__(self, service: Service, folder: Path) -> None:
        self.service, self.folder = service, folder
        self.officer = client_of(service, folder / "accounts")
        access = access_in(folder / "accounts")
        by = Caller("", Role.ADMINISTRATOR)
        self.others = list[TestClient]()
        for name in ("an analyst", "another"):
            access.add(by, name, Role.ANALYST, "correct horse battery")
            client = TestClient(self.officer.app, base_url="http://localhost", raise_server_exceptions=False)
            client.headers["authorization"] = f"Bearer {access.make_key(by, name, 'tests', Role.ANALYST)}"
            self.others.append(client)

    @property
    def analyst(self) -> TestClient:
        """Whose jobs these are."""
        return self.others[0]

    @property
    def other(self) -> TestClient:
        """Who has none of them."""
        return self.others[1]


@pytest.fixture(scope="module")
def home(checker: Checker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LICET_HOME", str(folder))
        yield Home(Service(replace(checker, screening=None)), folder)
        for job in [*counter().shelf.all()]:
            counter().shelf.remove(job.id)
        for process in queue._started:
            process.wait(30)


def hand_in(client: TestClient, path: str = "/v1/batch", fields: Fields | None = None, **files: Any) -> Any:
    sent = {"table": ("book.csv", BOOK), "map": ("map.yaml", MAP)} | files
    return client.post(path, data=fields or {}, files=[(name, file) for name, file in sent.items() if file is not None])


def ended(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    """A job once it has ended."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        told: dict[str, Any] = client.get(f"/v1/{job['kind']}/{job['id']}").json()
        if told["state"] in ("done", "failed"):
            return told
        time.sleep(0.1)
    raise AssertionError(f"not done in {WAIT} s: {told}")


def rows_of(text: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(text))]


@pytest.fixture(scope="module")
def done(home: Home) -> dict[str, Any]:
    """A job that is done, with the events that were told of it."""
    answer = hand_in(home.analyst)
    assert answer.status_code == 202, answer.text
    job: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/v1/batch/{job['id']}"
    assert (job["kind"], job["owner"], job["table"]) == ("batch", "an analyst", "book.csv")
    events = home.analyst.get(job["events"])
    assert events.headers["content-type"].startswith("text/event-stream")
    return ended(home.analyst, job) | {"told": events.text}


def events_of(text: str) -> list[tuple[int, str, dict[str, Any]]]:
    """Number, name and data of each event."""
    found = []
    for block in text.strip().split("\n\n"):
        said = dict(line.partition(": ")[::2] for line in block.split("\n") if line and not line.startswith(":"))
        if said:
            found.append((int(said["id"]), said["event"], json.loads(said["data"])))
    return found


def test_a_job_tells_how_far_it_is_until_it_is_done(home: Home, done: dict[str, Any]) -> None:
    events = events_of(done["told"])
    numbers = [number for number, *_ in events]
    assert numbers == sorted({*numbers})
    assert [name for _, name, _ in events][-1] == "done"
    assert events[-1][2] == {key: value for key, value in done.items() if key != "told"}
    assert (done["state"], done["done"], done["lines"], done["rejected"], done["errors"]) == ("done", 1.0, 9, 1, [])
    again = home.analyst.get(done["events"], headers={"Last-Event-ID": str(events[-1][0])})
    assert events_of(again.text) == []  # nothing is told twice to who comes back
    first = home.analyst.get(done["events"], headers={"Last-Event-ID": "x"})
    assert [name for _, name, _ in events_of(first.text)] == ["done"]


def test_what_comes_of_it(home: Home, done: dict[str, Any]) -> None:
    result = home.analyst.get(done["result"])
    assert result.headers["content-disposition"] == 'attachment; filename="book.batch.csv"'
    rows = rows_of(result.text)
    assert [row["line"] for row in rows] == ["L0", "L1", "L2", "L3", "L5", "L6", "L7", "L8"]
    assert {row["item"][:2] for row in rows} == {"'="}  # no cell is a formula
    assert {row["value"] for row in rows} >= {"0.0", "8.0"}
    rejected = rows_of(home.analyst.get(f"/v1/batch/{done['id']}/rejected").text)
    assert [row["line"] for row in rejected] == ["L4"]
    told = home.analyst.get(f"/v1/batch/{done['id']}/summary").json()
    assert (told["schema"], told["lines"], told["rejected"]) == ("licet.batch-summary/1", 8, 1)
    assert sum(count["lines"] for count in told["outcomes"]) == 8
    assert "table" not in told["made_from"]


def test_a_job_is_its_callers_own_and_an_officers(home: Home, done: dict[str, Any]) -> None:
    for path in ("", "/events", "/result", "/rejected", "/summary"):
        assert errors(home.other.get(f"/v1/batch/{done['id']}{path}"), 404)[0]["code"] == "E_NO_JOB"
    assert errors(home.other.delete(f"/v1/batch/{done['id']}"), 404)[0]["code"] == "E_NO_JOB"
    assert errors(home.analyst.get(f"/v1/impact/{done['id']}"), 404)[0]["code"] == "E_NO_JOB"
    assert home.other.get("/v1/batch").json() == {"jobs": [], "next": None}
    assert done["id"] in [job["id"] for job in home.analyst.get("/v1/batch").json()["jobs"]]
    assert done["id"] in [job["id"] for job in home.officer.get("/v1/batch").json()["jobs"]]
    assert home.officer.get(f"/v1/batch/{done['id']}/result").status_code == 200
    for odd in ("..%2F..", "0" * 32, "x", ".gone-x"):
        assert home.officer.get(f"/v1/batch/{odd}").status_code == 404


def test_the_same_key_is_the_same_job(home: Home) -> None:
    key = {"Idempotency-Key": "book of March"}
    files = [("table", ("book.csv", BOOK)), ("map", ("map.yaml", MAP))]
    first, again = (home.other.post("/v1/batch", files=files, headers=key) for _ in range(2))
    assert first.json()["id"] == again.json()["id"]
    other = home.other.post("/v1/batch", files=files, data={"law_age": "9"}, headers=key)
    assert errors(other, 422)[0]["code"] == "E_IDEMPOTENCY"
    own = home.analyst.post("/v1/batch", files=files, headers=key).json()
    assert own["id"] != first.json()["id"]  # a key is its caller's own
    for client, job in ((home.other, first.json()), (home.analyst, own)):
        assert client.delete(f"/v1/batch/{job['id']}").status_code == 204
        assert errors(client.get(f"/v1/batch/{job['id']}"), 404)[0]["code"] == "E_NO_JOB"
    assert home.other.get("/v1/batch").json()["jobs"] == []


def processes_of(job: str) -> list[int]:
    """The processes that do a job."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"licet.services.jobs.work" in words and any(word.endswith(job.encode()) for word in words):
            found.append(int(folder.name))
    return found


def running(client: TestClient, job: dict[str, Any], but: int = 0) -> int:
    """The process of a job, once it has one."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        client.get(f"/v1/batch/{job['id']}")
        found = [process for process in processes_of(job["id"]) if process != but]
        if found:
            return found[0]
        time.sleep(0.02)
    raise AssertionError("nothing does it")


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="finds processes in /proc")
def test_a_job_whose_processes_are_killed_is_taken_up_again(home: Home) -> None:
    job = hand_in(home.analyst, fields={"format": "parquet"}).json()
    killed = running(home.analyst, job)
    os.kill(killed, signal.SIGKILL)  # the slot notices, and begins anew
    stopped = running(home.analyst, job, but=killed)
    os.kill(stopped, signal.SIGSTOP)
    for process in queue._started:  # and now nobody does
        process.kill()
        process.wait()
    with suppress(ProcessLookupError):
        os.kill(stopped, signal.SIGCONT)  # it ends with who started it
    resume()  # as a server does that starts
    told = ended(home.analyst, job)
    assert (told["state"], told["lines"], told["cut"]) == ("done", 9, 1)
    path = home.folder / "got.parquet"
    path.write_bytes(home.analyst.get(job["result"]).content)
    with duckdb.connect() as database:
        counted = database.execute("SELECT count(*), min(item) FROM read_parquet(?)", [str(path)]).fetchall()
    assert counted == [(8, "=thing 0")]


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="finds processes in /proc")
def test_a_job_that_is_deleted_is_stopped(home: Home) -> None:
    job = hand_in(home.analyst).json()
    running(home.analyst, job)
    assert home.analyst.delete(f"/v1/batch/{job['id']}").status_code == 204
    until = time.monotonic() + WAIT
    while processes_of(job["id"]) and time.monotonic() < until:
        time.sleep(0.05)
    assert processes_of(job["id"]) == []
    assert not [path for path in (home.folder / "jobs").glob(f"*{job['id']}*") if path.is_dir() and any(path.iterdir())]


def test_an_impact_is_a_job_too(home: Home) -> None:
    days = {"from": "2023-11-16", "to": "2023-11-17", "law_age": "3650", "format": "xlsx"}
    job = hand_in(home.analyst, "/v1/impact", days).json()
    told = ended(home.analyst, job)
    assert (told["state"], told["errors"]) == ("done", [])
    answer = home.analyst.get(told["result"]).json()
    schema = json.loads((SCHEMAS / "licet.impact-1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(answer)
    assert (answer["table"], answer["before"]["on"], answer["lines"], answer["rejected"]) == (
        "book.csv", "2023-11-16", 9, 0,
    )  # fmt: skip
    assert home.analyst.get(f"/v1/impact/{job['id']}/lines").content[:2] == b"PK"
    assert home.analyst.get(f"/v1/impact/{job['id']}/picture").text.startswith("<svg")
    assert rows_of(home.analyst.get(f"/v1/impact/{job['id']}/rejected").text) == []
    assert [row["id"] for row in home.analyst.get("/v1/impact").json()["jobs"]] == [job["id"]]


# --- what is refused ---------------------------------------------------------------------------

JOINED = MAP + "join: [{table: PLACE, on: thing, key: thing}]\n"


@pytest.mark.parametrize(
    ("fields", "files", "status", "code"),
    [
        ({}, {"table": None}, 400, "E_FORM"),
        ({}, {"map": None}, 422, "E_NO_MAP"),
        ({"map": MAP}, {"map": None, "table": ("book.csv", "a,b\n1,2\n")}, 422, "E_COLUMN"),
        ({}, {"map": ("m", MAP + "colour: red\n")}, 422, "E_UNKNOWN_KEY"),
        ({}, {"map": ("m", b"\xff\xfe\x00")}, 422, "E_NOT_TEXT"),
        ({}, {"map": ("m", "")}, 422, "E_EMPTY"),
        ({}, {"map": ("m", JOINED.replace("PLACE", "/etc/passwd"))}, 422, "E_JOIN"),
        ({}, {"map": ("m", JOINED.replace("PLACE", "../table/book.csv"))}, 422, "E_JOIN"),
        ({}, {"map": ("m", JOINED.replace("PLACE", "map.yaml"))}, 422, "E_JOIN"),
        ({}, {"joined": ("map.yaml", "x")}, 400, "E_FORM"),
        ({"joined": "a,b"}, {}, 400, "E_FORM"),
        ({"table": "a,b"}, {"table": None}, 400, "E_FORM"),
        ({}, {"table": ("..", BOOK)}, 422, "E_NAME"),
        ({}, {"table": (".hidden.csv", BOOK)}, 422, "E_NAME"),
        ({}, {"table": ("book.ods", b"x")}, 422, "E_TABLE"),
        ({}, {"table": ("book.xlsx", b"x")}, 422, "P_FORMAT"),
        ({}, {"table": ("book.parquet", b"x")}, 422, "E_TABLE"),
        ({}, {"table": ("book.csv", b"\xff\xfe\xfd")}, 422, "E_ENCODING"),
        ({"encoding": "klingon"}, {}, 422, "E_ENCODING"),
        ({"encoding": "bz2"}, {}, 422, "E_ENCODING"),
        ({"encoding": "utf\08"}, {}, 422, "E_ENCODING"),
        ({"encoding": "punycode"}, {}, 422, "E_ENCODING"),
        ({"on": "soon"}, {}, 422, "E_DATE"),
        ({"law_age": "-1"}, {}, 422, "E_VALUE"),
        ({"law_age": "99999"}, {}, 422, "E_VALUE"),
        ({"format": "pdf"}, {}, 422, "E_VALUE"),
        ({"lists": "maybe"}, {}, 422, "E_VALUE"),
        ({"from": "2024-01-01"}, {}, 422, "E_UNKNOWN_KEY"),
        ({"sheet": "x" * 101}, {}, 422, "E_VALUE"),
    ],
)
def test_what_is_no_job_is_told_before_it_is_one(
    home: Home, fields: Fields, files: dict[str, Any], status: int, code: str
) -> None:
    found = errors(hand_in(home.other, "/v1/batch", fields, **files), status)
    assert found[0]["code"] == code, found
    assert str(home.folder) not in json.dumps(found)
    assert home.other.get("/v1/batch").json()["jobs"] == []
    assert [*(home.folder / "jobs").glob(".sent-*")] == []


@pytest.mark.parametrize(
    ("fields", "files", "code"),
    [
        ({}, {}, "E_ASK"),
        ({"from": "2024-01-01"}, {}, "E_DATE"),
        ({"from": "2024-01-02", "to": "2024-01-01"}, {}, "E_DATE"),
        ({"from": "2024-01-01", "to": "2024-01-02", "on": "2024-01-01"}, {}, "E_ASK"),
        ({"from": "2024-01-01", "to": "2024-01-02"}, {"patch": ("p.yaml", "x")}, "E_ASK"),
        ({"known_from": "2024-01-01", "known_to": "2024-01-02"}, {}, "E_NO_LISTS"),
        ({"known_from": "soon", "known_to": "2024-01-02"}, {}, "E_KNOWN"),
        ({}, {"patch": ("p.yaml", "schema: nothing\n")}, "L_UNKNOWN_KEY"),
    ],
)
def test_what_is_no_impact_is_told(home: Home, fields: Fields, files: dict[str, Any], code: str) -> None:
    assert errors(hand_in(home.other, "/v1/impact", fields, **files), 422)[0]["code"] == code


def test_a_form_that_cannot_be_read_is_told(home: Home) -> None:
    for body, kind in (
        (b"--x", "multipart/form-data; boundary=x"),
        (b"x", "multipart/form-data"),
        (b"{}", "application/json"),
    ):
        answer = home.other.post("/v1/batch", content=body, headers={"content-type": kind})
        assert errors(answer, answer.status_code)
        assert 400 <= answer.status_code < 500


def test_a_map_is_proposed(home: Home) -> None:
    table = ("book.csv", "Order No,Destination,Kölner Dom\n1,CN,x\n")
    told = home.other.post("/v1/batch/map", files={"table": table}).json()
    assert told["columns"] == ["Order No", "Destination", "Kölner Dom"]
    assert (told["found"]["line"], told["found"]["shipment.to"], told["left"]) == (
        "Order No", "Destination", ["Kölner Dom"],
    )  # fmt: skip
    assert told["map"].startswith("schema: licet.orders/1")
    assert errors(home.other.post("/v1/batch/map", files={"table": ("x.ods", b"x")}), 422)[0]["code"] == "E_TABLE"
    assert errors(home.other.post("/v1/batch/map", data={"sheet": "x"}, files={}), 415)
    odd = home.other.post("/v1/batch/map", data={"encoding": "a\0b"}, files={"table": table})
    assert errors(odd, 422)[0]["code"] == "E_ENCODING"


def test_jobs_are_bounded_page_by_page_and_removed_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path / "jobs")
    shelf.root.mkdir()
    monkeypatch.setattr("licet.services.jobs.shelf.MOST_OPEN", 3)
    ids = []
    for number in range(3):
        (tmp_path / "filled").mkdir()
        job = Job(new_id(), "me", f"2026-01-0{number + 1}T00:00:00+00:00", Wish())
        ids.append(shelf.add(tmp_path / "filled", job).id)
    (tmp_path / "filled").mkdir()
    with pytest.raises(Exception, match="at most 3 jobs"):
        shelf.add(tmp_path / "filled", Job(new_id(), "me", "2026-01-09", Wish()))
    shelf.add(tmp_path / "filled", Job(new_id(), "you", "2026-01-09T00:00:00+00:00", Wish()))
    everybody = [job.id for job in shelf.all()]
    assert everybody[:3] == ids
    assert queue.in_turn(shelf) == [ids[0], everybody[3], *ids[1:]]  # nobody waits for all that another wants
    shelf.tell(ids[0], state="done")
    told = json.loads((shelf.folder(ids[0]) / "progress.json").read_text())
    assert told["number"] == 2
    (shelf.folder(ids[0]) / "progress.json").write_text(json.dumps(told | {"at": "2026-01-01T00:00:00+00:00"}))
    (shelf.root / ".gone-x").mkdir()
    for name, at in ((".sent-old", 0), ("f" * 32, 0), (".sent-new", time.time())):
        (shelf.root / name).mkdir()
        os.utime(shelf.root / name, (at, at))
    shelf.sweep()
    assert sorted(path.name for path in shelf.root.glob(".*")) == [".sent-new"]
    assert not (shelf.root / ("f" * 32)).exists()
    assert ids[0] not in [job.id for job in shelf.all()]
    assert not (shelf.root / ".gone-x").exists()
    assert shelf.progress(ids[0]) is None
    assert isinstance(shelf.progress(ids[1]), Progress)
    shelf.tell(ids[0], state="done")  # of one that is gone nothing is written
    assert shelf.find(ids[0]) is None


def test_what_is_large_is_left_to_the_job(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook is read whole: a server with others waiting does not look at a large one; the job tells."""
    monkeypatch.setattr("licet.services.jobs.given.SOON", 0)
    book = {"table": ("book.xlsx", b"no workbook")}
    assert errors(home.other.post("/v1/batch/map", files=book), 413)[0]["code"] == "E_TOO_LARGE"
    told = ended(home.other, hand_in(home.other, table=book["table"]).json())
    assert (told["state"], [error["code"] for error in told["errors"]]) == ("failed", ["P_FORMAT"])
    assert errors(home.other.get(told["result"]), 409)[0]["code"] == "E_NOT_DONE"
    assert home.other.delete(f"/v1/batch/{told['id']}").status_code == 204
