"""Making a kept screening again: on the lists as they were known then, where they are still here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from licet.facts.plain import from_plain, to_plain
from licet.ledger.record import Record
from licet.services.home import home
from licet.services.kept import Compiled
from licet.services.screen import Screener, Settings
from licet.services.screen_answer import answer
from licet.services.screen_model import Asked
from licet.services.screen_open import Screeners, open_store

Open = Callable[[Compiled, Settings], Screener]


def open_here(compiled: Compiled, settings: Settings) -> Screener:
    """A screener over the lists in Licet's own folder. Raises LicetError."""
    return Screeners(compiled, open_store(), home()).open(settings)


def rescreen(
    record: Record, inputs: dict[str, Any], compiled: Compiled, open_screener: Open
) -> list[dict[str, Any]] | None:
    """The answers made again by the law that was kept; None where the lists are not here as they were.

    The lists themselves are not in the ledger. Raises LicetError.
    """
    made = datetime.fromisoformat(inputs["made"])
    asked = Settings(
        date.fromisoformat(record.says["on"]),
        inputs["known"] and datetime.fromisoformat(inputs["known"]),
        tuple(inputs["lists"]),
        inputs["threshold"],
        inputs["limit"],
    )
    # What was loaded or decided since does not count; the answer says what was asked for.
    then = Settings(asked.on, asked.known or made, asked.lists, asked.threshold, asked.limit, now=made)
    screener = open_screener(compiled, then)
    if screener.lists.snapshot != record.says["lists"]:
        return None
    parties = [from_plain(Asked, one) for one in inputs["parties"]]
    return [to_plain(answer(one, asked)) for one in screener.each(parties)]
