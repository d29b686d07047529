"""What a server answers by: the law in use, the lists that are loaded and the ledger, used by one request at a time."""

from __future__ import annotations

import gc
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from licet.facts.case import read_case
from licet.facts.errors import CaseError, LicetError
from licet.facts.jsontext import read_json
from licet.facts.plain import joined, to_json, to_json_fields, to_plain
from licet.ledger.adding import Entry
from licet.ledger.canonical import canonical, digest
from licet.ledger.ledger import Once
from licet.ledger.record import DECISION, Record
from licet.services.align_kept import Alignments
from licet.services.check import MAX_DECIDERS, Checker, Options
from licet.services.home import home, open_checker
from licet.services.kept import Compiled
from licet.services.ledger.keep import JSON, Keeper, Said
from licet.services.ledger.opening import day_checkpoint, open_ledger
from licet.services.ledger.parts import ANSWER
from licet.services.ledger.place import begun
from licet.services.ledger.replay import read_kept
from licet.services.ledger.screenings import Gathering, ScreeningKeeper
from licet.services.most import Most
from licet.services.screen import Settings
from licet.services.screen_answer import answer as screen_answer
from licet.services.screen_known import StoreAndKnown
from licet.services.screen_open import Screeners, open_store
from licet.services.screen_rows import Told, asked
from licet.services.together import Due, Together

MANIFEST, DECIDED = (
    "manifest.json",
    "hits/decisions.sqlite3",
)  # of the lists, and of hits decided, in Licet's own folder
LONGEST, LARGE = 0.1, 20_000  # seconds after which what is decided is kept; characters of a case that is kept alone


@dataclass(frozen=True, slots=True)
class Given:
    """An answer in JSON, and the number of the record that it was kept under (0: nothing is kept)."""

    body: bytes
    record: int = 0

    @property
    def answer(self) -> dict[str, Any]:
        """The answer as plain data."""
        told: dict[str, Any] = json.loads(self.body)
        return told


