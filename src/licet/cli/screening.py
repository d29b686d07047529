"""The lists of parties for commands that decide cases: used where any are loaded."""

from __future__ import annotations

import sys
from datetime import datetime

from licet.services.check import Checker
from licet.services.home import home
from licet.services.kept import Compiled

MANY = 2_000  # entries whose index takes longer than anybody wants to wait without a word


def building(count: int) -> None:
    """Say on a terminal that an index is built."""
    if count > MANY and sys.stderr.isatty():
        print(f"reading the names of {count:,} entries anew (once for these lists) …", file=sys.stderr)


def with_lists(checker: Checker, known: datetime | None = None, always: bool = False) -> Checker:
    """The checker, which screens the parties of cases where lists are loaded (as known by a moment; None: now).

    With `always` it also does where none is: against the parties of the law's own file.
    """
    own = home()
    if own is None or not (always or (own / "lists" / "manifest.json").is_file()):
        return checker
    # The index of names is heavy, and nobody without lists should wait for it.
    from licet.services.screen_open import Screeners, open_store

    compiled = Compiled(checker.law, checker.known)
    checker.screening = Screeners(compiled, open_store(), own, known, building).on
    return checker
