"""Requests made up from the OpenAPI document, as many as wanted: `python -m benchmarks.schemathesis [EXAMPLES]`.

A fault, or an answer that the document does not say, ends it with the request that did it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.api.conftest import client_of
from tests.api.fuzzing import fuzzed, operations
from tests.api.test_api import CASE
from tests.api.test_jobs import ended as ended_job
from tests.api.test_jobs import hand_in

from licet.ledger.keys import make_key
from licet.ledger.ledger import Ledger
from licet.ledger.store import open_store
from licet.services.home import open_checker
from licet.services.ledger.keep import Keeper
from licet.services.serve import Service


def main(examples: int = 200) -> None:
    """Ask every operation so many times; statuses by operation."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["LICET_HOME"] = name
        ledger = Ledger(open_store(f"sqlite:///{folder / 'l.sqlite3'}", create=True), make_key(folder / "key.pem"))
        ledger.start("nobody")
        checker = open_checker()
        client = client_of(Service(checker, Keeper(checker, ledger, "nobody"), folder), folder / "accounts")
        client.post("/v1/check", json=CASE).raise_for_status()
        days = {"from": "2023-11-16", "to": "2023-11-17"}
        jobs = {"batch": hand_in(client).json(), "impact": hand_in(client, "/v1/impact", days).json()}
        jobs = {kind: ended_job(client, job)["id"] for kind, job in jobs.items()}
        for operation in operations(client):
            job = jobs["impact" if "/impact/" in operation.label else "batch"]
            ended = fuzzed(client, operation, examples, derandomize=False, job=job)
            told = ", ".join(f"{count} x {status}" for status, count in sorted(ended.items()))
            print(f"{operation.label}: {told}", flush=True)
        ledger.store.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