@dataclass(frozen=True, slots=True)
class Screens:
    """What parties come to all together and each, and the number of the record (0: nothing is kept)."""

    result: str
    answers: list[dict[str, Any]]
    record: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A case to be decided, as it was sent, under the key of its sender; who asks; from which words its facts came."""

    text: str
    options: Options
    key: str = ""
    by: str = ""
    said: Sequence[Said] = ()

    def once(self) -> Once | None:
        """The request that is kept once; none where its sender gave it no key. A key is its sender's own."""
        if not self.key:
            return None
        asked = canonical([json.loads(self.text), str(self.options)])
        return Once(digest(f"{self.by}\0{self.key}".encode()), digest(asked))


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that is to be kept, and its fields in JSON."""

    due: Due[Asked, Given]
    once: Once | None
    entry: Entry
    fields: dict[str, bytes]


@dataclass(slots=True)
class Service:
    """Answers requests. A checker is not for several threads at a time, so there is a lock around it.

    `own` is Licet's own folder, whose lists are looked for anew with every request: a server runs for days.
    """

    checker: Checker
    keeper: Keeper | None = None
    own: Path | None = None
    lock: Lock = field(default_factory=Lock)
    screeners: Screeners | None = None
    seen: tuple[object, ...] = ()
    compiled: int = 0
    alignments: Alignments = field(default_factory=Alignments)
    together: Together[Asked, Given] = field(init=False)

    def __post_init__(self) -> None:
        """Requests for decisions that wait for the lock are answered together."""
        self.together = Together(self.lock, self._check_all)

    def check(self, text: str, options: Options, key: str = "", by: str = "", said: Sequence[Said] = ()) -> Given:
        """The decision for a case in JSON, kept where there is a ledger, with the words its facts came from (`said`).

        A request that comes again under the `key` that its sender gave it is answered as before, and kept once.
        Raises CaseError.
        """
        return self.together.ask(Asked(text, options, key, by, said))

    async def checked(self, text: str, options: Options, key: str = "", by: str = "") -> Given:
        """The same as `check` for who waits in an event loop. Raises CaseError."""
        return await self.together.asked(Asked(text, options, key, by))

    def _check_all(self, due: Sequence[Due[Asked, Given]]) -> None:
        """Decide what is due, under the lock, one after the other, and keep it together.

        Nobody waits for a large case of somebody else that came later: it has a turn of its own.
        """
        self.renew()
        made, until = list[Made](), monotonic() + LONGEST
        for place, one in enumerate(due):
            if place and (monotonic() > until or len(one.what.text) > LARGE):
                break
            try:
                found = self._decided(one)
            except Exception as wrong:  # which is told to who asked this
                one.wrong = wrong
                continue
            if isinstance(found, Given):
                one.came = found
            else:
                made.append(found)
        if made:
            self._keep_all(made)
        self._spare_collector()

    def _spare_collector(self) -> None:
        """Let the collector of garbage pass over law that stays compiled, until some of it is let go of."""
        if len(self.checker.deciders) > self.compiled:
            self.compiled = len(self.checker.deciders)
            if self.compiled < MAX_DECIDERS:
                gc.freeze()
            else:
                gc.unfreeze()

    def _decided(self, due: Due[Asked, Given]) -> Given | Made:
        """The answer, or what is to be kept of it. Raises CaseError."""
        asked = due.what
        case = read_case(read_json(asked.text), self.checker.law.dictionary)
        case.file = ""  # it lies nowhere, so it can name no file of this machine
        try:
            if self.keeper is None:
                return Given(to_json(self.checker.check(case, asked.options)))
            once = asked.once()
            if (given := self._before(once, asked.options)) is not None:
                return given
            decision = self.checker.check(case, replace(asked.options, proof=True))
            fields = to_json_fields(decision)
            told = asked.text, case, asked.options, decision, joined(fields)
            return Made(due, once, self.keeper.entry(*told, JSON, asked.by, asked.said), fields)
        finally:
            case.dissolve()

    def _keep_all(self, made: Sequence[Made]) -> None:
        assert self.keeper is not None
        ledger = self.keeper.ledger
        try:
            day_checkpoint(ledger)
            kept = ledger.keep_all((each.entry, each.once, DECISION) for each in made)
        except LicetError as wrong:
            kept = [wrong] * len(made)
        if any(isinstance(one, Record) for one in kept):  # else the law itself is not in the ledger by these
            self.keeper.law.kept()
        for each, record in zip(made, kept, strict=True):
            asked = each.due.what
            try:
                if isinstance(record, Record):
                    proof = {} if asked.options.proof else {"proof": b"[]"}
                    each.due.came = Given(joined(each.fields | proof), record.number)
                else:  # it was kept for somebody who asked the same at the same time, or not at all
                    each.due.came, each.due.wrong = self._before(each.once, asked.options), record
            except Exception as wrong:  # of this one alone: the others are kept
                each.due.wrong = wrong

    def _before(self, once: Once | None, options: Options) -> Given | None:
        """The answer to a request that was kept before; none where it was not."""
        if once is None or self.keeper is None:
            return None
        number = self.keeper.ledger.before(once)
        return None if number is None else Given(self._kept(number, options), number)

    def _kept(self, number: int, options: Options) -> bytes:
        assert self.keeper is not None
        parts = read_kept(self.keeper.ledger.store, number, with_law=False).parts
        if ANSWER not in parts:
            raise CaseError.one("E_ERASED", f"the answer was record {number}, which is erased")
        answer: dict[str, Any] = parts[ANSWER]
        return canonical(answer if options.proof else answer | {"proof": []})

    def screen(
        self, parties: Sequence[tuple[str, Told]], settings: Settings, key: str = "", by: str = "", sent: str = ""
    ) -> Screens:
        """What parties come to on the lists, in their order, kept where there is a ledger. Raises CaseError.

        A request, `sent` in these words, that comes again under its `key` is answered as before, and kept once.
        """
        roles = self.checker.law.dictionary.facts["party.roles"].values
        everybody = [asked(name, told, roles) for name, told in parties]
        with self.lock:
            self.renew()
            once = (
                Once(digest(f"{by}\0{key}".encode()), digest(sent.encode()))
                if key and self.keeper is not None
                else None
            )
            number = None if once is None or self.keeper is None else self.keeper.ledger.before(once)
            if number is not None:
                return self._screened(number)
            screener = (self.screeners or self._screeners()).open(settings)
            found = Gathering(settings, screener.lists)
            answers = [to_plain(screen_answer(found.add(one), settings)) for one in screener.each(everybody)]
            if self.keeper is None:
                return Screens(found.tally.result, answers)
            day_checkpoint(self.keeper.ledger)
            keeper = ScreeningKeeper(self.keeper.ledger, self.keeper.law, self.keeper.by)
            return Screens(found.tally.result, answers, keeper.keep(found, once, by).number)

    def _screened(self, number: int) -> Screens:
        assert self.keeper is not None
        found = read_kept(self.keeper.ledger.store, number, with_law=False)
        if ANSWER not in found.parts:
            raise CaseError.one("E_ERASED", f"the answer was record {number}, which is erased")
        return Screens(str(found.record.says["result"]), found.parts[ANSWER], number)

    def renew(self) -> None:
        """Use the lists as they are now: another edition, a hit decided, or another day on which one may be stale."""
        if self.own is None or not (self.own / "lists" / MANIFEST).is_file():
            return
        now = (date.today(), *(_state(self.own / name) for name in (f"lists/{MANIFEST}", DECIDED)))
        if now != self.seen:
            self.seen, self.screeners = now, self._screeners()
            if self.keeper is None:
                self.checker.screening = self.screeners.on
            else:
                self.keeper.listen(self.screeners.on)

    def lists(self) -> StoreAndKnown:
        """The lists in use, as they are now. Call it under the lock."""
        self.renew()
        return (self.screeners or self._screeners()).lists

    def _screeners(self) -> Screeners:
        return Screeners(Compiled(self.checker.law, self.checker.known), open_store(), self.own)


def _state(file: Path) -> tuple[int, ...]:
    """What tells that a file was written to; nothing where it is not there."""
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


def open_service(by: str, checker: Checker | None = None) -> Service:
    """The law, the lists and the ledger of this machine; a `checker` has read the law. Raises LicetError."""
    service = Service(checker or open_checker(), own=home())
    service.checker.most = Most()
    if begun():
        service.keeper = Keeper(service.checker, open_ledger(), by)
    service.renew()
    return service
