"""What a server answers by: the law in use, the lists that are loaded and the ledger, used by one request at a time."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from threading import Lock
from typing import Any

from licet.facts.case import read_case
from licet.facts.errors import CaseError
from licet.facts.jsontext import read_json
from licet.ledger.canonical import canonical, digest
from licet.ledger.ledger import Once
from licet.services.check import Checker, Options
from licet.services.classify import Classification, classify
from licet.services.ledger.keep import ANSWER, JSON, Keeper
from licet.services.ledger.opening import day_checkpoint, open_ledger
from licet.services.ledger.place import begun
from licet.services.ledger.replay import read_kept
from licet.services.orders.opened import open_listed


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as plain data, and the number of the record that it was kept under (0: nothing is kept)."""

    answer: dict[str, Any]
    record: int = 0


@dataclass(slots=True)
class Service:
    """Answers requests. A checker is not for several threads at a time, so there is a lock around it."""

    checker: Checker
    keeper: Keeper | None = None
    lock: Lock = field(default_factory=Lock)

    def check(self, text: str, options: Options, key: str = "") -> Given:
        """The decision for a case in JSON, kept where there is a ledger. Raises CaseError.

        A request that comes again under the `key` that its sender gave it is answered as before, and kept once.
        """
        case = read_case(read_json(text), self.checker.law.dictionary)
        case.file = ""  # it lies nowhere, so it can name no file of this machine
        with self.lock:
            if self.keeper is None:
                return Given(asdict(self.checker.check(case, options)))
            once = _once(key, text, options) if key else None
            number = None if once is None else self.keeper.ledger.before(once)
            if number is not None:
                return Given(self._kept(number, options), number)
            decision = self.checker.check(case, replace(options, proof=True))
            record = self.keeper.keep(text, case, options, decision, JSON, once)
            return Given(asdict(decision if options.proof else replace(decision, proof=())), record.number)

    def _kept(self, number: int, options: Options) -> dict[str, Any]:
        assert self.keeper is not None
        parts = read_kept(self.keeper.ledger.store, number, with_law=False).parts
        if ANSWER not in parts:
            raise CaseError.one("E_ERASED", f"the answer was record {number}, which is erased")
        answer: dict[str, Any] = parts[ANSWER]
        return answer if options.proof else answer | {"proof": []}

    def classify(self, text: str, options: Options, schemes: tuple[str, ...]) -> list[Classification]:
        """Which entries describe the items of a case, or one item, in JSON. Raises CaseError."""
        node = read_json(text)
        with self.lock:
            return classify(self.checker.law, node, options.on, schemes)


def _once(key: str, text: str, options: Options) -> Once:
    asked = canonical([json.loads(text), str(options)])
    return Once(digest(key.encode()), digest(asked))


def open_service(by: str) -> Service:
    """The law, the lists and the ledger of this machine. Raises LicetError."""
    checker = open_listed(lists=True)
    if not begun():
        return Service(checker)
    ledger = open_ledger()
    day_checkpoint(ledger)
    return Service(checker, Keeper(checker, ledger, by))
