"""Types of the columns of a ledger: whatever somebody put there behind its back is read, and told as changed."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa


class Bytes(sa.LargeBinary):
    """What SQLite lets somebody put in the place of bytes is read as some: then it is not what was kept."""

    def result_processor(self, *_: object) -> Callable[[object], bytes]:
        """Reads a value."""
        return lambda value: bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


class Text(sa.Text):
    """The same for text."""

    def result_processor(self, *_: object) -> Callable[[object], str]:
        """Reads a value."""
        return lambda value: value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
