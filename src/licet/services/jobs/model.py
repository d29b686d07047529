"""What a job is, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass, field

BATCH, IMPACT = "batch", "impact"
QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
ENDED = (DONE, FAILED)
FORMS = ("csv", "xlsx", "parquet")
SUMMARY, ANSWER = "summary.json", "impact.json"  # files in the folder of a job that say what it came to


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done with a table: how it is read, on which day, and for an impact what is compared.

    `first` and `second` are two days, or with `moments` two moments of the lists; `patch` is the name of a proposal.
    """

    kind: str = BATCH
    table: str = ""
    form: str = "csv"
    on: str = ""
    law_age: int = 0
    encoding: str = ""
    sheet: str = ""
    lists: bool = True
    first: str = ""
    second: str = ""
    moments: bool = False
    patch: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A job: whose it is, when it was asked for, and what. `key` and `asked` are hashes of the key and of all sent."""

    id: str
    owner: str
    made: str
    wish: Wish
    key: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What made a job fail, under the code of the command line."""

    code: str
    message: str
    path: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is. `number` grows with each change; `done` goes from 0 to 1; `cut` counts runs that broke off."""

    number: int = 1
    state: str = QUEUED
    at: str = ""
    done: float = 0.0
    text: str = ""
    lines: int = 0
    cases: int = 0
    rejected: int = 0
    cut: int = 0
    errors: tuple[Wrong, ...] = field(default=())

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ENDED
