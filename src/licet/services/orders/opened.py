"""The checker of a process that decides order books, with the lists of parties where it is to use them."""

from __future__ import annotations

from datetime import datetime

from licet.facts.yamltext import read_yaml
from licet.rules.proposal import lay_over
from licet.services.check import Checker
from licet.services.home import home, open_checker
from licet.services.kept import Compiled


def open_listed(lists: bool, known: datetime | None = None, proposal: str = "", name: str = "") -> Checker:
    """The checker over the law in use; with `lists` it screens parties against those that are loaded.

    The lists are taken as they were known at a moment (None: now). A `proposal`, the text of a file of that `name`, is
    laid over the law. Raises LawError.
    """
    checker = open_checker()
    if proposal:
        checker = Checker(lay_over(checker.law, read_yaml(proposal, name)).law, checker.known, {})
    own = home()
    if lists and own is not None:
        from licet.services.screen_open import Screeners, open_store  # noqa: PLC0415 - heavy, and not always needed

        checker.screening = Screeners(Compiled(checker.law, checker.known), open_store(), own, known).on
    return checker


def lists_snapshot() -> str:
    """What names the lists of parties that are loaded; empty where none are."""
    own = home()
    if own is None or not (own / "lists" / "manifest.json").is_file():
        return ""
    from licet.services.screen_open import open_store  # noqa: PLC0415 - as above

    return open_store().snapshot_id()
