"""API keys: made, looked up and ended."""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic

from licet.accounts import acts, keys, tokens
from licet.accounts.keys import ApiKey, NewKey
from licet.accounts.names import folded
from licet.facts.errors import CaseError, LicetError, Place
from licet.services.access.caller import Caller, Role
from licet.services.access.model import Key
from licet.services.access.people import People

REMEMBERED = 3.0  # seconds a process goes without looking a key up again; one that was ended works no longer than that
MANY = 10_000  # keys remembered at a time
TOUCHED = 60  # a key is written to at most so often
LONGEST_TITLE = 100
DAY, YEAR, MOST_DAYS = 86_400, 365, 3_650  # seconds; days after which a key ends, unless told otherwise, and at most
NONE = "this key is none, or was ended"


class Keyring(People):
    """Keys for programs: a key asks as its account, and may do what its own role says as far as the account's does."""

    def keys(self, name: str | None = None) -> list[Key]:
        """The keys of an account, or all; the newest first, also those that were ended. Raises CaseError."""
        with self.store.reading() as connection:
            return [Key.of(key) for key in keys.each(connection, folded(name or ""))]

    def make_key(self, by: Caller, account: str, title: str, role: Role, days: int = YEAR) -> str:
        """A new key, which is told this once: only its hash is kept. It ends after so many days. Raises CaseError.

        Who is signed in makes keys for themselves, an administrator for all. A key makes none, unless it is an
        administrator's: one that was stolen is done with when it is ended.
        """
        person = self.person(account)
        own = folded(by.name) == person.folded and bool(by.token)
        if not own:
            by.need(Role.ADMINISTRATOR)
        if role > person.role:
            raise CaseError.one("E_ROLE", f"{person.name} is {Role(person.role).word}: no key of it may do more")
        made, kept, now = tokens.make_key(), _title(title), self.clock()
        ends = now + _days(days) * DAY
        with self.store.writing() as connection:
            keys.insert(connection, NewKey(tokens.digest(made), person.number, kept, role, now, ends))
            what = f"made a key of {person.name} as {role.word} until {_day(ends)}: {kept}"
            acts.insert(connection, self.did(by.name, what))
        return made

    def key_of(self, key: str) -> Key:
        """What is told of a key that one has. Raises CaseError where it is none."""
        with self.store.reading() as connection:
            found = keys.by_hash(connection, tokens.digest(key))
        if found is None:
            raise CaseError.one("E_NO_KEY", "there is no such key")
        return Key.of(found)

    def end_key(self, by: Caller, number: int) -> None:
        """End a key of one's own, or as an administrator any. Raises CaseError."""
        with self.store.reading() as connection:
            found = keys.by_number(connection, number)
        if found is None or (folded(found.account) != folded(by.name) and by.role < Role.ADMINISTRATOR):
            raise CaseError.one("E_NO_KEY", f"there is no key {number}", hint="licet account key list")
        with self.store.writing() as connection:
            keys.end(connection, number, self.clock())
            acts.insert(connection, self.did(by.name, f"ended key {number} of {found.account}"))
        self.changed()

    def remembered(self, key: str) -> Caller | None:
        """Whose key it is, where that was looked up a moment ago."""
        at, caller = self.known.get(tokens.digest(key), (0.0, None))
        return caller if monotonic() - at < REMEMBERED else None

    def caller_of_key(self, key: str) -> Caller | None:
        """Whose key it is; None where it is none, has ended, or its account is switched off. Raises CaseError."""
        if not tokens.is_key(key):
            return None
        hashed, at, now = tokens.digest(key), monotonic(), self.clock()
        known = self.known  # another one once something changed while this was looked up
        with self.store.reading() as connection:
            found = keys.by_hash(connection, hashed)
        if found is None or not _counts(found) or _is_past(found, now):
            known.pop(hashed, None)
            return None
        self._touch(found, now)
        caller = Caller(found.account, Role(min(found.role, found.account_role)))
        if len(known) >= MANY:
            known.clear()
        if not _is_past(found, now + REMEMBERED):
            known[hashed] = at, caller
        return caller

    def why_none(self, key: str) -> str:
        """Why a key lets nobody in: it ended by itself, or in words that tell nothing else of it. Raises CaseError."""
        with self.store.reading() as connection:
            found = keys.by_hash(connection, tokens.digest(key)) if tokens.is_key(key) else None
        if found is None or found.ends is None or not _counts(found) or not _is_past(found, self.clock()):
            return NONE
        return f"key {found.number} ended by itself on {_day(found.ends)}"

    def changed(self) -> None:
        """What is remembered of callers does not count any more, nor what is being looked up."""
        self.known = {}

    def _touch(self, key: ApiKey, now: float) -> None:
        """Remember that a key was used, once a minute."""
        if key.last is None or now - key.last > TOUCHED:
            with self.store.writing() as connection:
                keys.touch(connection, key.number, now)


def _counts(key: ApiKey) -> bool:
    """Whether nobody ended a key or switched its account off."""
    return key.ended is None and key.account_off is None


def _is_past(key: ApiKey, now: float) -> bool:
    """Whether a key has ended by itself."""
    return key.ends is not None and key.ends <= now


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _days(days: int) -> int:
    """After how many days a key ends. Raises CaseError."""
    if not 1 <= days <= MOST_DAYS:
        hint = "make a new key when it ends"
        raise CaseError.one("E_VALUE", f"a key ends after 1 to {MOST_DAYS:,} days", Place(path="days"), hint)
    return days


def _title(text: str) -> str:
    """What a key is for. Raises CaseError where that is not said."""
    found = text.strip()
    if not found or len(found) > LONGEST_TITLE or not found.isprintable():
        raise _wrong(f"a key has a title of 1 to {LONGEST_TITLE} characters")
    return found


def _wrong(text: str) -> LicetError:
    return CaseError.one("E_TITLE", text, hint="say what the key is for")
