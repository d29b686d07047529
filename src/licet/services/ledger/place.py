"""Where a ledger is set up, without opening it: what opens it is heavy."""

from __future__ import annotations

import os
from pathlib import Path

from licet.facts.errors import CaseError
from licet.services.home import home

URL, KEY, YEARS = "LICET_LEDGER", "LICET_LEDGER_KEY", "LICET_LEDGER_YEARS"  # of the environment
SETTINGS = "ledger.json"


def begun() -> bool:
    """Whether a ledger is set up here, so that decisions are kept in it."""
    own = home()
    return bool(os.environ.get(URL)) or (own is not None and (own / "ledger" / SETTINGS).is_file())


def folder() -> Path:
    """The folder of the ledger within Licet's own. Raises CaseError."""
    own = home()
    if own is None:
        raise CaseError.one("E_LEDGER", "there is no folder for the ledger", hint="set LICET_HOME to a folder")
    return own / "ledger"
