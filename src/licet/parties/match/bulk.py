"""Many queries on all cores: processes that share the index they were started with."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from licet.parties.match.hit import Query
from licet.parties.match.judge import Judged

if TYPE_CHECKING:
    from licet.parties.match.index import Index

Found = list[list[Judged]]
_SHARED: list[Index] = []


def in_chunks(
    index: Index, chunks: Sequence[Sequence[Query]], limit: int, threshold: float, shared: bool
) -> Iterator[Found]:
    """What is found for each chunk, in order; with `shared`, by as many processes as there are cores."""
    workers = min(len(chunks), os.cpu_count() or 1)
    # Only a forked process has the index without reading it anew; elsewhere one process does the work.
    if not shared or workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        for chunk in chunks:
            yield index.judged(chunk, limit, threshold)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_share, initargs=(index,)) as pool:
        yield from pool.map(_work, chunks, [limit] * len(chunks), [threshold] * len(chunks))


def _share(index: Index) -> None:
    _SHARED[:] = [index]


def _work(chunk: Sequence[Query], limit: int, threshold: float) -> Found:
    return _SHARED[0].judged(chunk, limit, threshold)
