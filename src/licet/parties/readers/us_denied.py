"""The Denied Persons List as BIS publishes it: text with tabs, one row a person and address."""

from __future__ import annotations

from licet.parties.readers.dates import day, federal_register
from licet.parties.readers.draft import Draft, made_id
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source
from licet.parties.readers.table import named_rows, raw_rows
from licet.parties.readers.text import clean, decode

FORMAT = "us.dpl.txt"
TITLE = "US Denied Persons List, text with tabs"
LIST = "us.dpl"
NEEDED = ("Name", "Country", "Effective_Date", "Expiration_Date", "FR_Citation")
_ADDRESS = ("Street_Address", "City", "State", "Postal_Code", "Country")


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return set(NEEDED) <= set(look.columns("\t"))


def read(source: Source, wanted: Wanted) -> Editions:
    """The list. Its day is that of the last change to a row."""
    harvest, changes = Harvest(FORMAT, source), []
    for _, row in named_rows(source, raw_rows(source, decode(source), "\t"), NEEDED):
        said = {key: clean(text) for key, text in row.items()}
        draft = Draft(source, cite=said["FR_Citation"], end=day(said["Expiration_Date"], month_first=True))
        draft.start = day(said["Effective_Date"], month_first=True) or federal_register(draft.cite)
        draft.name(said["Name"])
        draft.address(*(said.get(part, "") for part in _ADDRESS))
        draft.place(filter(None, [said["Country"]]))
        standard = said.get("Standard_Order", "").upper() != "N"
        draft.note(said.get("Action", ""), "" if standard else "no standard denial order")
        list_id, since = wanted.list_or(LIST), [said["Effective_Date"]]
        harvest.add(draft.entry(list_id, made_id(list_id, said["Name"], since)))
        changes.append(day(said.get("Last_Update", "")))
    return harvest.editions(max(filter(None, changes), default=None))
