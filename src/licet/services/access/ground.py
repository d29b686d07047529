"""What every part of `Access` stands on: the database, the clock, and the book of denials."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from threading import Lock

from licet.accounts import acts, people, refused
from licet.accounts.acts import Act
from licet.accounts.names import NOBODY, folded
from licet.accounts.passwords import Passwords
from licet.accounts.people import Person
from licet.accounts.refused import Refusal
from licet.accounts.store import Store
from licet.accounts.tokens import KEY_MARK
from licet.facts.errors import CaseError, quoted
from licet.services.access.caller import Caller
from licet.services.access.model import Denial, Done

MINUTE, EACH_MINUTE = 60, 30  # so many denials of one who asks are written one by one; the rest is counted
LONGEST = 200
_KEY = re.compile(rf"{KEY_MARK}[\w-]{{16,}}", re.ASCII)


class Ground:
    """The store of accounts, how passwords are hashed, and a clock that tells seconds since 1970."""

    def __init__(
        self, store: Store, passwords: Passwords | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self.store, self.passwords, self.clock = store, passwords or Passwords(), clock
        self.known = dict[str, tuple[float, Caller]]()  # by the hash of their key, since when
        self._lock, self._minutes, self._swept = Lock(), dict[str, tuple[float, int]](), 0.0

    def denied(self, who: str, where: str, what: str, why: str) -> None:
        """Write down who was refused what, and why. No password and no key may stand in it. Raises CaseError."""
        now, asked = self.clock(), _plain(f"{who or NOBODY} from {where or 'here'}")
        rows = self._counted(asked, now)
        if rows is None:
            return
        with self.store.writing() as connection:
            for row in (*rows, Refusal(now, asked, _plain(what), _plain(why))):
                refused.insert(connection, row)

    def denials(self, limit: int = 200, before: int = 0) -> list[Denial]:
        """The newest denials, or those before one, by its number; the last one first. Raises CaseError."""
        with self.store.reading() as connection:
            return [Denial.of(row) for row in refused.newest(connection, limit, before)]

    def did(self, by: str, what: str) -> Act:
        """What somebody did now, as it is written down; no name is somebody with the files of this machine."""
        return Act(self.clock(), by or "on this machine", what)

    def acts(self, limit: int = 200, before: int = 0) -> list[Done]:
        """What was done to accounts and keys, or before one, by its number; the newest first. Raises CaseError."""
        with self.store.reading() as connection:
            return [Done.of(act) for act in acts.newest(connection, limit, before)]

    def _counted(self, who: str, now: float) -> list[Refusal] | None:
        """What is to be written beside a denial: sums of minutes that are over. None where it is only counted."""
        with self._lock:
            over = list[str]()
            if now - self._swept >= 1:  # not with each of many, for there may be many who ask
                over = [name for name, (since, _) in self._minutes.items() if now - since >= MINUTE]
                self._swept = now
            sums = [(name, *self._minutes.pop(name)) for name in over]
            since, before = self._minutes.get(who, (now, 0))
            self._minutes[who] = since, before + 1
        rows = [
            Refusal(now, name, "requests", f"{count - EACH_MINUTE:,} more were refused within a minute")
            for name, _, count in sums
            if count > EACH_MINUTE
        ]
        return rows if rows or before < EACH_MINUTE else None

    def person(self, name: str) -> Person:
        """The account of a name. Raises CaseError where there is none."""
        with self.store.reading() as connection:
            found = people.named(connection, folded(name))
        if found is None:
            raise CaseError.one("E_NO_ACCOUNT", f"there is no account {quoted(name)}", hint="licet account list")
        return found


def _plain(text: str) -> str:
    """Text of a request, safe to show in one line, and without a key, should somebody have put one there."""
    shown = _KEY.sub(f"{KEY_MARK}…", text)[:LONGEST]
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in shown)
