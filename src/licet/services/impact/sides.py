"""What can be compared: two days, the law with and without a proposal, the lists as known at two moments."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from pathlib import Path

from licet.facts.errors import CaseError, Place
from licet.facts.yamltext import decode, read_yaml
from licet.rules.proposal import lay_over
from licet.services.check import Checker
from licet.services.home import open_checker
from licet.services.impact.both import Asked, Side
from licet.services.impact.turned import Turned, between_days, by_proposal
from licet.services.orders.opened import open_listed


def two_days(first: date, second: date, lists: bool) -> Asked:
    """Every line on one day and on a later one. Raises CaseError."""
    if first >= second:
        raise CaseError.one("E_DATE", f"{first} does not come before {second}", hint="--from is the earlier day")
    opening = partial(open_listed, lists)
    return Asked(
        Side(first.isoformat(), first, opening),
        Side(second.isoformat(), second, opening),
        lambda before, after: between_days(before.law, first, second),
    )


def with_proposal(path: Path, on: date | None, lists: bool) -> Asked:
    """The law as it is and with a proposal laid over, on a day or on the day of each line. Raises LicetError."""
    try:
        text = decode(path.read_bytes(), path.name)
    except OSError as bad:
        raise CaseError.one("E_NO_FILE", f"the proposal cannot be read: {bad.strerror}", Place(str(path))) from None
    node = read_yaml(text, path.name)
    title = lay_over(open_checker().law, node).title  # what is wrong with it is told before anything is decided

    def turned(before: Checker, after: Checker) -> dict[str, Turned]:
        return by_proposal(before.law, lay_over(before.law, node), path.name)

    return Asked(
        Side("the law as it is", on, partial(open_listed, lists)),
        Side(f"with: {title}", on, partial(open_listed, lists, None, text, path.name)),
        turned,
    )


def two_moments(first: datetime, second: datetime, on: date | None) -> Asked:
    """The lists of parties as they were known at two moments, on a day or on the day of each line. Raises CaseError."""
    if first >= second:
        raise CaseError.one("E_DATE", f"{first} does not come before {second}", hint="--lists OLD NEW")
    return Asked(
        Side(f"lists of {first.isoformat()}", on, partial(open_listed, True, first)),
        Side(f"lists of {second.isoformat()}", on, partial(open_listed, True, second)),
        lambda before, after: {},
    )
