"""Keeping a screening: who was asked for, on which lists, what was found and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from licet.facts.plain import to_plain
from licet.facts.truth import word
from licet.ledger.adding import Entry
from licet.ledger.canonical import canonical
from licet.ledger.ledger import Ledger, Once
from licet.ledger.record import SCREENING, Record
from licet.services.ledger.lawkept import LawKept
from licet.services.ledger.parts import ANSWER, BY, INPUTS
from licet.services.screen import Settings, Tally
from licet.services.screen_answer import answer
from licet.services.screen_model import Lists, Screened

MOST = 1_000  # parties of one run that are kept with something to say of them, and as many others


@dataclass(slots=True)
class Gathering:
    """The answers of one run, as far as a record holds them: all up to `MOST`, beyond that those that say something.

    `made` is the moment at which the lists were opened; `table` the SHA-256 of the table the parties come from.
    """

    settings: Settings
    lists: Lists
    made: datetime = field(default_factory=lambda: datetime.now(UTC))
    table: str = ""
    tally: Tally = field(default_factory=Tally)
    silenced: int = 0  # hits that are known to be others
    telling: list[tuple[int, Screened]] = field(default_factory=list)
    quiet: list[tuple[int, Screened]] = field(default_factory=list)

    def add(self, screened: Screened) -> Screened:
        """Take an answer in and hand it on."""
        self.tally.add(screened)
        self.silenced += sum(not found.open for found in screened.hits)
        into = self.telling if screened.hits or screened.query.problem else self.quiet
        if len(into) < MOST:
            into.append((self.tally.parties, screened))
        return screened

    @property
    def answers(self) -> list[Screened]:
        """Those that are kept, in their order."""
        return [screened for _, screened in sorted([*self.telling, *self.quiet], key=lambda one: one[0])]

    def says(self) -> dict[str, Any]:
        """What the record says for good: nothing of any party."""
        tally, settings = self.tally, self.settings
        return {
            "on": settings.on.isoformat(),
            "result": tally.result,
            "exit_code": tally.exit_code,
            "parties": {name: getattr(tally, name) for name in ("clear", "hits", "unclear", "failed")},
            "silenced": self.silenced,
            "left_out": tally.parties - len(self.telling) - len(self.quiet),
            "lists": self.lists.snapshot,
            "editions": {
                state.list: "" if state.edition is None else state.edition.isoformat() for state in self.lists.states
            },
            "complete": word(self.lists.complete),
            "why": [*self.lists.why],
            "table": self.table,
        }

    def inputs(self) -> dict[str, Any]:
        """Who was asked for, and how."""
        settings = self.settings
        return {
            "parties": [to_plain(one.query) for one in self.answers],
            "known": settings.known and settings.known.isoformat(),
            "lists": [*settings.lists],
            "threshold": settings.threshold,
            "limit": settings.limit,
            "made": self.made.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ScreeningKeeper:
    """Keeps screenings in a ledger."""

    ledger: Ledger
    law: LawKept
    by: str

    def keep(self, found: Gathering, once: Once | None = None, by: str = "") -> Record:
        """Keep a run. When this returns, it is on disk. Raises CaseError."""
        entry = Entry(
            self.law.says() | found.says(),
            {
                INPUTS: canonical(found.inputs()),
                ANSWER: canonical([to_plain(answer(one, found.settings)) for one in found.answers]),
                BY: canonical(by or self.by),
            },
            self.law.blobs,
        )
        record = self.ledger.keep(entry, once, SCREENING)
        self.law.kept()
        return record

    def after(self, answers: Iterable[Screened], found: Gathering) -> Iterator[Screened]:
        """The answers of a run; after the last one it is kept. Raises CaseError."""
        yield from map(found.add, answers)
        self.keep(found)
