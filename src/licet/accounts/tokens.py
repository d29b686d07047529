"""Secrets that are made here: 256 random bits, of which only the SHA-256 is kept."""

from __future__ import annotations

import hashlib
import secrets

KEY_MARK = "licet_"  # by which a scanner of secrets knows a key
_BYTES = 32
LONGEST = 128


def make() -> str:
    """A new secret, in characters that a URL and a cookie can hold."""
    return secrets.token_urlsafe(_BYTES)


def make_key() -> str:
    """A new API key."""
    return KEY_MARK + make()


def is_key(text: str) -> bool:
    """Whether this can be an API key."""
    return text.startswith(KEY_MARK) and len(text) <= LONGEST


def digest(secret: str) -> str:
    """What is kept of a secret. A fast hash is enough: nobody can guess 256 random bits."""
    return hashlib.sha256(secret[:LONGEST].encode("utf-8", "surrogatepass")).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are one, told in the same time wherever they differ. Nothing is the same as nothing."""
    found = secrets.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))
    return found and bool(one)
