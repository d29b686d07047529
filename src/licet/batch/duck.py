"""DuckDB, loaded when something of it is first asked for: it is slow to load, and most processes read no table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["DuckDBPyConnection", "Error", "connect"]

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, Error, connect
else:

    def __getattr__(name: str) -> Any:
        """What is called so in `duckdb`."""
        import duckdb  # noqa: PLC0415

        return getattr(duckdb, name)
