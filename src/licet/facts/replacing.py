"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from licet.facts.errors import CaseError, LicetError, Place

UNNAMED = ".licet-"  # how the names of unfinished files begin
_FULL = ("No space left", "File too large", "quota exceeded", "write failed")  # what systems and DuckDB say


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file beside the named one, which takes its place if all goes well and else leaves no trace.

    Raises CaseError.
    """
    target, made = _beside(path)
    try:
        yield made
        made.chmod(mode_of(target))
        made.replace(target)
    except OSError as bad:
        raise _unwritable(path, bad.strerror or str(bad)) from None
    finally:
        made.unlink(missing_ok=True)


def _beside(path: Path) -> tuple[Path, Path]:
    """The file that is replaced, through a link to it, and a new one in its folder."""
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            raise _unwritable(path, "it is no file")
        handle, name = tempfile.mkstemp(prefix=UNNAMED, suffix=target.suffix, dir=target.parent)
        os.close(handle)
    except (OSError, ValueError) as bad:
        reason = bad.strerror if isinstance(bad, OSError) and bad.strerror else str(bad)
        raise _unwritable(path, reason) from None
    return target, Path(name)


def refuse_input(path: Path, given: Path) -> None:
    """The result must not take the place of the table it was made from. Raises CaseError."""
    with suppress(OSError, ValueError):
        if path.samefile(given):
            raise _unwritable(path, "it is the table that is read")


def mode_of(target: Path) -> int:
    """The rights of the file that is replaced, else those a new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _unwritable(path: Path, reason: str) -> LicetError:
    room = any(word in reason for word in _FULL)
    hint = "make room there and give the same command again, or " * room + "name another file with -o"
    return CaseError.one("E_WRITE", f"the result cannot be written: {reason}", Place(str(path)), hint)
