"""The US Consolidated Screening List as json, published at trade.gov: one object a party under `results`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from licet.parties.entry import Identifier
from licet.parties.readers import csl
from licet.parties.readers.dates import day
from licet.parties.readers.document import load, objects, records, string, strings
from licet.parties.readers.harvest import Editions, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source

FORMAT = "us.csl.json"
TITLE = "US Consolidated Screening List, official json"
_ADDRESS = ("address", "city", "state", "postal_code", "country")


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return look.json and '"results"' in look.head and '"source"' in look.head


def read(source: Source, wanted: Wanted) -> Editions:
    """The lists of the file."""
    whole = load(source)
    if not isinstance(whole, dict):
        raise source.wrong("P_FORMAT", "has no `results`", "fetch the file again")
    results = records(source, whole.get("results"), "`results`")
    total = whole.get("total")
    if isinstance(total, int) and total > len(results):
        raise source.wrong(
            "P_CUT_SHORT", f"says {total} parties and holds {len(results)}", "fetch the whole list, not a page of it"
        )
    return csl.gather(source, wanted, FORMAT, map(_row, results))


def _row(result: dict[str, Any]) -> csl.Row:
    said = {key: string(value) for key, value in result.items()}
    addresses = objects(result.get("addresses"))
    flag = said.get("vessel_flag", "")
    return csl.Row(
        source=said.get("source", ""),
        name=said.get("name", ""),
        number=said.get("entity_number") or said.get("id") or said.get("_id", ""),
        kind=said.get("type", ""),
        aliases=strings(result.get("alt_names")),
        countries=[
            *(string(one.get("country")) for one in addresses),
            *strings(result.get("nationalities")),
            *strings(result.get("citizenships")),
            flag,
        ],
        addresses=filter(None, map(_address, addresses)),
        births=strings(result.get("dates_of_birth")),
        identifiers=_identifiers(result.get("ids")),
        facts=_facts(result.get("ids")),
        programmes=strings(result.get("programs")),
        scope=said.get("license_requirement", ""),
        policy=said.get("license_policy", ""),
        notice=said.get("federal_register_notice", ""),
        start=day(said.get("start_date", "")),
        end=day(said.get("end_date", "")),
        url=said.get("source_information_url") or said.get("source_list_url", ""),
        notes=[said.get("title", ""), said.get("remarks", ""), flag and f"flag: {flag}"],
    )


def _address(one: dict[str, Any]) -> str:
    """The address in one line; empty where only the country is known."""
    parts = [string(one.get(key)) for key in _ADDRESS]
    return ", ".join(filter(None, parts)) if any(parts[:-1]) else ""


def _facts(ids: Any) -> str:
    """All that stands under `ids`, the kind after the value as in the csv."""
    return "; ".join(f"{string(one.get('number'))}, {string(one.get('type'))}" for one in objects(ids))


def _identifiers(ids: Any) -> Iterator[Identifier]:
    for one in objects(ids):
        found = csl.identifier(string(one.get("type")), string(one.get("number")))
        if found:
            yield found
