"""Who asks, and what the roles of accounts may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from licet.facts.errors import CaseError


class Role(IntEnum):
    """What an account may do; each may do all that those before it may."""

    READER = 1  # look: law, lists, alignments, what the ledger holds
    ANALYST = 2  # ask: check, interview, classify, screen, order books
    OFFICER = 3  # decide: hits, holds and releases, export of the ledger
    ADMINISTRATOR = 4  # accounts and keys, lists, erasing

    @property
    def word(self) -> str:
        """The word for it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a request comes from. `token` is what forms of its session carry; empty for an API key."""

    name: str
    role: Role
    token: str = ""

    def need(self, role: Role) -> None:
        """Raises CaseError (E_ROLE) where this takes another role."""
        if self.role < role:
            raise CaseError.one("E_ROLE", f"this takes the role {role.word}; {self.name} is {self.role.word}")
