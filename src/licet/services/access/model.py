"""What is told of accounts, keys and denials: never a password, a key or a hash of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from licet.accounts.acts import Act
from licet.accounts.keys import ApiKey
from licet.accounts.people import Person
from licet.accounts.refused import Refusal
from licet.services.access.caller import Role


@dataclass(frozen=True, slots=True)
class Account:
    """An account. `last` is when it last signed in, `off` since when it is switched off (None: it is not)."""

    name: str
    role: Role
    made: datetime
    last: datetime | None
    off: datetime | None

    @classmethod
    def of(cls, kept: Person) -> Account:
        """What is told of an account that is kept."""
        return cls(kept.name, Role(kept.role), _moment(kept.made), _perhaps(kept.last), _perhaps(kept.off))


@dataclass(frozen=True, slots=True)
class Key:
    """An API key. It may do what `role` says, and never more than its account may at the time.

    `ended` is when somebody ended it; `ends` when it ends by itself, None for one made before keys did.
    """

    number: int
    title: str
    account: str
    role: Role
    made: datetime
    last: datetime | None
    ended: datetime | None
    ends: datetime | None

    def over(self, now: float) -> bool:
        """Whether it has ended, in either way, at a moment in seconds since 1970."""
        return self.ended is not None or (self.ends is not None and self.ends.timestamp() <= now)

    @classmethod
    def of(cls, kept: ApiKey) -> Key:
        """What is told of a key that is kept."""
        moments = _moment(kept.made), _perhaps(kept.last), _perhaps(kept.ended), _perhaps(kept.ends)
        return cls(kept.number, kept.title, kept.account, Role(kept.role), *moments)


@dataclass(frozen=True, slots=True)
class Denial:
    """Something that was refused: to whom (and from where), what they wanted, and why not."""

    at: datetime
    who: str
    what: str
    why: str
    number: int

    @classmethod
    def of(cls, kept: Refusal) -> Denial:
        """What is told of a denial that is kept."""
        return cls(_moment(kept.at), kept.who, kept.what, kept.why, kept.number)


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did to an account or a key."""

    at: datetime
    who: str
    what: str
    number: int

    @classmethod
    def of(cls, kept: Act) -> Done:
        """What is told of an act that is kept."""
        return cls(_moment(kept.at), kept.who, kept.what, kept.number)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=0)


def _perhaps(seconds: float | None) -> datetime | None:
    return None if seconds is None else _moment(seconds)
