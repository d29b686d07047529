"""FollowTheMoney entities (`entities.ftm.json`), one JSON object a line: parties; what links them is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from licet.parties.readers.dates import day
from licet.parties.readers.document import load, string, strings
from licet.parties.readers.draft import Draft
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source
from licet.parties.readers.text import decode

FORMAT = "os.ftm"
TITLE = "FollowTheMoney entities, one JSON object a line"
KINDS = {
    "Person": "person", "Company": "firm", "Organization": "firm", "PublicBody": "firm", "Vessel": "vessel",
    "Airplane": "aircraft", "LegalEntity": "unknown",
}  # fmt: skip
_NUMBERS = {
    "passportNumber": "passport", "idNumber": "id number", "registrationNumber": "registration number",
    "taxNumber": "tax number", "innCode": "inn", "ogrnCode": "ogrn", "kppCode": "kpp", "okpoCode": "okpo",
    "leiCode": "lei", "swiftBic": "swift/bic", "imoNumber": "imo", "mmsi": "mmsi", "uscCode": "uscc",
    "dunsCode": "duns", "wikidataId": "wikidata", "uniqueEntityId": "uei", "isin": "isin",
}  # fmt: skip
_WORD = re.compile(r"\w+")
_PLACES = ("country", "nationality", "citizenship", "jurisdiction", "flag", "mainCountry")
_ALIASES = (("alias", "alias"), ("abbreviation", "alias"), ("previousName", "former"), ("weakAlias", "weak"))


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    first = look.head.partition("\n")[0]
    return first.startswith("{") and '"schema"' in first and '"properties"' in first


def read(source: Source, wanted: Wanted) -> Editions:
    """The parties, under the data set they came from, or the list the user named."""
    harvest = Harvest(FORMAT, source)
    for line, entity in _entities(source):
        datasets, schema = strings(entity.get("datasets")), string(entity.get("schema"))
        list_id = wanted.list_or(list_of(datasets))
        if not list_id:
            raise source.wrong("P_FORMAT", "names no data set", "say which list it is", line)
        properties = entity.get("properties")
        if schema not in KINDS or not isinstance(properties, dict):
            harvest.skip(list_id, f"no party ({schema:.40})")
            continue
        told = {key: strings_of(value) for key, value in properties.items()}
        draft = _draft(source, string(entity.get("caption")), told)
        draft.kind = KINDS[schema]
        draft.programme(*datasets)
        draft.note(seen_first(string(entity.get("first_seen"))))
        harvest.add(draft.entry(list_id, string(entity.get("id"))))
    return harvest.editions()


def list_of(datasets: list[str]) -> str:
    """The list of a data set, by its name or title."""
    return f"os.{'_'.join(_WORD.findall(datasets[0].casefold()))}" if datasets else ""


def seen_first(text: str) -> str:
    """A note: when a collector first saw a party is not when its publisher listed it."""
    seen = day(text)
    return f"first seen {seen.isoformat()}" if seen else ""


def _entities(source: Source) -> Iterator[tuple[int, dict[str, Any]]]:
    text = decode(source)
    if text and not text.endswith("\n"):
        raise source.wrong("P_CUT_SHORT", "its last line has no end", "fetch the file again")
    for line, one in enumerate(text.split("\n"), 1):
        if not one.strip():
            continue
        entity = load(source, one, line)
        if not isinstance(entity, dict):
            raise source.wrong("P_FORMAT", "is no object at this line", "fetch the file again", line)
        if line > source.limits.rows:
            raise source.wrong("P_TOO_LARGE", f"has more than {source.limits.rows:,} lines", "no list is that long")
        yield line, entity


def strings_of(value: Any) -> list[str]:
    """The values of a property; a `;` in one is its own."""
    return [text for text in map(string, value) if text] if isinstance(value, list) else []


def _draft(source: Source, caption: str, told: dict[str, list[str]]) -> Draft:
    draft = Draft(source)
    names = told.get("name", [])
    draft.name(caption if caption in names else names[0] if names else caption)
    draft.names(names)
    for key, kind in _ALIASES:
        draft.names(told.get(key, ()), kind)
    for key in _PLACES:
        draft.place(told.get(key, ()))
    for address in told.get("address", ()):
        draft.address(address)
    draft.births(told.get("birthDate", ()))
    for key, kind in _NUMBERS.items():
        draft.number(kind, *told.get(key, ()))
    draft.programme(*told.get("programId", ()), *told.get("program", ()))
    draft.url = next(iter(told.get("sourceUrl", ())), "")
    draft.note(*told.get("position", ()), *told.get("notes", ()))
    return draft
