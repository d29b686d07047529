"""Values as bytes that are always the same, and hashes of them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

SALT_BYTES = 32


def canonical(value: Any) -> bytes:
    """A value of JSON as the one text that stands for it: keys in order, no space, UTF-8.

    Raises ValueError for what has no such text (not a number, a lone half of a character).
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def digest(data: bytes) -> str:
    """SHA-256, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def commitment(salt: bytes, data: bytes) -> str:
    """What a record says of data that may be erased: without the salt nobody can guess at them."""
    return digest(b"licet.part/1\0" + salt + data)
