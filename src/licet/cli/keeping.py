"""The ledger for commands that decide: used where one is set up, or where it is asked for."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

from licet.services.check import Checker
from licet.services.ledger.place import begun

if TYPE_CHECKING:
    from licet.services.ledger.keep import Keeper


def opened(checker: Checker, keep: bool | None, by: str) -> Keeper | None:
    """What keeps the decisions of a checker; None where none is wanted, or none is set up. Raises LicetError."""
    if keep is False or (keep is None and not begun()):
        return None
    # The database and the keys are heavy, and nobody without a ledger should wait for them.
    from licet.services.ledger.keep import Keeper
    from licet.services.ledger.opening import day_checkpoint, open_ledger

    ledger = open_ledger()
    day_checkpoint(ledger)
    return Keeper(checker, ledger, who(by))


def who(by: str) -> str:
    """Who does it: as told, else as the system calls them."""
    if by.strip():
        return by.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
