"""Licet: may this go, to them, on this day, and why?

`licet.open()` gives a desk that answers from Python (docs/library.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

    from licet.library.desk import Desk

__version__ = "0.1.0"


def open(*, lists: bool = True, language: str = "en", law_age: timedelta | int = 0) -> Desk:
    """A desk over the law in use; with `lists`, parties are held against those that are loaded.

    `law_age` is how long before a day the law may have been read, as a timedelta or in days. Raises LawError.
    """
    from licet.library.desk import open_desk  # noqa: PLC0415 - the command line needs none of it

    return open_desk(lists=lists, language=language, law_age=law_age)
