"""A party while it is read: many sources spread one over several rows. What is not resolved goes into the note."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from licet.parties.entry import Entry, Identifier, Name
from licet.parties.readers.countries import countries_said, country, country_in
from licet.parties.readers.dates import births
from licet.parties.readers.safe import Source
from licet.parties.readers.text import checked_name, clean, in_own_script

_ID_BYTES = 8
Once = dict[str, None]


@dataclass(slots=True)
class Draft:
    """Texts as published, each once, in the order they came."""

    source: Source
    kind: str = "unknown"
    own: str = ""
    found: dict[str, str] = field(default_factory=dict)  # name to kind
    countries: Once = field(default_factory=dict)
    addresses: Once = field(default_factory=dict)
    born: Once = field(default_factory=dict)
    identifiers: dict[Identifier, None] = field(default_factory=dict)
    programmes: Once = field(default_factory=dict)
    notes: Once = field(default_factory=dict)
    footnotes: tuple[str, ...] = ()
    scope: str = ""
    policy: str = ""
    start: date | None = None
    end: date | None = None
    cite: str = ""
    url: str = ""

    def name(self, text: str, kind: str = "alias") -> None:
        """One more name. The first is the party's own; an alias in another script than Latin is an original one."""
        name = checked_name(text, self.source)
        if any(map(str.isalnum, name)):
            self.found.setdefault(name, "original" if kind == "alias" and in_own_script(name) else kind)

    def names(self, texts: Iterable[str], kind: str = "alias") -> None:
        """More names of one kind."""
        for text in texts:
            self.name(text, kind)

    def lead(self, text: str) -> None:
        """The party's own name, where it may come after others."""
        self.name(text)
        name = clean(text)
        self.own = self.own or (name if name in self.found else "")

    def place(self, texts: Iterable[str]) -> None:
        """Countries and nationalities, as codes or in words."""
        for text in texts:
            codes = countries_said(text)
            self.countries.update(dict.fromkeys(codes))
            if not codes and (rest := clean(text)):
                self.notes[f"place: {rest}"] = None

    def address(self, *parts: str) -> None:
        """An address in its parts, the country last; where only that is known it is no address."""
        if any(parts[:-1]) or len(parts) == 1:
            self.addresses |= dict.fromkeys(filter(None, [", ".join(filter(None, map(clean, parts)))]))

    def where(self, address: str) -> None:
        """An address in one line, which may name its country."""
        code = country_in(clean(address))
        if code:
            self.countries[code] = None
        if not country(address):
            self.address(address)

    def births(self, texts: Iterable[str], month_first: bool = False) -> None:
        """Dates of birth in words or figures."""
        exact, inexact = births(map(clean, texts), month_first)
        self.born.update(dict.fromkeys(exact))
        self.note(*(f"born: {text}" for text in inexact))

    def number(self, kind: str, *values: str) -> None:
        """Numbers of one kind."""
        for value in map(clean, values):
            if value:
                self.identifiers[Identifier(kind, value)] = None

    def programme(self, *texts: str) -> None:
        """Programmes, regimes, committees."""
        self.programmes.update(dict.fromkeys(filter(None, map(clean, texts))))

    def note(self, *texts: str) -> None:
        """What else the row says."""
        self.notes.update(dict.fromkeys(filter(None, map(clean, texts))))

    def entry(self, list_id: str, number: str) -> Entry:
        """The party, done. Where the publisher gives no number, one is made that is the same in the next edition."""
        own = self.own or next(iter(self.found), "")
        others = (Name(text, kind) for text, kind in self.found.items() if text != own)
        return Entry(
            list=list_id,
            id=number or made_id(list_id, own, self.countries),
            names=(Name(own, "primary"), *others) if own else (),
            kind=self.kind,
            countries=tuple(self.countries),
            addresses=tuple(self.addresses),
            births=tuple(self.born),
            identifiers=tuple(self.identifiers),
            programmes=tuple(self.programmes),
            footnotes=self.footnotes,
            scope=self.scope,
            policy=self.policy,
            start=self.start,
            end=self.end,
            cite=self.cite,
            url=self.url,
            note="; ".join(self.notes),
        )


def made_id(list_id: str, name: str, places: Iterable[str] = ()) -> str:
    """An id for a row whose publisher gives none: from the list, the name and the places."""
    whole = "\x1f".join((list_id, " ".join(name.casefold().split()), *sorted(places)))
    return hashlib.blake2b(whole.encode("utf-8", "replace"), digest_size=_ID_BYTES).hexdigest()
