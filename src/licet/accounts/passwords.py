"""Passwords, of which only a slow hash is kept (argon2id, RFC 9106)."""

from __future__ import annotations

import base64
import os
import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from licet.accounts.names import folded
from licet.facts.errors import CaseError

LEAST, MOST = 12, 256
TOGETHER = 2  # hashes at a time: each takes 46 MB
# More than what OWASP asks for at least (one pass over 46 MiB); 50 to 100 ms on one core of today.
STRONG = PasswordHasher(time_cost=2, memory_cost=47_104, parallelism=1)


class Passwords:
    """Makes and checks hashes of passwords."""

    def __init__(self, hasher: PasswordHasher = STRONG) -> None:
        self.hasher, self.room, self.dummy = hasher, BoundedSemaphore(TOGETHER), _hash_of_nothing(hasher)

    def made(self, password: str, name: str) -> str:
        """The hash of a new password for an account. Raises CaseError where it will not do."""
        if not LEAST <= len(password) <= MOST:
            raise CaseError.one("E_PASSWORD", f"a password has {LEAST} to {MOST} characters", hint="take four words")
        if folded(password) == folded(name):
            raise CaseError.one("E_PASSWORD", "the name is no password", hint="take four words")
        return self.hashed(password)

    def hashed(self, password: str) -> str:
        """The hash of a password, with the settings of now."""
        with self.room:
            return self.hasher.hash(_bytes(password))

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one whose hash is kept. Nobody's password (None) takes as long, and is never it."""
        try:
            with self.room:
                return self.hasher.verify(self.dummy if kept is None else kept, _bytes(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_old(self, kept: str) -> bool:
        """Whether a hash was made with other settings than those of now."""
        return self.hasher.check_needs_rehash(kept)


def _bytes(password: str) -> bytes:
    """A password as it is hashed: the same however a keyboard composes its letters."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _hash_of_nothing(hasher: PasswordHasher) -> str:
    """What looks like a hash and takes as long to check; no password is known for it."""
    salt, value = (
        base64.b64encode(os.urandom(size)).rstrip(b"=").decode() for size in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v=19$m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}${salt}${value}"
