"""Annexes of EU acts from the Official Journal as csv, one act a file: a consolidated act, or what an amendment adds.

The act tells the list: Regulation 269/2014 is `eu.269`, its sister 833/2014 `eu.833`, but for those of Annex IV, whom
export rules name (`eu.annex-iv`); any other act has its number and year (`eu.765-2006`). Annex and
measure stay in `scope`.
"""

from __future__ import annotations

import csv
import re

from licet.parties.readers.dates import day
from licet.parties.readers.draft import Draft
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source
from licet.parties.readers.table import Row, named_rows, raw_rows
from licet.parties.readers.text import both_scripts, clean, decode

FORMAT = "eu.journal"
FORMAT_AMENDMENT = "eu.journal.amendment"  # only what one act adds or changes, never the whole list
TITLE = "EU Official Journal annexes, csv"
NEEDED = ("recordId", "programKey", "annex", "measure", "schema", "name")
_ACTS = ("amendedCelex", "celex")
_CELEX = re.compile(r"3(\d{4})([A-Z])(\d{4})")
_SHORT = {"32014R0269": "eu.269", "32014R0833": "eu.833"}
_BY_ANNEX = {("32014R0833", "IV"): "eu.annex-iv"}
_KINDS = {
    "Person": "person", "LegalEntity": "firm", "Organization": "firm", "Company": "firm", "Vessel": "vessel",
}  # fmt: skip
_NUMBERS = {
    "passportNumber": "passport", "registrationNumber": "registration number", "taxNumber": "tax number",
    "idNumber": "id number", "innCode": "inn", "ogrnCode": "ogrn", "kppCode": "kpp", "okpoCode": "okpo",
    "leiCode": "lei", "swiftBic": "swift/bic", "imoNumber": "imo", "mmsi": "mmsi",
}  # fmt: skip
_PLACES = ("country", "nationality", "jurisdiction", "flag")


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return {*NEEDED} <= set(look.columns()) and any(name in look.columns() for name in _ACTS)


def read(source: Source, wanted: Wanted) -> Editions:
    """The lists of the file; an act whose annex names nobody is a list with nobody on it."""
    amends = "amendmentCelex" in source.data[:200].decode("utf-8", "replace")
    harvest = Harvest(FORMAT_AMENDMENT if amends else FORMAT, source)
    act = _CELEX.search(source.name)
    rows = list(named_rows(source, raw_rows(source, decode(source)), NEEDED))
    if act and not rows:
        harvest.declare(wanted.list_or(list_of(act.group())))
    for line, row in rows:
        celex = clean(row.get("amendedCelex") or row.get("celex", ""))
        list_id = wanted.list_or(list_of(celex, clean(row["annex"])))
        if not list_id:
            raise source.wrong("P_FORMAT", f"names no act: {celex!r:.40}", "fetch the file again", line)
        _add(harvest, source, list_id, celex, row)
    return harvest.editions()


def list_of(celex: str, annex: str = "") -> str:
    """The list of an act, or of one of its annexes; empty where there is no such act."""
    match = _CELEX.fullmatch(celex)
    if not match:
        return ""
    return _BY_ANNEX.get((celex, annex)) or _SHORT.get(celex) or f"eu.{int(match[3])}-{match[1]}"


def _add(harvest: Harvest, source: Source, list_id: str, celex: str, row: Row) -> None:
    said = {key: clean(text) for key, text in row.items()}
    if said["schema"] == "Asset":
        harvest.skip(list_id, "a thing, not a party")
        return
    many = {key: _values(text) for key, text in row.items()}
    draft = Draft(source, _KINDS.get(said["schema"], "unknown"))
    draft.names(both_scripts(said["name"]))
    for column, kind in (("alias", "alias"), ("weakAlias", "weak"), ("previousName", "former")):
        for text in many.get(column, ()):
            draft.names(both_scripts(text), kind)
    for column in _PLACES:
        draft.place(many.get(column, ()))
    for address in many.get("address", ()):
        draft.where(address)
    draft.births(many.get("birthDate", ()))
    for column, kind in _NUMBERS.items():
        draft.number(kind, *many.get(column, ()))
    draft.programme(said["programKey"])
    draft.scope = f"annex {said['annex']}: {said['measure']}" if said["annex"] else said["measure"]
    draft.start = day(said.get("startDate", ""))
    draft.cite = said.get("amendmentCelex") or celex
    draft.note(*many.get("position", ()), *many.get("notes", ()), said.get("reason", ""))
    harvest.add(draft.entry(list_id, _number(said)))


def _number(said: Row) -> str:
    """The number printed in the annex, with the annex, since each begins at 1."""
    return f"{said['annex']}/{said['recordId']}".strip("/") if said["recordId"] else ""


def _values(text: str) -> list[str]:
    """The values of a cell, `;` between them; one that holds `;` itself is quoted."""
    if '"' not in text:
        return [value for value in map(clean, text.split(";")) if value]
    try:
        cells = next(csv.reader([text], delimiter=";", skipinitialspace=True), [])
    except csv.Error:
        cells = [text]
    return [value for value in map(clean, cells) if value]
