"""The lists of parties for commands that decide cases: used where any are loaded."""

from __future__ import annotations

from datetime import datetime

from licet.services.check import Checker
from licet.services.home import home
from licet.services.kept import Compiled


def with_lists(checker: Checker, known: datetime | None = None, always: bool = False) -> Checker:
    """The checker, which screens the parties of cases where lists are loaded (as known by a moment; None: now).

    With `always` it also does where none is: against the parties of the law's own file.
    """
    own = home()
    if own is None or not (always or (own / "lists" / "manifest.json").is_file()):
        return checker
    # The index of names is heavy, and nobody without lists should wait for it.
    from licet.services.screen_open import Screeners, open_store

    checker.screening = Screeners(Compiled(checker.law, checker.known), open_store(), own, known).on
    return checker
