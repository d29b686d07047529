"""Where the law lies: beside the source in a checkout, inside the package when installed."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from licet.facts.errors import LawError, Place
from licet.parties.known import read_parties
from licet.rules.corpus import Law, read_law
from licet.services.check import Checker


def law_root() -> Path:
    """The folder of the law. LICET_LAW names another one; else the checkout's, else the one in the wheel."""
    named = os.environ.get("LICET_LAW")
    if named:
        return Path(named)
    package = Path(str(files("licet")))
    for candidate in (package.parents[1] / "law", package / "law"):
        if (candidate / "facts").is_dir():
            return candidate
    raise LawError.one("L_NO_LAW", "no law was found", Place(str(package)), "set LICET_LAW to the folder of the law")


def load_law() -> Law:
    """The law that is in use. Raises LawError."""
    return read_law(law_root())


def open_checker() -> Checker:
    """A checker over the law and the known parties in use. Raises LawError."""
    return Checker(load_law(), read_parties(law_root()), {})
