"""China's sanctions as csv, one row a party and act: countermeasures, and rows of MOFCOM's lists."""

from __future__ import annotations

import re
from datetime import date

from licet.parties.readers.dates import day
from licet.parties.readers.draft import Draft, made_id
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source
from licet.parties.readers.table import Row, named_rows, raw_rows
from licet.parties.readers.text import clean, decode, pieces

FORMAT = "cn.sanctions.csv"
TITLE = "China sanctions, csv"
LIST = "cn.countersanctions"
LISTS = {"List of Export Controls": "cn.ecl", "UEL": "cn.uel", "Export Control Watch List": "cn.attention"}
NEEDED = ("Type", "Name", "Chinese name", "Body", "List", "Date")
_KINDS = {"company": "firm", "organization": "firm", "person": "person"}
_SHORT_YEAR = re.compile(r"(?<=\.)\d{2}$")


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return set(NEEDED) <= set(look.columns())


def read(source: Source, wanted: Wanted) -> Editions:
    """The lists of the file."""
    harvest = Harvest(FORMAT, source)
    for _, row in named_rows(source, raw_rows(source, decode(source)), NEEDED):
        said = {key: clean(text) for key, text in row.items()}
        list_id = wanted.list_or(LISTS.get(said["List"], LIST))
        number = made_id(list_id, said["Name"] or said["Chinese name"], [said["Date"]])
        harvest.add(_draft(source, said).entry(list_id, number))
    return harvest.editions()


def _draft(source: Source, said: Row) -> Draft:
    draft = Draft(source, _KINDS.get(said["Type"].casefold(), "unknown"))
    draft.name(said["Name"])
    draft.names(pieces(said["Chinese name"]), "original")
    draft.names(pieces(said.get("Alias", "")))
    draft.place(filter(None, [said.get("Country", "")]))
    draft.where(said.get("Address", ""))
    draft.number("wikidata", said.get("QID", ""))
    draft.programme(said["List"])
    draft.note(said["Body"], said.get("Summary", ""), said.get("Chinese summary", ""))
    draft.start, draft.end = _day(said["Date"]), _day(said.get("End date", ""))
    draft.url = said.get("Source URL", "")
    return draft


def _day(text: str) -> date | None:
    """A day such as 22.05.24 or 22.05.2024; there are none before 2000 on these lists."""
    return day(_SHORT_YEAR.sub(lambda year: f"20{year.group()}", text))
