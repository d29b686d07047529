"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Paging:
    """Where one is in a list of `count` things, `each` a page, and what was asked for."""

    address: str
    asked: Mapping[str, str]
    number: int
    count: int
    each: int

    @property
    def span(self) -> slice:
        """The things of this page."""
        return slice((self.at - 1) * self.each, self.at * self.each)

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.count // self.each))

    @property
    def at(self) -> int:
        """The number of this page: of one behind the last, that of the last."""
        return min(self.number, self.last)

    @property
    def start(self) -> int:
        """The place of the first thing on this page, from 1; 0 where there is none."""
        return (self.at - 1) * self.each + 1 if self.count else 0

    @property
    def end(self) -> int:
        """The place of the last thing on this page."""
        return min(self.count, self.at * self.each)

    def to(self, number: int) -> str:
        """The address of a page."""
        said = {key: value for key, value in self.asked.items() if value}
        return f"{self.address}?{urlencode(said | {'page': str(number)})}"
