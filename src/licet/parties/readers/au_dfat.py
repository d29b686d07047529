"""Australia's consolidated list (DFAT), xlsx: one row for each name; `2`, `2a`, `2b` are one party."""

from __future__ import annotations

import re
from datetime import date

from licet.parties.readers.dates import day
from licet.parties.readers.draft import Draft
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source
from licet.parties.readers.sheet import one_sheet
from licet.parties.readers.table import Row, named_rows

FORMAT = "au.dfat.xlsx"
TITLE = "Australia DFAT consolidated list, xlsx"
LIST = "au.dfat"
NEEDED = ("Reference", "Name of Individual or Entity", "Type", "Name Type")
_KINDS = {"individual": "person", "entity": "firm", "vessel": "vessel"}
_NUMBER = re.compile(r"(\d+)[a-z]*", re.IGNORECASE)
_LISTED = re.compile(r"(?:Resolution [^,;]*? )?(?:Listed|Designated)\b[^,;]*? ?on:? (\d{1,2} [A-Z][a-z]+\.? \d{4})")
_MEASURES = ("Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction")


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return set(NEEDED) <= look.cells


def read(source: Source, wanted: Wanted) -> Editions:
    """The list."""
    harvest, parties, changed = Harvest(FORMAT, source), dict[str, Draft](), set[date]()
    for line, row in named_rows(source, one_sheet(source, NEEDED), NEEDED):
        number = _NUMBER.fullmatch(row["Reference"])
        if not number:
            raise source.wrong("P_FORMAT", f"a row has no reference: {row['Reference']!r:.40}", "fetch it again", line)
        _add(parties.setdefault(number[1], Draft(source)), row)
        changed |= {found for found in [day(row.get("Control Date", ""))] if found}
    for reference, draft in parties.items():
        harvest.add(draft.entry(wanted.list_or(LIST), reference))
    return harvest.editions(max(changed, default=None))


def _add(draft: Draft, row: Row) -> None:
    """One row of a party."""
    sort, name = row["Name Type"].casefold(), row["Name of Individual or Entity"]
    if sort == "primary name":
        draft.lead(name)
    else:
        weak = row.get("Alias Strength", "").casefold() == "weak"
        draft.name(name, "original" if sort == "original script" else "weak" if weak else "alias")
    draft.kind = _KINDS.get(row["Type"].casefold(), draft.kind)
    draft.births(row.get("Date of Birth", "").split(","))
    draft.place(filter(None, row.get("Citizenship", "").split(";")))
    for address in row.get("Address", "").split(";"):
        draft.where(address)
    draft.number("imo", row.get("IMO Number", ""))
    draft.programme(*row.get("Committees", "").split(";"))
    draft.scope = draft.scope or ", ".join(name for name in _MEASURES if row.get(name, "").casefold() == "true")
    draft.note(row.get("Additional Information", ""), row.get("Listing Information", ""))
    draft.cite = draft.cite or row.get("Instrument of Designation", "")
    listed = _LISTED.match(row.get("Listing Information", ""))
    draft.start = draft.start or (day(listed[1]) if listed else None)
