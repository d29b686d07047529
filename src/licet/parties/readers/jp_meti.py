"""Japan's foreign end-user list (METI) as json, one object a party. The address names the country."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from licet.parties.entry import Entry
from licet.parties.readers.countries import country
from licet.parties.readers.dates import day
from licet.parties.readers.document import load, records, string, strings
from licet.parties.readers.draft import Draft
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source
from licet.parties.readers.text import both_scripts

FORMAT = "jp.meti.json"
TITLE = "Japan METI end-user list, json"
LIST, _LIST = "jp.eul", "jp-end-user-list"
_MOST_WORDS = 10  # in the name of a country
_PRESS = re.compile(r"/press/.*?/(\d{4})(\d{2})(\d{2})\d*/")


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return look.json and f'"{_LIST}"' in look.head


def read(source: Source, wanted: Wanted) -> Editions:
    """The list. It carries the day of the press release that published it."""
    rows = records(source, load(source), "the file")
    harvest = Harvest(FORMAT, source)
    for row in rows:
        if not wanted.list_id and row.get("list_id") != _LIST:
            raise source.wrong(
                "P_UNKNOWN_LIST", f"is not all the end-user list: {row.get('list_id')!r:.40}", "name its list"
            )
        harvest.add(_entry(source, wanted.list_or(LIST), row))
    return harvest.editions(max(filter(None, map(_press_day, rows)), default=None))


def _press_day(row: dict[str, Any]) -> date | None:
    match = _PRESS.search(string(row.get("source_url")))
    return day("-".join(match.groups())) if match else None


def _entry(source: Source, list_id: str, row: dict[str, Any]) -> Entry:
    places = [_country_first(address) for address in strings(row.get("addresses"))]
    draft = Draft(source, "firm" if row.get("entity_type") == "organization" else "unknown")
    for text in (string(row.get("entity_name")), *(rest for _, rest in places), *strings(row.get("aliases"))):
        draft.names(both_scripts(text))
    draft.place(code for code, _ in places)
    draft.programme(string(row.get("reason")))
    draft.start = day(string(row.get("date_added")))
    draft.url = string(row.get("source_url"))
    return draft.entry(list_id, string(row.get("id")))


def _country_first(address: str) -> tuple[str, str]:
    """The country at the beginning, and what follows it: a name that slipped out of its column in this file."""
    words = address.split(" ")
    for end in range(min(len(words), _MOST_WORDS), 0, -1):
        code = country(" ".join(words[:end]))
        if code:
            return code, " ".join(words[end:])
    return "", ""
