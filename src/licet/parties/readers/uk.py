"""What the UK's lists share as csv and xlsx: one row for each spelling, so a party is all rows of one id.

Three layouts: the UK Sanctions List as the Foreign Office publishes it (58 columns, `Unique ID`), the same in OFSI's
layout (36 columns, `Group ID`, with names in their own script), and OFSI's older one (29 columns).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from licet.parties.readers.dates import day
from licet.parties.readers.draft import Draft
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.safe import Source
from licet.parties.readers.table import Row, named_rows
from licet.parties.readers.text import clean

LIST, LIST_OFSI = "uk.sanctions", "uk.ofsi"
NEEDED = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_KINDS = {"individual": "person", "entity": "firm", "ship": "vessel"}
_NUMBERS = {
    "Passport Number": "passport",
    "Passport number": "passport",
    "National Identification Number": "national id",
    "National Identifier number": "national id",
    "NI Number": "national id",
    "Business registration number (s)": "registration number",
    "IMO number": "imo",
}
_NOTES = ("Title", "Position", "Passport Details", "UK Statement of Reasons", "Parent company", "Other Information")
_ITEM = re.compile(r"\(?\b(?:\d{1,2}|[a-z])\) ")
_IMO = re.compile(r"\(IMO number\): ?(\d{7})")


def gather(source: Source, wanted: Wanted, form: str, rows: Iterator[tuple[int, list[str]]]) -> Editions:
    """The list in rows: a line with its day, the header, the spellings."""
    published = _headed(source, rows)
    harvest, parties = Harvest(form, source), dict[str, Draft]()
    own = LIST_OFSI
    for line, row in named_rows(source, rows, NEEDED):
        said = {key: clean(text) for key, text in row.items()}
        number = said.get("Unique ID") or said.get("Group ID", "")
        if not number:
            raise source.wrong("P_FORMAT", "a row has no Unique ID or Group ID", "fetch the file again", line)
        own = LIST if "Unique ID" in row or "UK Sanctions List Date Designated" in row else own
        _add(parties.setdefault(number, Draft(source)), said)
    for number, draft in parties.items():
        harvest.add(draft.entry(wanted.list_or(own), number))
    return harvest.editions(published)


def _headed(source: Source, rows: Iterator[tuple[int, list[str]]]) -> date | None:
    """The day in the line above the header: `Last Updated,10/04/2025` or `Report Date: 13-Feb-2026`."""
    first = next(rows, (0, [""]))[1]
    told = first[1] if len(first) > 1 and first[0].startswith("Last Updated") else first[0].partition(":")[2]
    if set(NEEDED) <= set(first):
        raise source.wrong("P_FORMAT", "lacks the line with its date above the header", "fetch the file again")
    return day(told.replace("-", " ")) or day(told)


def _add(draft: Draft, row: Row) -> None:
    """One row of a party."""
    name = " ".join(filter(None, (row[part] for part in NEEDED)))
    sort = (row.get("Name type") or row.get("Alias Type", "")).casefold()
    quality = (row.get("Alias strength") or row.get("Alias Quality", "")).casefold()
    if sort in ("primary name", "prime alias"):
        draft.lead(name)
    else:
        draft.name(name, "former" if sort == "fka" else "weak" if quality.startswith("low") else "alias")
    draft.name(row.get("Name Non-Latin Script") or row.get("Name non-latin script", ""), "original")
    draft.kind = _KINDS.get((row.get("Designation Type") or row.get("Group Type", "")).casefold(), draft.kind)
    draft.births([row.get("DOB") or row.get("D.O.B", "")])
    country = row.get("Country") or row.get("Address Country", "")
    parts = [row.get(f"Address {n}") or row.get(f"Address Line {n}", "") for n in range(1, 7)]
    draft.address(*parts, row.get("Post/Zip Code") or row.get("Address Postal Code", ""), country)
    draft.place(filter(None, [country, *_items(row.get("Nationality") or row.get("Nationality(/ies)", ""))]))
    for column, kind in _NUMBERS.items():
        draft.number(kind, *_items(row.get(column, "")))
    draft.number("imo", *_IMO.findall(row.get("Other Information", "")))
    draft.programme(row.get("Regime Name") or row.get("Regime", ""))
    draft.note(*(row.get(column, "") for column in _NOTES))
    draft.scope = draft.scope or row.get("Sanctions Imposed", "")
    draft.start = draft.start or _listed(row)


def _listed(row: Row) -> date | None:
    return day(row.get("Date Designated") or row.get("Listed On") or row.get("UK Sanctions List Date Designated", ""))


def _items(text: str) -> list[str]:
    """`(1) Afghanistan (2) Pakistan` as its parts."""
    return [part.strip(" .") for part in _ITEM.split(text) if part.strip(" .(")]
