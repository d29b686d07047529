"""Routes that read the ledger: records, what was kept, replay, and whether anything was changed."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from licet.api.asked import Analyst, Desk, Reader
from licet.facts.errors import CaseError
from licet.ledger import store as tables
from licet.ledger.intact import check_intact
from licet.ledger.ledger import Ledger
from licet.ledger.store import Store
from licet.ledger.verify import verify as hold
from licet.services.ledger.opening import own_checkpoints
from licet.services.ledger.replay import replay as again
from licet.services.ledger.replay import replay_today
from licet.services.ledger.show import read_shown

routes = APIRouter(prefix="/ledger", tags=["ledger"])
MOST = 2**63 - 1
Number = Annotated[int, Path(ge=1, le=MOST)]


def ledger_of(desk: Desk) -> Ledger:
    """The ledger of this server. Raises CaseError where there is none."""
    if desk.keeper is None:
        raise CaseError.one("E_NO_LEDGER", "no ledger is set up", hint="licet ledger start")
    return desk.keeper.ledger


def _store(desk: Desk) -> Store:
    return ledger_of(desk).store


@routes.get("")
def records(
    desk: Desk,
    _: Reader,
    after: Annotated[int, Query(ge=0, le=MOST, description="Begin behind this number.")] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """Records in their order; `next` is what to give as `after` for more."""
    with _store(desk).reading() as connection:
        found = [*islice(tables.each(connection, after=after), limit + 1)]
    for one in found:
        check_intact(one, {})
    shown = found[:limit]
    return {
        "records": [record.plain() for record in shown],
        "next": shown[-1].number if len(found) > limit else None,
    }


@routes.get("/verify")
def verify(desk: Desk, _: Reader) -> dict[str, Any]:
    """Whether anything was changed; `findings` is empty where nothing was."""
    return asdict(hold(_store(desk), own_checkpoints()))


@routes.get("/{number}")
def decision(desk: Desk, _: Reader, number: Number) -> dict[str, Any]:
    """What was kept as it was kept, with who made it and what was done to it since."""
    return read_shown(_store(desk), number).plain()


@routes.post("/{number}/replay")
def replay(desk: Desk, _: Analyst, number: Number, today: bool = False) -> dict[str, Any]:
    """What was decided or found out, made again from what was kept, or with `today` by the law of now."""
    store = _store(desk)
    if today:
        with desk.lock:
            return asdict(replay_today(store, number, desk.checker))
    return asdict(again(store, number))
