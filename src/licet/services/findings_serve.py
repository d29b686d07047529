"""Classifications and ownership determinations for a server: kept before they are answered, where there is a ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from licet.facts.errors import CaseError
from licet.facts.jsontext import read_json
from licet.facts.plain import to_plain
from licet.ledger.canonical import canonical, digest
from licet.ledger.ledger import Once
from licet.ledger.record import Record
from licet.services.classify import Classification, as_plain, classify
from licet.services.ledger.findings import FindingsKeeper, ItemsGiven
from licet.services.ledger.opening import day_checkpoint
from licet.services.ledger.parts import ANSWER
from licet.services.ledger.replay import read_kept
from licet.services.own import own
from licet.services.own_given import GraphGiven
from licet.services.serve import Service

Keep = Callable[[FindingsKeeper, Once | None], Record]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks, and the key that they gave the request, under which it is answered and kept once (empty: none)."""

    by: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An answer as plain data, and the number of its record (0: nothing is kept).

    `items` are those of a classification that was made now, and not answered as before.
    """

    answer: dict[str, Any]
    record: int = 0
    items: list[Classification] = field(default_factory=list)


NOBODY = Sender()


def classified(service: Service, given: ItemsGiven, day: date | None, sender: Sender = NOBODY) -> Found:
    """Which entries describe the items of a case, or one item, in JSON. Raises CaseError."""
    node = read_json(given.text)
    with service.lock:
        once = _once(service, sender, ["classify", json.loads(given.text), str(day), *given.schemes])
        if before := _before(service, once):
            return before
        checker = service.checker
        decider = partial(checker.decider, hour_known=False)
        found = classify(checker.law, node, day, given.schemes, decider, checker.most)
        keep: Keep = lambda keeper, once: keeper.classification(given, found, once, sender.by)  # noqa: E731
        return Found(as_plain(found), _kept(service, keep, once), found)


def owned(
    service: Service, given: GraphGiven, targets: Sequence[str], day: date | None, sender: Sender = NOBODY
) -> Found:
    """Who owns an entity, and what each ownership rule of the day makes of it. Raises CaseError."""
    graph = given.graph()
    once = _once(service, sender, ["own", given.form, given.text, str(day), *targets])
    if before := _before(service, once):
        return before
    # A large graph takes seconds, in which others are answered.
    answer = own(service.checker.law, service.checker.known, graph, day, tuple(targets))
    keep: Keep = lambda keeper, once: keeper.ownership(given, targets, answer, once, sender.by)  # noqa: E731
    with service.lock:
        return Found(to_plain(answer), _kept(service, keep, once))


def _once(service: Service, sender: Sender, asked: list[Any]) -> Once | None:
    """What tells whether a request was kept already; a key is its sender's own."""
    if service.keeper is None or not sender.key:
        return None
    return Once(digest(f"{sender.by}\0{sender.key}".encode()), digest(canonical(asked)))


def _before(service: Service, once: Once | None) -> Found | None:
    """The answer of a request that was kept already. Raises CaseError where it is erased."""
    if service.keeper is None or once is None:
        return None
    number = service.keeper.ledger.before(once)
    if number is None:
        return None
    parts = read_kept(service.keeper.ledger.store, number, with_law=False).parts
    if ANSWER not in parts:
        raise CaseError.one("E_ERASED", f"the answer was record {number}, which is erased")
    return Found(parts[ANSWER], number)


def _kept(service: Service, keep: Keep, once: Once | None) -> int:
    """Keep an answer; the number of its record, 0 where there is no ledger. Raises CaseError."""
    if service.keeper is None:
        return 0
    day_checkpoint(service.keeper.ledger)
    keeper = FindingsKeeper(service.keeper.ledger, service.keeper.law, service.keeper.by)
    return keep(keeper, once).number
