"""Parties to screen, from a table or from words: checked, with what could not be used told beside each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from licet.batch.tables import Line, Table
from licet.facts.errors import CaseError, LicetError, Place, Problem, nearest, quoted
from licet.parties.known import name_key
from licet.parties.names.form import MAX_LENGTH
from licet.services.screen_model import Asked
from licet.services.screen_words import (
    FIELDS,
    HEADERS,
    MANY,
    PLAINEST,
    births_of,
    clean,
    countries_of,
    kind_of,
    parts,
    roles_of,
)

MAX_NAME = MAX_LENGTH  # characters; the longest name on a list known here has 381
MAX_VALUES = 50  # countries, dates, numbers, addresses of one party
MAX_TEXT = 2_000  # characters of an address or a number


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a party beside its name, as words; in a table these stand for rows that say nothing."""

    role: str = ""
    country: str = ""
    address: str = ""
    born: str = ""
    id: str = ""
    kind: str = ""

    def over(self, other: Told) -> Told:
        """This, and where it is silent the other."""
        return Told(**{name: getattr(self, name) or getattr(other, name) for name in Told.__slots__})


NOTHING = Told()


def asked(name: str, told: Told, roles: Sequence[str], row: int = 0, problem: str = "") -> Asked:
    """A party as it is screened. `roles` are those the law knows."""
    text = clean(name)
    wrong = _wrong(name, text, row, problem)
    kind, odd_kind = kind_of(told.kind)
    found_roles, odd_roles = roles_of(told.role, roles)
    countries, odd_countries = countries_of(told.country)
    births, odd_births = births_of(told.born)
    return Asked(
        name=text if len(text) <= MAX_NAME else text[:MAX_NAME],
        kind=kind,
        roles=found_roles,
        countries=countries[:MAX_VALUES],
        births=births[:MAX_VALUES],
        identifiers=tuple(clean(part)[:MAX_TEXT] for part in parts(told.id))[:MAX_VALUES],
        addresses=tuple(clean(part)[:MAX_TEXT] for part in told.address.split("\n") if part.strip())[:MAX_VALUES],
        row=row,
        notes=tuple(note for note in (odd_kind, *odd_roles, *odd_countries, *odd_births) if note)[:MAX_VALUES],
        problem=wrong,
    )


def _wrong(name: str, text: str, row: int, problem: str) -> Problem | None:
    place = Place(path=f"row {row}") if row else Place()
    if problem:
        return Problem("E_ROW", problem, place)
    if len(text) > MAX_NAME:
        return Problem("E_NAME", f"the name has {len(text):,} characters, the limit is {MAX_NAME:,}", place)
    if not name_key(text):
        said = f"{quoted(name)} holds no letter or digit" if name.strip() else "the name is empty"
        return Problem("E_NAME", said, place, "give a name")
    return None


# --- tables ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Columns:
    """Which columns of a table hold what; a field may stand in several only if a party may have several of it."""

    of: dict[str, list[int]] = field(default_factory=dict)

    def cell(self, name: str, cells: Sequence[str]) -> str:
        """The words of a field in a row."""
        return "\n".join(cells[place] for place in self.of.get(name, ()) if cells[place].strip())


def columns(table: Table, chosen: Iterable[str] = ()) -> Columns:
    """The columns of a table by their headers, and by `field=Header` where that is said. Raises CaseError."""
    found = Columns()
    for word in chosen:
        name, place = _chosen(table, word)
        found.of.setdefault(name, []).append(place)
    said = set(found.of)
    for place, header in enumerate(table.columns):
        name = HEADERS.get(name_key(header), "")
        if name and name not in said:
            found.of.setdefault(name, []).append(place)
    for name, places in found.of.items():
        if name not in MANY and len(places) > 1:
            found.of[name] = [_plainest(table, name, places)]
    if "name" not in found.of:
        seen = ", ".join(quoted(header) for header in table.columns if header)
        hint = "say which column holds the names: --column name=HEADER"
        raise _bad(table, f"no column of names is found; the headers are {seen}", hint)
    return found


def _chosen(table: Table, word: str) -> tuple[str, int]:
    left, equals, header = word.partition("=")
    name = left.strip() if left.strip() in FIELDS else HEADERS.get(name_key(left), "")
    if not equals or not name:
        hint = nearest(left, FIELDS) or f"write FIELD=HEADER, the field one of {', '.join(FIELDS)}"
        raise _bad(table, f"--column {quoted(word)} names no field", hint)
    places = [place for place, own in enumerate(table.columns) if own == header.strip()]
    places = places or [place for place, own in enumerate(table.columns) if name_key(own) == name_key(header)]
    if len(places) != 1:
        seen = ", ".join(quoted(own) for own in table.columns if own)
        raise _bad(table, f"{len(places) or 'no'} columns are headed {quoted(header)}", f"the headers are {seen}")
    return name, places[0]


def _plainest(table: Table, name: str, places: list[int]) -> int:
    """Of several columns that may hold a field the one with the plainest header. Raises CaseError."""
    plain = [place for place in places if name_key(table.columns[place]) == PLAINEST[name]]
    if len(plain) == 1:
        return plain[0]
    seen = " and ".join(quoted(table.columns[place]) for place in places)
    raise _bad(table, f"{seen} may each hold the {name}", f"say which: --column {name}=HEADER")


def _bad(table: Table, message: str, hint: str) -> LicetError:
    return CaseError.one("E_COLUMN", message, Place(table.name), hint)


def parties(table: Table, found: Columns, told: Told, roles: Sequence[str]) -> Iterator[Asked]:
    """The parties of a table, row by row; rows without any content are left out."""
    for line in table.lines:
        if line.problem or any(cell.strip() for cell in line.cells):
            yield _party(line, found, told, roles)


def _party(line: Line, found: Columns, told: Told, roles: Sequence[str]) -> Asked:
    said = Told(**{name: found.cell(name, line.cells) for name in Told.__slots__})
    return asked(found.cell("name", line.cells), said.over(told), roles, line.number, line.problem)
