"""Matrices of which most is zero. What makes them is slow to load, so it is loaded where there are lists to search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def sparse(parts: tuple[Any, ...], shape: tuple[int, int]) -> csr_array:
    """A `scipy.sparse.csr_array`, of (values, columns, starts of rows) or of (values, (rows, columns))."""
    from scipy.sparse import csr_array  # noqa: PLC0415

    return csr_array(parts, shape=shape)
