"""A company's own list, csv or Excel: columns told by their headers in English, Chinese or German (`own.tsv`)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from licet.parties.readers.dates import day
from licet.parties.readers.draft import Draft
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import ZIP, Rows, Source
from licet.parties.readers.sheet import EARLY, open_sheets
from licet.parties.readers.table import raw_rows, whole_rows
from licet.parties.readers.text import clean, decode, pieces

FORMAT = "own"
TITLE = "a company's own list, csv or xlsx with a name column"
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DELIMITERS = ",;\t|"
_KINDS = {
    "person": ("person", "individual", "natural person", "个人", "自然人", "個人", "natürliche person"),
    "firm": ("firm", "company", "entity", "organisation", "公司", "企业", "机构", "unternehmen", "firma"),
    "vessel": ("vessel", "ship", "船舶", "schiff"),
    "aircraft": ("aircraft", "airplane", "飞机", "航空器", "flugzeug"),
}  # fmt: skip


def fits(look: Look) -> bool:
    """Whether a file has a column that is known to hold names. The last format to be tried."""
    headers = [look.columns(delimiter) for delimiter in _DELIMITERS] + [tuple(look.cells)]
    return any("name" in told(header).values() for header in headers)


def read(source: Source, wanted: Wanted) -> Editions:
    """The list the user named."""
    if not wanted.list_id:
        raise source.wrong("P_LIST", "does not say which list it is", "name it, for instance own.suppliers")
    harvest = Harvest(FORMAT, source)
    for columns, rows in _tables(source):
        for _, row in rows:
            draft = _draft(source, columns, row)
            harvest.add(draft.entry(wanted.list_id, ""))
    return harvest.editions()


def told(header: tuple[str, ...]) -> dict[int, str]:
    """Column to what it holds."""
    plain = (clean(cell).casefold().replace("_", " ").strip(" *:") for cell in header)
    return {index: _words()[word] for index, word in enumerate(plain) if word in _words()}


@cache
def _words() -> dict[str, str]:
    text = (files("licet.parties.readers") / "own.tsv").read_text(encoding="utf-8")
    rows = (line.partition("\t") for line in text.splitlines())
    return {word: what for what, _, words in rows for word in words.split("|")}


def _tables(source: Source) -> Iterator[tuple[dict[int, str], Rows]]:
    """Each table that has a name column: what its columns hold, and its rows."""
    seen: list[str] = []
    found = False
    for rows in _candidates(source):
        for position, (_, header) in enumerate(rows[:EARLY]):
            columns = told(tuple(header))
            seen += filter(None, header)
            if "name" in columns.values():
                found = True
                yield columns, rows[position + 1 :]
                break
    if not found:
        raise source.wrong(
            "P_COLUMN",
            f"has no column known to hold names; it has: {', '.join(seen)[:300]}",
            "name one column `name`, 名称 or Name",
        )


def _candidates(source: Source) -> Iterator[Rows]:
    if source.data.startswith(ZIP):
        for _, rows in (source if source.sheets else open_sheets(source)).sheets:
            yield rows
        return
    text = decode(source)
    lines = raw_rows(source, text, _delimiter(text), ended=False)
    first = next(lines, None)
    if first:
        yield [first, *whole_rows(source, lines, len(first[1]))]


def _delimiter(text: str) -> str:
    """The sign that splits the first line into most columns known here, else most columns."""
    line = text.partition("\n")[0]
    try:
        split = {mark: next(csv.reader([line], delimiter=mark), []) for mark in _DELIMITERS}
    except csv.Error:
        return ","
    return max(_DELIMITERS, key=lambda mark: (len(told(tuple(split[mark]))), len(split[mark])))


def _draft(source: Source, columns: dict[int, str], row: list[str]) -> Draft:
    said: dict[str, list[str]] = {what: [] for what in _words().values()}
    for index, what in columns.items():
        said[what] += filter(None, [clean(row[index])])
    draft = Draft(source, _kind(said["kind"]))
    draft.names(said["name"])
    draft.names(piece for text in said["alias"] for piece in pieces(text))
    draft.place(piece for text in said["country"] for piece in pieces(text))
    draft.addresses = dict.fromkeys(filter(None, [", ".join(said["address"] + said["city"])]))
    draft.births(_either_way(piece) for text in said["birth"] for piece in pieces(text))
    draft.number("id", *said["number"])
    draft.note(*said["note"])
    draft.start = next(filter(None, map(day, map(_either_way, said["start"]))), None)
    draft.end = next(filter(None, map(day, map(_either_way, said["end"]))), None)
    return draft


def _kind(texts: list[str]) -> str:
    said = {text.casefold() for text in texts}
    return next((kind for kind, words in _KINDS.items() if said & set(words)), "unknown")


def _either_way(text: str) -> str:
    """A date; 02/03/1980 is the year and the words, since nobody says which number is the month."""
    match = _SLASHED.fullmatch(text)
    if not match or match[1] == match[2]:
        return text
    first, second, year = match.groups()
    if int(first) > 12:
        return text
    return f"{year}-{first}-{second}" if int(second) > 12 else f"about {year} ({text})"
