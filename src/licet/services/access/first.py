"""The first administrator, let in by a link that works once."""

from __future__ import annotations

from licet.accounts import acts, names, people, refused, tokens
from licet.facts.errors import CaseError, LicetError
from licet.services.access.caller import Role
from licet.services.access.keyring import Keyring

LIVES = 24 * 3_600


class First(Keyring):
    """The one-time secret: only its hash is kept, and that until it is used, replaced, old, or there is an account."""

    def new_first(self) -> str:
        """A new secret for the one-time link, where there is no account; else an empty text. Raises CaseError."""
        secret = tokens.make()
        with self.store.writing() as connection:
            if people.any_there(connection):
                return ""
            refused.keep_first(connection, tokens.digest(secret), self.clock())
        return secret

    def first_link_open(self) -> bool:
        """Whether a one-time link can still be used. Raises CaseError."""
        with self.store.reading() as connection:
            return refused.is_open(connection, self.clock() - LIVES)

    def make_first(self, secret: str, name: str, password: str, where: str = "") -> None:
        """Make the first administrator with the secret of the one-time link, which dies. Raises CaseError."""
        hashed = tokens.digest(secret)
        with self.store.reading() as connection:
            opens = refused.opens(connection, hashed, self.clock() - LIVES)
        if not opens:
            self.denied("", where, "the one-time link", "it is another one, was used or is old")
            raise _dead()
        kept = names.clean(name)
        slow = self.passwords.made(password, kept)
        with self.store.writing() as connection:
            if not refused.opens(connection, hashed, self.clock() - LIVES):  # used while the password was hashed
                raise _dead()
            refused.drop_first(connection)
            people.insert(connection, kept, names.folded(kept), slow, Role.ADMINISTRATOR, self.clock())
            acts.insert(connection, self.did(kept, "became the first administrator by the one-time link"))


def _dead() -> LicetError:
    return CaseError.one("E_SIGN_IN", "this link is no good any more", hint="licet serve prints a new one")
