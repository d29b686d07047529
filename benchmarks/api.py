"""The HTTP interface under load: `python -m benchmarks.api [SECONDS] [CLIENTS] [WORKERS]`.

Starts `licet serve` over a ledger and accounts of its own, and tells how long it takes to answer; then single checks
one after the other, items of which little is known, and checks by many clients at a time; screening in bulk; malformed
bodies; memory before and after; and whether the ledger verifies. The cases are those of the examples in turn, each with
parties of its own; beside them the H800 alone, one of the longest.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx
from tests.examples import CASES

from licet.facts.yamltext import Mapping, Node, Sequence, read_yaml

HEAVY = "h800-to-china.yaml"
JSON = {"content-type": "application/json"}
RATE = "100000"  # requests a second that one key may ask, so that the limit is not what is measured
MALFORMED = 10_000


def plain(node: Node) -> Any:
    """A case of YAML as it stands in JSON."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    return [plain(item) for item in node.items] if isinstance(node, Sequence) else node.text


SAID = {path.name: plain(read_yaml(path.read_text(encoding="utf-8"), path.name)) for path in CASES}


def case(number: int, name: str = "") -> str:
    """One of many cases, each with parties and a number of its own."""
    said = SAID[name or CASES[number % len(CASES)].name]
    parties = [
        {**party, "name": f"{party['name']} {number}"} if "name" in party else party
        for party in said.get("parties", ())
    ]
    return json.dumps(said | {"case": f"order {number}"} | ({"parties": parties} if parties else {}))


@contextmanager
def server(workers: int) -> Iterator[tuple[httpx.Client, int, float]]:
    """A server over a ledger of its own; a client, its process, and the seconds until it first answered."""
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {"LICET_HOME": home}
        command = [sys.executable, "-m", "licet.cli.main"]

        def run(*words: str, given: str = "") -> str:
            done = subprocess.run([*command, *words], env=env, check=True, capture_output=True, text=True, input=given)
            return done.stdout

        first = [*command, "check", str(CASES[0])]  # after it the law lies compiled
        subprocess.run(first, env=env, check=False, stdout=subprocess.DEVNULL)
        run("ledger", "start")
        run("account", "add", "load", "--role", "administrator", given="a password of a load test\n")
        key = run("account", "key", "load", "--title", "load", "--role", "administrator").split()[-1]
        head = {"authorization": f"Bearer {key}"}
        port = _free_port()
        serve = [*command, "serve", "--port", str(port), "--workers", str(workers), "--rate", RATE]
        began = time.perf_counter()
        with subprocess.Popen(serve, env=env, stdout=subprocess.DEVNULL) as process:
            try:
                with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, headers=head) as client:
                    while True:
                        try:
                            client.get("/healthz").raise_for_status()
                            break
                        except httpx.TransportError:
                            time.sleep(0.02)
                    yield client, process.pid, time.perf_counter() - began
            finally:
                process.terminate()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def megabytes(process: int) -> float:
    """What a process holds in memory; of what it shares with others, its share."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6


def told(seconds: list[float]) -> str:
    """Median and the slowest in a hundred."""
    return f"p50 {median(seconds) * 1e3:.1f} ms, p99 {quantiles(seconds, n=100)[98] * 1e3:.1f} ms"


def megabytes_of_all(process: int) -> float:
    """What a process and those that it started hold."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return megabytes(process) + sum(megabytes(int(child)) for child in children)


def one_by_one(client: httpx.Client, name: str = "", times: int = 500) -> list[float]:
    """Seconds of single checks, by a plain client: `client` itself would take 0.8 ms of each."""
    url, head = client.base_url, {"authorization": client.headers["authorization"], **JSON}
    found = []
    with closing(HTTPConnection(url.host, url.port or 80)) as plainly:
        plainly.connect()
        plainly.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number in range(times):
            body = case(number, name)
            began = time.perf_counter()
            plainly.request("POST", "/v1/check", body=body, headers=head)
            answer = plainly.getresponse()
            answer.read()
            found.append(time.perf_counter() - began)
            assert answer.status == HTTPStatus.OK
    return found[50:]


