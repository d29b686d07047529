"""Decisions on hits for a server: on an entry of the lists in use, and in the ledger before they count."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from licet.facts.errors import CaseError, quoted
from licet.parties.entry import Entry
from licet.parties.match.hit import Query
from licet.services.hits import Decided, Decision, Hits
from licet.services.ledger.hits import keep_hit
from licet.services.screen_known import StoreAndKnown
from licet.services.serve import Service


@dataclass(frozen=True, slots=True)
class Reason:
    """What is decided of a hit, by whom, and why."""

    decision: str
    by: str
    why: str


def decide(service: Service, query: Query, place: tuple[str, str], reason: Reason) -> Decision:
    """Keep a decision on an entry, named by its list and id. Raises LicetError."""
    with service.lock:
        entry = _entries(service.lists(), [place]).get(place)
        if entry is None:
            name = ":".join(place)
            raise CaseError.one(
                "E_ENTRY", f"no list in use has the entry {quoted(name)}", hint="screen the party again"
            )
        return Hits.open(service.own).decide(query, entry, reason.decision, reason.by, reason.why, _before(service))


def forget(service: Service, number: int, by: str, why: str) -> Decision:
    """Let a decision count no more. Raises LicetError."""
    with service.lock:
        hits = Hits.open(service.own)
        for one in hits.standing():
            if one.number == number:
                return hits.forget(one, by, why, _before(service))
    raise CaseError.one("E_DECISION", f"there is no decision {number} that counts")


def standing(service: Service) -> list[Decision]:
    """The decisions that count, the newest first. Raises LicetError."""
    return Hits.open(service.own).standing()


def decided_now(service: Service, asked: Iterable[tuple[Query, tuple[str, str]]]) -> list[Decided | None]:
    """What is decided by now of each hit: a question and the entry, by its list and id. Raises LicetError."""
    wanted = [*asked]
    hits = Hits.open(service.own)
    if not hits.made:
        return [None] * len(wanted)
    with service.lock:
        entries = _entries(service.lists(), [place for _, place in wanted])
    return [hits.of(query, entries[place]) if place in entries else None for query, place in wanted]


def _entries(store: StoreAndKnown, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Entry]:
    """Entries of the lists in use, by their list and id."""
    wanted, found = {*places}, dict[tuple[str, str], Entry]()
    for name in {name for name, _ in wanted}.intersection(store.lists()):
        loaded = store.on(name)
        for entry in loaded.entries if loaded is not None else ():
            if (name, entry.id) in wanted:
                found[name, entry.id] = entry
    return found


def _before(service: Service) -> Callable[[Decision], object]:
    """What keeps a decision in the ledger before it counts, where there is one."""
    return (lambda _: None) if service.keeper is None else partial(keep_hit, service.keeper.ledger)
