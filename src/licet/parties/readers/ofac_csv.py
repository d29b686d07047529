"""OFAC's lists as csv without headers: sdn.csv, and beside it alt.csv (other names) and add.csv (addresses).

The consolidated list of the others (cons_prim, cons_alt, cons_add) has the same shape; there the programme, and the
directive in the remarks, tell the list. A file closes with the mark 0x1A, so one without it was cut short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from licet.parties.readers.csl import KINDS, directives
from licet.parties.readers.draft import Draft
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.ofac_lists import SDN, SSI, is_others, others
from licet.parties.readers.ofac_remarks import Remarks, read_remarks
from licet.parties.readers.safe import Source
from licet.parties.readers.table import raw_rows, whole_rows
from licet.parties.readers.text import clean, decode

FORMAT = "us.ofac.csv"
TITLE = "OFAC sdn.csv or cons_prim.csv, with alt and add beside it"
_END = "\x1a"
_EMPTY = "-0-"
_WIDTHS = {"": 12, "alt": 5, "add": 6}
_FILE = re.compile(r"(?P<before>.*?)(?P<role>sdn|cons_prim)(?P<after>(?:[^a-z].*)?\.csv(?:\.gz)?)", re.IGNORECASE)
_FIRST = re.compile(r"\ufeff?\d+,\"")


@dataclass(slots=True)
class _Beside:
    """What the files beside say of one id."""

    names: list[tuple[str, str]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)


def beside(name: str) -> dict[str, str]:
    """The files that belong to sdn.csv or cons_prim.csv, by role."""
    match = _FILE.fullmatch(name)
    if not match:
        return {}
    front = "cons_" if match["role"].casefold() == "cons_prim" else ""
    upper = match["role"].isupper()
    return {
        role: f"{match['before']}{(front + role).upper() if upper else front + role}{match['after']}"
        for role in ("alt", "add")
    }


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return bool(_FIRST.match(look.head)) and _EMPTY in look.head and len(look.columns()) == _WIDTHS[""]


def read(source: Source, wanted: Wanted) -> Editions:
    """The lists of the file."""
    rows = list(_rows(source, ""))
    found: dict[str, _Beside] = {row[0]: _Beside() for row in rows}
    for role in ("alt", "add"):
        if role in source.parts:
            _join(source, source.parts[role], role, found)
    harvest = Harvest(FORMAT, source)
    beside_sdn = is_others(_programmes(row[3]) for row in rows)
    for row in rows:
        draft = _draft(source, row, read_remarks(row[11]), found[row[0]])
        own = others(draft.programmes, row[11]) if beside_sdn else (SDN,)
        for list_id in (wanted.list_id,) if wanted.list_id else own:
            draft.footnotes = directives(row[11]) if list_id == SSI else ()
            harvest.add(draft.entry(list_id, row[0]))
    return harvest.editions()


def _rows(source: Source, role: str) -> Iterator[list[str]]:
    """Rows with clean cells, `-0-` as empty."""
    text = decode(source).rstrip("\r\n")
    if not text.endswith(_END):
        raise source.wrong(
            "P_CUT_SHORT", "lacks the mark (0x1A) that closes OFAC's files", "fetch the file again, and do not save it"
        )
    text = text.removesuffix(_END)
    for _, row in whole_rows(source, raw_rows(source, text), _WIDTHS[role]):
        yield ["" if cell == _EMPTY else cell for cell in map(clean, row)]


def _join(source: Source, part: Source, role: str, found: dict[str, _Beside]) -> None:
    """Rows of a file beside, to their ids; rows of ids that are not there mean that the files do not fit."""
    strange = 0
    for row in _rows(part, role):
        about = found.get(row[0])
        if about is None:
            strange += 1
        elif role == "alt":
            about.names.append((row[3], "former" if row[2] == "fka" else "alias"))
        else:
            about.addresses.append(", ".join(filter(None, row[2:5])) if any(row[2:4]) else "")
            about.countries.append(row[4])
    if strange:
        raise part.wrong(
            "P_PARTS",
            f"{strange} of its rows are about ids that {source.name} does not have",
            "use files of the same day, or give sdn.csv alone in a folder of its own",
        )


def _programmes(text: str) -> tuple[str, ...]:
    return tuple(one.strip(" []") for one in text.split("] ["))


def _draft(source: Source, row: list[str], remarks: Remarks, about: _Beside) -> Draft:
    _, name, kind, programmes, title, call_sign, ship, _, _, flag, owner, _ = row
    draft = Draft(source, KINDS.get(kind, "firm"))
    draft.name(name)
    for text, sort in about.names:
        draft.name(text, sort)
    draft.names(remarks.former, "former")
    draft.names(remarks.weak, "weak")
    draft.addresses = dict.fromkeys(filter(None, about.addresses))
    draft.place([*about.countries, *remarks.countries, flag])
    draft.births(remarks.births)
    draft.identifiers = dict.fromkeys(remarks.identifiers)
    draft.programme(*_programmes(programmes))
    told = {"call sign": call_sign, "vessel": ship, "flag": flag, "owner": owner}
    draft.note(title, *(f"{what}: {text}" for what, text in told.items() if text), *remarks.rest)
    return draft
