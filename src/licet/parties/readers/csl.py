"""The US Consolidated Screening List: what its three forms share. A source names the list each row stands on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from licet.facts.errors import quoted
from licet.parties.entry import Entry, Identifier
from licet.parties.readers.dates import federal_register
from licet.parties.readers.draft import Draft
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.safe import Source

SOURCES = {
    "Entity List": "us.el",
    "Denied Persons List": "us.dpl",
    "Unverified List": "us.uvl",
    "Military End User": "us.meu",
    "Specially Designated Nationals": "us.sdn",
    "Sectoral Sanctions Identifications List": "us.ssi",
    "Non-SDN Chinese Military-Industrial Complex Companies List": "us.ns_cmic",
    "Non-SDN Menu-Based Sanctions List": "us.ns_mbs",
    "Palestinian Legislative Council List": "us.ns_plc",
    "Capta List": "us.capta",
    "CAPTA List": "us.capta",
    "Foreign Sanctions Evaders": "us.fse",
    "ITAR Debarred": "us.dtc",
    "Nonproliferation Sanctions": "us.isn",
}
KINDS = {"individual": "person", "entity": "firm", "vessel": "vessel", "aircraft": "aircraft"}

# A footnote is a bare digit where a citation would have its paragraph in brackets.
_DIRECTIVE = re.compile(
    r"13662 Directive Determination -? ?Subject to Directive ([1-4])|"
    r"Subject to Directive ([1-4]), Executive Order 13662"
)
_NO_NUMBER = re.compile(
    r"gender|sanction|risk|transactions prohibited|executive order|directive|\bdate\b|determination|target type|"
    r"organization type|issuer name|information|website|email|phone|fax|nationality|aircraft (?:model|operator|type)|"
    r"vessel (?:flag|year|owner|type)|former vessel",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Row:
    """A row of the list in any of its forms, texts as published."""

    source: str
    name: str
    number: str = ""
    kind: str = ""
    aliases: Iterable[str] = ()
    countries: Iterable[str] = ()
    addresses: Iterable[str] = ()
    births: Iterable[str] = ()
    identifiers: Iterable[Identifier] = ()
    programmes: Iterable[str] = ()
    scope: str = ""
    policy: str = ""
    notice: str = ""
    start: date | None = None
    end: date | None = None
    url: str = ""
    notes: Iterable[str] = ()
    facts: str = ""


@lru_cache(256)
def list_of(source: str) -> str:
    """The list a source names, or an empty text."""
    return SOURCES.get(source.partition(" (")[0].strip(), "")


def gather(source: Source, wanted: Wanted, form: str, rows: Iterable[Row], published: date | None = None) -> Editions:
    """The entries of all rows, by list; unknown sources are an error unless the user lets them go."""
    harvest = Harvest(form, source)
    unknown: dict[str, int] = {}
    for row in rows:
        list_id = wanted.list_or(list_of(row.source))
        if list_id:
            harvest.add(_entry(source, list_id, row))
        else:
            unknown[row.source] = unknown.get(row.source, 0) + 1
    if unknown and not wanted.skip_unknown:
        told = ", ".join(f"{quoted(name)} ({count} rows)" for name, count in list(unknown.items())[:5])
        raise source.wrong("P_UNKNOWN_LIST", f"names lists not known here: {told}", "skip them knowingly")
    for list_id in harvest.entries:
        for name, count in unknown.items():
            harvest.skip(list_id, f"unknown list {name}", count)
    return harvest.editions(published)


@lru_cache(1024)
def directives(text: str) -> tuple[str, ...]:
    """Directives of Executive Order 13662 a row of the sectoral list is subject to, as the law names them."""
    return tuple(dict.fromkeys(f"directive_{one or other}" for one, other in _DIRECTIVE.findall(text)))


def identifier(kind: str, value: str) -> Identifier | None:
    """A number that names a party; None for what only describes it."""
    kind = kind.strip().rstrip(":- ").casefold()
    if not kind or _NO_NUMBER.search(kind) or not any(map(str.isdigit, value)):
        return None
    return Identifier("imo", value.strip()[4:]) if value.startswith("IMO ") else Identifier(kind, value.strip())


def _entry(source: Source, list_id: str, row: Row) -> Entry:
    draft = Draft(
        source,
        KINDS.get(row.kind.casefold(), "unknown"),
        footnotes=directives(row.facts) if list_id == "us.ssi" else (),  # the Entity List's: licet.parties.rows
        scope=row.scope,
        policy=row.policy,
        start=row.start or federal_register(row.notice),
        end=row.end,
        cite=row.notice,
        url=row.url,
    )
    draft.name(row.name)
    draft.names(row.aliases)
    draft.place(row.countries)
    draft.addresses = dict.fromkeys(row.addresses)
    draft.births(row.births)
    draft.identifiers = dict.fromkeys(row.identifiers)
    draft.programme(*row.programmes)
    draft.note(*row.notes)
    return draft.entry(list_id, row.number)
