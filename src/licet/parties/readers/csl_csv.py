"""The US Consolidated Screening List as csv (29 columns), published at trade.gov."""

from __future__ import annotations

import re
from collections.abc import Iterator

from licet.parties.entry import Identifier
from licet.parties.readers import csl
from licet.parties.readers.countries import country
from licet.parties.readers.dates import day
from licet.parties.readers.harvest import Editions, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source
from licet.parties.readers.table import Row, named_rows, raw_rows
from licet.parties.readers.text import clean, decode, pieces

FORMAT = "us.csl.csv"
TITLE = "US Consolidated Screening List, csv"
NEEDED = ("source", "name", "alt_names", "addresses", "federal_register_notice", "license_requirement", "ids")
_PLACE = re.compile(r"(?:.*, *)?([A-Z]{2})")


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return set(NEEDED) <= set(look.columns())


def read(source: Source, wanted: Wanted) -> Editions:
    """The lists of the file."""
    rows = named_rows(source, raw_rows(source, decode(source)), NEEDED)
    return csl.gather(source, wanted, FORMAT, (_row(row) for _, row in rows))


def _row(row: Row) -> csl.Row:
    said = {key: clean(text).removeprefix('""') for key, text in row.items()}
    addresses = pieces(said["addresses"])
    places = [match[1] for match in map(_PLACE.fullmatch, addresses) if match]
    flag = said.get("vessel_flag", "")
    return csl.Row(
        source=said["source"],
        name=said["name"],
        number=said.get("entity_number") or said.get("_id", ""),
        kind=said.get("type", ""),
        aliases=pieces(said["alt_names"]),
        countries=[*places, *pieces(said.get("nationalities", "")), *pieces(said.get("citizenships", "")), flag],
        addresses=[address for address in addresses if not country(address)],
        births=pieces(said.get("dates_of_birth", "")),
        identifiers=_identifiers(said["ids"]),
        facts=said["ids"],
        programmes=pieces(said.get("programs", "")),
        scope=said["license_requirement"],
        policy=said.get("license_policy", ""),
        notice=said["federal_register_notice"],
        start=day(said.get("start_date", "")),
        end=day(said.get("end_date", "")),
        url=said.get("source_information_url") or said.get("source_list_url", ""),
        notes=[said.get("title", ""), said.get("remarks", ""), _order(said), flag and f"flag: {flag}"],
    )


def _order(said: Row) -> str:
    """What a denial order that is not the standard one means for a reader."""
    return "no standard denial order" if said.get("standard_order", "").upper() == "N" else ""


def _identifiers(text: str) -> Iterator[Identifier]:
    """`RU, 7736050003, Tax ID No.`: the kind comes last, a country first where there is one."""
    for piece in pieces(text):
        rest, _, kind = piece.rpartition(", ")
        found = csl.identifier(kind, _number(rest))
        if found:
            yield found


def _number(rest: str) -> str:
    """The number between dates, country and kind."""
    parts = [part for part in rest.split(", ") if not day(part) and not (len(part) == 2 and country(part))]
    return ", ".join(parts)
