"""A ledger that is open: records are added to it, erased from as far as nothing stands against it, and held."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.engine import Connection

from licet.facts.errors import CaseError, LicetError
from licet.ledger import store as tables
from licet.ledger.adding import Adding, Entry
from licet.ledger.canonical import canonical
from licet.ledger.intact import check_intact
from licet.ledger.keys import Signer
from licet.ledger.record import (
    DECISION,
    ERASURE,
    HOLD,
    KEPT,
    RELEASE,
    ROTATION,
    START,
    Record,
)
from licet.ledger.standing import against, holds, years_after
from licet.ledger.store import Store

MAX_WORDS = 2_000  # characters of a reason, of a name


@dataclass(frozen=True, slots=True)
class Once:
    """A request that is to be kept once: hashes of the key that its sender gave it, and of all that it asks."""

    key: str
    request: str


ToKeep = tuple[Entry, Once | None, str]  # with the kind of the record


class Ledger:
    """The records of one store, added to under the key that the ledger names.

    `renew` reads the key anew where another process has put another one in its place. `years` is how long its owner
    wants all to be kept, whatever the law says; 0: no rule of theirs.
    """

    def __init__(self, store: Store, signer: Signer, renew: Callable[[], Signer] | None = None, years: int = 0) -> None:
        self.store, self.signer, self.renew, self.years = store, signer, renew, years
        self.added = ""  # the hash of the record that was added last with this key

    def start(self, by: str) -> Record:
        """Begin a ledger. Raises CaseError where it has begun."""
        with self.store.writing() as connection:
            if tables.last(connection) is not None:
                raise CaseError.one("E_LEDGER", "this ledger has begun already", hint="licet ledger list shows it")
            entry = Entry({"key": self.signer.public}, {"by": _words(by, "who starts it")})
            return Adding(connection, self.signer).add(START, 0, entry)

    def keep(self, entry: Entry, once: Once | None = None, kind: str = DECISION) -> Record:
        """Keep a decision, or another `kind` of what is kept. When this returns, it is on disk.

        Raises CaseError, also where it was kept `once` before.
        """
        (kept,) = self.keep_all([(entry, once, kind)])
        if isinstance(kept, LicetError):
            raise kept
        return kept

    def keep_all(self, due: Iterable[ToKeep]) -> list[Record | LicetError]:
        """Keep several at one time, in their order; what stands against one keeps no other out.

        Raises CaseError where none is kept.
        """
        found = list[Record | LicetError]()
        with self.store.writing() as connection:
            adding = self._adding(connection)
            for entry, once, kind in due:
                if once is not None and tables.kept_once(connection, once.key) is not None:
                    found.append(CaseError.one("E_ONCE", "a request of this key is kept already"))
                    continue
                try:
                    record = adding.add(kind, 0, self._for_years(entry))
                except LicetError as wrong:
                    found.append(wrong)
                    continue
                if once is not None:
                    tables.insert_once(connection, once.key, once.request, record.number)
                found.append(record)
            added = adding.end.before
        self.added = added
        return found

    def _for_years(self, entry: Entry) -> Entry:
        """The entry, kept by the owner's own rule as well."""
        if not self.years:
            return entry
        until = years_after(datetime.now(UTC).date(), self.years)
        rule = {"cite": "own rule", "title": f"{self.years} years", "until": until.isoformat()}
        return replace(entry, says=entry.says | {"keep": [*entry.says.get("keep", ()), rule]})

    def rotate(self, new: Signer, by: str, reason: str) -> Record:
        """Put another key in the place of the one that signs: the last thing that this one signs. Raises CaseError.

        The new key signs that it takes over, so nobody can name a key that is not theirs.
        """
        with self.store.writing() as connection:
            adding = self._adding(connection)
            was, end = adding.signer.public, adding.end
            if new.public == was:
                raise CaseError.one("E_LEDGER_KEY", "this key signs the ledger already")
            owns = new.sign(takes_over(end.ledger, end.before, new.public))
            entry = _reasoned(by, reason)
            record = adding.add(ROTATION, 0, Entry({"key": new.public, "was": was, "owns": owns}, entry.parts))
        self.signer = new
        return record

    def signing(self, connection: Connection) -> Signer:
        """The key that signs now. Raises CaseError where it is not in hand: no other one is accepted."""
        named = current_key(connection)
        if self.signer.public != named and self.renew is not None:
            self.signer = self.renew()
        if self.signer.public != named:
            text = f"the key in hand is not the one that signs this ledger, {named}"
            raise CaseError.one("E_LEDGER_KEY", text, hint="put its file in place, or name it with LICET_LEDGER_KEY")
        return self.signer

    def before(self, once: Once) -> int | None:
        """The record of a request that was kept already. Raises CaseError where its key was given to another one."""
        with self.store.reading() as connection:
            found = tables.kept_once(connection, once.key)
        if found is None:
            return None
        request, number = found
        if request != once.request:
            text = "this key was given to another request"
            raise CaseError.one(
                "E_IDEMPOTENCY",
                text,
                hint="give every request a key of its own, and the same one when it is sent again",
            )
        return number

    def hold(self, number: int, by: str, reason: str) -> Record:
        """Stand against erasing a record, for as long as nobody releases it. Raises CaseError."""
        with self.store.writing() as connection:
            self._kept(connection, number)
            return self._adding(connection).add(HOLD, number, _reasoned(by, reason))

    def release(self, number: int, by: str, reason: str) -> Record:
        """End every hold of a record. Raises CaseError where there is none."""
        with self.store.writing() as connection:
            self._kept(connection, number)
            if not holds(tables.about(connection, number)):
                raise CaseError.one("E_NO_HOLD", f"no hold stands on record {number}")
            return self._adding(connection).add(RELEASE, number, _reasoned(by, reason))

    def erase(self, number: int, by: str, reason: str, day: date) -> Record:
        """Erase the parts of a record for good: also who held, released or erased another, and why. The chain stands.

        Raises CaseError where a duty to keep it or a hold stands against it on this day, and says which.
        """
        with self.store.writing() as connection:
            record = tables.one(connection, number)
            if record is None:
                raise missing(number)
            check_intact(record, {})
            if reasons := against(connection, record, day):
                text = f"record {number} must be kept: {'; '.join(reasons)}"
                raise CaseError.one("E_KEPT", text, hint="erase it when this ends (licet ledger release ends a hold)")
            names = [*tables.parts(connection, number)]
            if not names:
                raise CaseError.one("E_ERASED", f"record {number} is erased already")
            entry = _reasoned(by, reason)
            tables.delete_parts(connection, number, names)
            told = Entry(entry.says | {"erased": names}, entry.parts)
            erased = self._adding(connection).add(ERASURE, number, told)
        self.store.forget_freed()
        return erased

    def _kept(self, connection: Connection, number: int) -> Record:
        record = tables.one(connection, number)
        if record is None or record.kind not in KEPT:
            raise missing(number)
        return record

    def _adding(self, connection: Connection) -> Adding:
        """The end of the chain, to add to it under the key that signs now. Raises CaseError."""
        before = tables.last(connection)
        if before is None:
            raise CaseError.one("E_NO_LEDGER", "this ledger has not begun", hint="licet ledger start")
        # Behind what was added here last nobody can have named another key.
        signer = self.signer if before.hash == self.added else self.signing(connection)
        return Adding(connection, signer, before)


def current_key(connection: Connection) -> str:
    """The public key that signs now: that of the last rotation, else that of the beginning; empty before it."""
    named = tables.of_kind(connection, START, ROTATION)
    return str(named[-1].says["key"]) if named else ""


def takes_over(ledger: str, before: str, key: str) -> bytes:
    """What a new key signs when it takes over behind a record."""
    return canonical({"schema": "licet.rotation/1", "ledger": ledger, "before": before, "key": key})


def missing(number: int) -> LicetError:
    """Nothing is kept under this number."""
    text = f"nothing that was decided or found out is kept under number {number}"
    return CaseError.one("E_NO_RECORD", text, hint="licet ledger list shows all")


def _reasoned(by: str, reason: str) -> Entry:
    return Entry({}, {"by": _words(by, "who decides"), "reason": _words(reason, "why")})


def _words(text: str, what: str) -> bytes:
    said = " ".join(text.split())
    if not said or len(said) > MAX_WORDS:
        raise CaseError.one("E_VALUE", f"say {what}, in at most {MAX_WORDS:,} characters")
    return canonical(said)
