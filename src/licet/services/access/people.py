"""Accounts: made, changed and switched off by administrators."""

from __future__ import annotations

from licet.accounts import acts, names, people, refused, tokens
from licet.accounts.people import Person
from licet.facts.errors import CaseError, LicetError, quoted
from licet.services.access.caller import Caller, Role
from licet.services.access.doors import Doors
from licet.services.access.model import Account


class People(Doors):
    """Who there is, and which role they have."""

    def accounts(self) -> list[Account]:
        """All accounts, by name. Raises CaseError."""
        with self.store.reading() as connection:
            return [Account.of(person) for person in people.everybody(connection)]

    def add(self, by: Caller, name: str, role: Role, password: str) -> None:
        """Make an account. Raises CaseError."""
        by.need(Role.ADMINISTRATOR)
        kept = names.clean(name)
        hashed = self.passwords.made(password, kept)
        with self.store.writing() as connection:
            if people.named(connection, names.folded(kept)):
                hint = "choose another name"
                raise CaseError.one("E_NAME", f"there is an account {quoted(kept)} already", hint=hint)
            refused.drop_first(connection)
            people.insert(connection, kept, names.folded(kept), hashed, role, self.clock())
            acts.insert(connection, self.did(by.name, f"made {kept} {role.word}"))

    def set_role(self, by: Caller, name: str, role: Role) -> None:
        """Give an account another role; its keys may do no more than that from now on. Raises CaseError."""
        by.need(Role.ADMINISTRATOR)
        person = self.person(name)
        with self.store.writing() as connection:
            if role is not Role.ADMINISTRATOR and people.is_last(connection, person.number, Role.ADMINISTRATOR):
                raise _last(person)
            people.set_role(connection, person.number, role)
            acts.insert(connection, self.did(by.name, f"made {person.name} {role.word}"))
        self.changed()

    def set_password(self, by: Caller, name: str, password: str, current: str = "", where: str = "") -> None:
        """Give an account another password, which ends its sessions. Raises CaseError.

        One's own takes the `current` one too: a session that was left open is not enough for it.
        """
        if names.folded(by.name) != names.folded(name):
            by.need(Role.ADMINISTRATOR)
        else:
            self._proven(name, current, where, "another password of one's own")
        person = self.person(name)
        hashed = self.passwords.made(password, person.name)
        with self.store.writing() as connection:
            people.set_password(connection, person.number, hashed)
            people.end_sessions(connection, person.number)
            refused.forget_name(connection, tokens.digest(person.folded))
            acts.insert(connection, self.did(by.name, f"gave {person.name} another password"))

    def switch_off(self, by: Caller, name: str) -> None:
        """Let an account in no more: its sessions end, and its keys are refused while it is off. Raises CaseError."""
        by.need(Role.ADMINISTRATOR)
        person = self.person(name)
        with self.store.writing() as connection:
            if people.is_last(connection, person.number, Role.ADMINISTRATOR):
                raise _last(person)
            if person.off is None:
                people.set_off(connection, person.number, self.clock())
            people.end_sessions(connection, person.number)
            acts.insert(connection, self.did(by.name, f"switched {person.name} off"))
        self.changed()

    def switch_on(self, by: Caller, name: str) -> None:
        """Let an account in again. Raises CaseError."""
        by.need(Role.ADMINISTRATOR)
        person = self.person(name)
        with self.store.writing() as connection:
            people.set_off(connection, person.number, None)
            acts.insert(connection, self.did(by.name, f"switched {person.name} on"))
        self.changed()

    def changed(self) -> None:
        """What is remembered of callers does not count any more."""


def _last(person: Person) -> LicetError:
    text = f"{person.name} is the last administrator"
    return CaseError.one("E_LAST", text, hint="make another account administrator first")
