"""Tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]], texts: int = 1) -> Iterator[str]:
    """A table; the first `texts` columns are words, the others numbers."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * texts}{'---:|' * (len(head) - texts)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""


def rate(value: float) -> str:
    """A share of one."""
    return f"{value:.3f}"
