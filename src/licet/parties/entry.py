"""An entry of a list of parties, as every reader gives it, whatever form its publisher chose.

Texts stand as published; nothing is normalised here. What the source does not give is empty or None,
never guessed. Names of lists are those the law uses (`us.el`, `us.sdn`, `eu.269`, `uk.sanctions` …).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

KINDS = ("firm", "person", "vessel", "aircraft", "unknown")
NAME_KINDS = ("primary", "alias", "weak", "former", "original", "added")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entry.

    `kind`: primary (the row's own), alias, weak (the publisher marks it as low quality), former,
    original (the name in its own script), added (from a file of aliases, not from the list; `cite` says where from).
    """

    text: str
    kind: str = "alias"
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that names a party: `kind` as published and lower-cased (passport, imo, inn, lei, uscc …), `value`."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of one list.

    `id` is the publisher's own where there is one, else made from list, name and place, so that it is the same in
    the next edition. `countries` are ISO 3166-1 alpha-2 codes, `births` ISO dates, possibly cut short (`1972`,
    `1972-11`). `start` and `end` are the first and the last day on the list where the source gives them; `cite` is
    the act (Federal Register, Official Journal …) as published. `scope`, `policy`, `footnotes` and `programmes` are
    texts of the row.
    """

    list: str
    id: str
    names: tuple[Name, ...]
    kind: str = "unknown"
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    programmes: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    scope: str = ""
    policy: str = ""
    start: date | None = None
    end: date | None = None
    cite: str = ""
    url: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """The row's own name."""
        return self.names[0].text


@dataclass(frozen=True, slots=True)
class Edition:
    """What one file of a publisher holds: the entries, and the day the publisher gives the file.

    `format` names the reader, `published` is the publisher's own date in the file (None where it has none), `skipped`
    counts rows that hold no name or another thing than a party, by reason.
    """

    format: str
    entries: tuple[Entry, ...]
    published: date | None = None
    skipped: dict[str, int] = field(default_factory=dict)
