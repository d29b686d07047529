"""Where things lie: the law, and Licet's own folder.

The law stands beside the source in a checkout, inside the package when installed.
"""

from __future__ import annotations

import os
import sys
from importlib.resources import files
from pathlib import Path

from licet.facts.errors import LawError, Place
from licet.parties.known import read_parties
from licet.rules.law import Law
from licet.services.check import Checker
from licet.services.kept import Compiled, known_key, law_key, read_file, seal, write_file

COMPILED_NAME = "compiled.json"


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


def home() -> Path | None:
    """Licet's own folder, made when first written to: LICET_HOME, else the user's data folder; None without either."""
    named = os.environ.get("LICET_HOME")
    if named:
        return Path(named)
    try:
        return _data_folder(Path.home()) / "licet"
    except RuntimeError:  # a user without a home folder
        return None


def _data_folder(user: Path) -> Path:
    """Where programs keep data for this user (XDG base directories, and their like on other systems)."""
    if sys.platform == "darwin":
        return user / "Library" / "Application Support"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or user / "AppData" / "Local")
    return Path(os.environ.get("XDG_DATA_HOME") or user / ".local" / "share")


def load_compiled() -> Compiled:
    """The law and the known parties in use, from their compiled form where one fits. Raises LawError."""
    root = law_root()
    if not (root / "facts").is_dir():
        raise LawError.one("L_NO_LAW", "there is no law in this folder", Place(str(root)))
    own = home()
    key = law_key(root) if own is None else known_key(root, own)
    kept = None if own is None else own / "law" / f"{key}.json"
    found = _shipped(root, key) or (None if kept is None else read_file(kept, key))
    if found is not None:
        return found
    compiled = read_compiled(root)
    if kept is not None and law_key(root) == key:  # nobody wrote to the law while it was read
        write_file(kept, seal(compiled, key))
    return compiled


def _shipped(root: Path, key: str) -> Compiled | None:
    """The compiled form made when the wheel was built. Only the package's own folder can hold one."""
    inside = Path(str(files("licet"))) / "law"
    return read_file(root / COMPILED_NAME, key, own=False) if root == inside else None


def read_compiled(root: Path) -> Compiled:
    """The law and the known parties from their text. Raises LawError."""
    # The parser of expressions is heavy and needed only here, where the text has to be read.
    from licet.rules.corpus import read_law  # noqa: PLC0415

    return Compiled(read_law(root), read_parties(root))


def load_law() -> Law:
    """The law that is in use. Raises LawError."""
    return load_compiled().law


def open_checker() -> Checker:
    """A checker over the law and the known parties in use. Raises LawError."""
    compiled = load_compiled()
    return Checker(compiled.law, compiled.parties, {})
