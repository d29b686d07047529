"""Types of the columns of a ledger: whatever somebody put there behind its back is read, and told as changed."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from licet.ledger.packed import pack, unpack


class Bytes(sa.LargeBinary):
    """What SQLite lets somebody put in the place of bytes is read as some: then it is not what was kept."""

    def result_processor(self, *_: object) -> Callable[[object], bytes]:
        """Reads a value."""
        return lambda value: bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


class Packed(sa.TypeDecorator[bytes]):
    """Bytes that are packed where they lie."""

    impl = Bytes
    cache_ok = True

    def process_bind_param(self, value: bytes | None, _: object) -> bytes | None:
        """Packs a value."""
        return None if value is None else pack(value)

    def process_result_value(self, value: bytes | None, _: object) -> bytes | None:
        """Unpacks what lies there."""
        return None if value is None else unpack(value)


class Text(sa.Text):
    """The same for text."""

    def result_processor(self, *_: object) -> Callable[[object], str]:
        """Reads a value."""
        return lambda value: value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
