"""API keys: made, looked up and ended."""

from __future__ import annotations

from time import monotonic

from licet.accounts import acts, keys, tokens
from licet.accounts.keys import ApiKey
from licet.accounts.names import folded
from licet.facts.errors import CaseError, LicetError
from licet.services.access.caller import Caller, Role
from licet.services.access.model import Key
from licet.services.access.people import People

REMEMBERED = 3.0  # seconds a process goes without looking a key up again; one that was ended works no longer than that
MANY = 10_000  # keys remembered at a time
TOUCHED = 60  # a key is written to at most so often
LONGEST_TITLE = 100


class Keyring(People):
    """Keys for programs: a key asks as its account, and may do what its own role says as far as the account's does."""

    def keys(self, name: str | None = None) -> list[Key]:
        """The keys of an account, or all; the newest first, also those that were ended. Raises CaseError."""
        with self.store.reading() as connection:
            return [Key.of(key) for key in keys.each(connection, folded(name or ""))]

    def make_key(self, by: Caller, account: str, title: str, role: Role) -> str:
        """A new key, which is told this once: only its hash is kept. Raises CaseError.

        Who is signed in makes keys for themselves, an administrator for all. A key makes none, unless it is an
        administrator's: one that was stolen is done with when it is ended.
        """
        person = self.person(account)
        own = folded(by.name) == person.folded and bool(by.token)
        if not own:
            by.need(Role.ADMINISTRATOR)
        if role > person.role:
            raise CaseError.one("E_ROLE", f"{person.name} is {Role(person.role).word}: no key of it may do more")
        made, kept = tokens.make_key(), _title(title)
        with self.store.writing() as connection:
            keys.insert(connection, tokens.digest(made), person.number, kept, role, self.clock())
            what = f"made a key of {person.name} as {role.word}: {kept}"
            acts.insert(connection, self.did(by.name, what))
        return made

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
        """Whose key it is; None where it is none, was ended, or its account is switched off. Raises CaseError."""
        if not tokens.is_key(key):
            return None
        hashed, at, now = tokens.digest(key), monotonic(), self.clock()
        with self.store.reading() as connection:
            found = keys.by_hash(connection, hashed)
        if found is None or found.ended is not None or found.account_off is not None:
            self.known.pop(hashed, None)
            return None
        self._touch(found, now)
        caller = Caller(found.account, Role(min(found.role, found.account_role)))
        if len(self.known) >= MANY:
            self.known.clear()
        self.known[hashed] = at, caller
        return caller

    def changed(self) -> None:
        """What is remembered of callers does not count any more."""
        self.known.clear()

    def _touch(self, key: ApiKey, now: float) -> None:
        """Remember that a key was used, once a minute."""
        if key.last is None or now - key.last > TOUCHED:
            with self.store.writing() as connection:
                keys.touch(connection, key.number, now)


def _title(text: str) -> str:
    """What a key is for. Raises CaseError where that is not said."""
    found = text.strip()
    if not found or len(found) > LONGEST_TITLE or not found.isprintable():
        raise _wrong(f"a key has a title of 1 to {LONGEST_TITLE} characters")
    return found


def _wrong(text: str) -> LicetError:
    return CaseError.one("E_TITLE", text, hint="say what the key is for")
