"""The list of Chinese military companies under section 1260H as csv, with the days each came and went."""

from __future__ import annotations

from licet.parties.readers.dates import day
from licet.parties.readers.draft import Draft, made_id
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source
from licet.parties.readers.table import named_rows, raw_rows
from licet.parties.readers.text import clean, decode, pieces

FORMAT = "us.1260h.csv"
TITLE = "US section 1260H list, csv"
LIST = "us.1260h"
NEEDED = ("Name", "Clean Name", "Alias", "Previous Name", "Start date", "End date")


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return set(NEEDED) <= set(look.columns())


def read(source: Source, wanted: Wanted) -> Editions:
    """The list."""
    harvest = Harvest(FORMAT, source)
    for _, row in named_rows(source, raw_rows(source, decode(source)), NEEDED):
        said = {key: clean(text) for key, text in row.items()}
        draft = Draft(source, "firm", url=said.get("Source Url", ""))
        draft.name(said["Clean Name"] or said["Name"].rstrip("*"))
        draft.names(pieces(said["Alias"]))
        draft.names(pieces(said["Previous Name"]), "former")
        draft.start, draft.end = day(said["Start date"]), day(said["End date"])
        parent = said.get("Parent Name", "")
        draft.note(said.get("Note", ""), f"parent: {parent}" if parent else "")
        list_id, since = wanted.list_or(LIST), [said["Start date"]]
        harvest.add(draft.entry(list_id, made_id(list_id, said["Name"], since)))
    return harvest.editions()
