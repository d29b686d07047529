"""The ledger for commands that decide: used where one is set up, or where it is asked for."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from licet.services.check import Checker
from licet.services.ledger.place import begun

if TYPE_CHECKING:
    from licet.ledger.ledger import Ledger
    from licet.services.kept import Compiled
    from licet.services.ledger.batches import BatchKeeper
    from licet.services.ledger.findings import FindingsKeeper
    from licet.services.ledger.keep import Keeper
    from licet.services.ledger.screenings import ScreeningKeeper

Keep = Annotated[bool | None, typer.Option("--keep/--no-keep", help="Keep it in the ledger; done where one is set up.")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="Who asks; your login name without it.")]


def ledger(keep: bool | None) -> Ledger | None:
    """The ledger; None where it is not wanted, or none is set up. Raises LicetError."""
    if keep is False or (keep is None and not begun()):
        return None
    # The database and the keys are heavy, and nobody without a ledger should wait for them.
    from licet.services.ledger.opening import day_checkpoint, open_ledger

    found = open_ledger()
    day_checkpoint(found)
    return found


def opened(checker: Checker, keep: bool | None, by: str) -> Keeper | None:
    """What keeps the decisions of a checker; None where there is no ledger for it. Raises LicetError."""
    found = ledger(keep)
    if found is None:
        return None
    from licet.services.ledger.keep import Keeper

    return Keeper(checker, found, who(by))


def for_screenings(compiled: Compiled, keep: bool | None, by: str) -> ScreeningKeeper | None:
    """What keeps screenings; None where there is no ledger for it. Raises LicetError."""
    found = ledger(keep)
    if found is None:
        return None
    from licet.services.ledger.lawkept import LawKept
    from licet.services.ledger.screenings import ScreeningKeeper

    return ScreeningKeeper(found, LawKept(compiled, found.store), who(by))


def for_batches(compiled: Compiled, keep: bool | None, by: str) -> BatchKeeper | None:
    """What keeps runs over order books; None where there is no ledger for it. Raises LicetError."""
    found = ledger(keep)
    if found is None:
        return None
    from licet.services.ledger.batches import BatchKeeper
    from licet.services.ledger.lawkept import LawKept

    return BatchKeeper(found, LawKept(compiled, found.store), who(by))


def for_findings(compiled: Compiled, keep: bool | None, by: str) -> FindingsKeeper | None:
    """What keeps classifications, ownership determinations and impacts; None where there is no ledger for it.

    Raises LicetError.
    """
    found = ledger(keep)
    if found is None:
        return None
    from licet.services.ledger.findings import FindingsKeeper
    from licet.services.ledger.lawkept import LawKept

    return FindingsKeeper(found, LawKept(compiled, found.store), who(by))


def who(by: str) -> str:
    """Who does it: as told, else as the system calls them."""
    if by.strip():
        return by.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