async def together(
    clients: int, seconds: float, url: httpx.URL, key: str, watched: int = 0
) -> tuple[int, int, list[float], list[int]]:
    """Many clients at a time, which speak HTTP as plainly as can be, since they share the cores.

    Tells answers and errors, the seconds of each answer, and how many megabytes the server holds in ten equal moments.
    """
    numbers, until, answers, wrong = count(), time.perf_counter() + seconds, 0, 0
    lasted, held = list[float](), list[int]()
    head = f"POST /v1/check HTTP/1.1\r\nhost: {url.host}:{url.port}\r\nauthorization: {key}\r\n"
    head += "content-type: application/json\r\ncontent-length: "

    async def one() -> None:
        nonlocal answers, wrong
        reader, writer = await asyncio.open_connection(url.host, url.port)
        while time.perf_counter() < until:
            body = case(next(numbers)).encode()
            began = time.perf_counter()
            writer.write(f"{head}{len(body)}\r\n\r\n".encode() + body)
            status, length = (await reader.readline()).split()[1], 0
            while (line := await reader.readline()) != b"\r\n":
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            await reader.readexactly(length)
            lasted.append(time.perf_counter() - began)
            answers += 1
            wrong += status != b"200"
        writer.close()

    async def watch() -> None:
        for _ in range(10 if watched else 0):
            await asyncio.sleep(seconds / 10)
            held.append(round(megabytes_of_all(watched)))

    await asyncio.gather(watch(), *(one() for _ in range(clients)))
    return answers, wrong, lasted, held


def malformed(client: httpx.Client, times: int = MALFORMED) -> dict[int, int]:
    """How bodies that are cut, changed or random are answered: statuses, each with its number."""
    chance, found = random.Random(1), dict[int, int]()
    whole = case(1, HEAVY).encode()
    for _ in range(times):
        at = chance.randrange(len(whole))
        first, rest = whole[:at], whole[at:]
        body = chance.choice((first, first + chance.randbytes(3) + rest, chance.randbytes(at), first + b'"' + rest))
        status = client.post("/v1/check", content=body, headers=JSON).status_code
        found[status] = found.get(status, 0) + 1
    return dict(sorted(found.items()))


def bulk(client: httpx.Client, names: int = 1_000) -> float:
    """Names screened a second, a thousand in a request."""
    parties: list[dict[str, Any]] = [{"name": f"Customer Number {number} Trading Co"} for number in range(names)]
    client.post("/v1/screen", json={"parties": parties[:10]}).raise_for_status()
    began = time.perf_counter()
    client.post("/v1/screen", json={"parties": parties}).raise_for_status()
    return names / (time.perf_counter() - began)


def of_open_cases(client: httpx.Client) -> Iterator[str]:
    """What takes longest, an item of which little is known: the middle of five requests of each kind."""
    asked = {"nothing known": {"id": "a"}, "a camera": {"id": "a", "kind": "camera"}}
    for what, item in asked.items():
        said = {"case": "x", "on": "2026-07-01", "act": "export", "items": [item]}
        for route, body in (("check", said), ("classify", said), ("ask", {"case": said})):
            took, size = list[float](), 0
            for _ in range(6):
                began = time.perf_counter()
                size = len(client.post(f"/v1/{route}", json=body).raise_for_status().content)
                took.append(time.perf_counter() - began)
            yield f"{route}, {what}: {median(took[1:]) * 1000:.0f} ms, {size:,} bytes"


def main() -> None:
    """Measure and tell."""
    words = [*sys.argv[1:], "", "", ""]
    seconds, clients, workers = (int(word or default) for word, default in zip(words, (600, 50, 2), strict=False))
    with server(workers) as (client, process, start):
        print(f"first answer after {start:.2f} s, {workers} processes")
        print(f"single checks, kept: {told(one_by_one(client))}; of {HEAVY}: {told(one_by_one(client, HEAVY))}")
        print("\n".join(of_open_cases(client)))
        before = round(megabytes_of_all(process))
        key = client.headers["authorization"]
        answers, wrong, lasted, held = asyncio.run(together(clients, seconds, client.base_url, key, process))
        rate = f"{answers / seconds:.0f} checks a second"
        print(f"{clients} clients for {seconds} s: {rate}, {wrong} errors, {told(lasted)}")
        print(f"memory {before} MB before, then {', '.join(map(str, held))} MB")
        print(f"screening: {bulk(client):.0f} names a second (no lists loaded but the law's own parties)")
        print(f"{MALFORMED:,} malformed bodies: {malformed(client)}")
        found = client.get("/v1/ledger/verify", timeout=600).json()
        print(f"ledger: {found['records']:,} records, {len(found['findings'])} findings")


if __name__ == "__main__":
    main()
