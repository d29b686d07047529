"""Signing in and out."""

from __future__ import annotations

from licet.accounts import people, refused, sessions, tokens
from licet.accounts.names import UNKNOWN, folded
from licet.accounts.people import Person
from licet.facts.errors import CaseError, LicetError
from licet.services.access.caller import Caller, Role
from licet.services.access.ground import Ground
from licet.services.access.limits import TooMany, place

HOUR = 3_600
IDLE, WHOLE = 12 * HOUR, 7 * 24 * HOUR  # a session ends when it was not used, or lasted, so long
TOUCHED = 60  # a session is written to at most so often
WITHIN, UNDER_NAME, FROM_ADDRESS = 900, 5, 20  # so many sign-ins may go wrong in a quarter of an hour


class Doors(Ground):
    """Lets in who proves who they are."""

    def sign_in(self, name: str, password: str, where: str) -> str:
        """Begin a session from an address; the value of its cookie, new each time. Raises CaseError.

        E_SIGN_IN says not what was wrong, and takes as long for a name that is unknown. E_TOO_MANY (`TooMany`) comes
        after too many that went wrong, whether this one is right or not.
        """
        person = self._proven(name, password, where, "a sign-in")
        kept = self.passwords.hashed(password) if self.passwords.is_old(person.password) else person.password
        cookie, now = tokens.make(), self.clock()
        with self.store.writing() as connection:
            found = people.numbered(connection, person.number)
            if found is None or found.off is not None or found.password != person.password:  # changed in between
                raise _wrong()
            people.set_password(connection, person.number, kept)
            people.signed_in(connection, person.number, now)
            sessions.delete_old(connection, now - WHOLE, now - IDLE)
            sessions.insert(connection, tokens.digest(cookie), person.number, tokens.make(), now)
        return cookie

    def sign_out(self, cookie: str) -> None:
        """End a session. Raises CaseError."""
        with self.store.writing() as connection:
            sessions.delete(connection, tokens.digest(cookie))

    def caller_of_cookie(self, cookie: str) -> Caller | None:
        """Whose session it is; None where it is none, has ended, or its account is switched off. Raises CaseError."""
        hashed, now = tokens.digest(cookie), self.clock()
        with self.store.reading() as connection:
            found = sessions.one(connection, hashed)
        if found is None or found.off is not None or now - found.made > WHOLE or now - found.used > IDLE:
            return None
        if now - found.used > TOUCHED:
            with self.store.writing() as connection:
                sessions.touch(connection, hashed, now)
        return Caller(found.name, Role(found.role), found.token)

    def _proven(self, name: str, password: str, where: str, what: str) -> Person:
        """The account whose password this is. Raises CaseError, and writes down that somebody failed."""
        plain = folded(name[: tokens.LONGEST])
        with self.store.reading() as connection:
            person = people.named(connection, plain)
        who = UNKNOWN if person is None else person.name  # what was typed may be a password: it is written nowhere
        number = self._counted_try(plain, where, who, what)
        fits = self.passwords.fits(None if person is None else person.password, password)
        if person is None or not fits or person.off is not None:
            self.denied(who, where, what, "switched off" if person and fits else "the name or the password is wrong")
            raise _wrong()
        with self.store.writing() as connection:
            refused.forget_try(connection, number)
            refused.forget_name(connection, tokens.digest(plain))
        return person

    def _counted_try(self, plain: str, where: str, who: str, what: str) -> int:
        """Count a sign-in before its password is looked at, so that many at once are no way around. Raises TooMany."""
        now, hashed, address = self.clock(), tokens.digest(plain), place(where)
        with self.store.writing() as connection:
            refused.forget_old(connection, now - WITHIN)
            under, away = refused.tried(connection, hashed, address, now - WITHIN)
            full = [times[-most] for times, most in ((under, UNDER_NAME), (away, FROM_ADDRESS)) if len(times) >= most]
            number = 0 if full else refused.insert_try(connection, hashed, address, now)
        if full:
            self.denied(who, where, what, "too many went wrong")
            raise TooMany("too many sign-ins went wrong", max(full) + WITHIN - now)
        return number


def _wrong() -> LicetError:
    return CaseError.one("E_SIGN_IN", "the name or the password is not right", hint="an administrator can set another")
