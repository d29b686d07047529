"""OpenSanctions `targets.simple.csv`: one row a target, `;` between values. The data set is kept as programme."""

from __future__ import annotations

from licet.parties.readers.dates import day
from licet.parties.readers.draft import Draft
from licet.parties.readers.ftm import KINDS, list_of, seen_first
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source
from licet.parties.readers.table import Row, named_rows, raw_rows
from licet.parties.readers.text import clean, decode, pieces

FORMAT = "os.targets.csv"
TITLE = "OpenSanctions targets.simple.csv"
NEEDED = ("id", "schema", "name", "aliases", "countries", "dataset")


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return set(NEEDED) <= set(look.columns())


def read(source: Source, wanted: Wanted) -> Editions:
    """The targets, each under its data set or the list the user named. The day is that of the newest sight of one."""
    harvest, seen = Harvest(FORMAT, source), []
    for line, row in named_rows(source, raw_rows(source, decode(source)), NEEDED):
        said = {key: clean(text) for key, text in row.items()}
        datasets = pieces(said["dataset"])
        list_id = wanted.list_or(list_of(datasets))
        if not list_id:
            raise source.wrong("P_FORMAT", "names no data set", "say which list it is", line)
        draft = _draft(source, said)
        draft.programme(*datasets)
        harvest.add(draft.entry(list_id, said["id"]))
        seen.append(day(said.get("last_seen", "")))
    return harvest.editions(max(filter(None, seen), default=None))


def _draft(source: Source, said: Row) -> Draft:
    draft = Draft(source, KINDS.get(said["schema"], "unknown"))
    draft.name(said["name"])
    draft.names(pieces(said["aliases"]))
    draft.births(pieces(said.get("birth_date", "")))
    draft.place(pieces(said["countries"]))
    for address in pieces(said.get("addresses", "")):
        draft.address(address)
    draft.number("identifier", *pieces(said.get("identifiers", "")))
    draft.note(said.get("sanctions", ""), seen_first(said.get("first_seen", "")))
    return draft
