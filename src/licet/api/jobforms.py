"""The fields of the forms that start jobs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from licet.api.asked import MOST_DAYS
from licet.api.uploads import JOINED, Upload, write_field
from licet.facts.errors import CaseError, Place, nearest, quoted
from licet.services.jobs.fields import SHORT, age_of, day_of, short_of
from licet.services.jobs.fields import encoding_of as a_table
from licet.services.jobs.given import MAP, PATCH, TABLE
from licet.services.jobs.model import BATCH, FORMS, Wish

_BINARY: dict[str, Any] = {"type": "string", "contentMediaType": "application/octet-stream"}
_DAY: dict[str, Any] = {"type": "string", "format": "date"}
_TEXT: dict[str, Any] = {"type": "string", "maxLength": SHORT}
_YES_NO: dict[str, Any] = {"type": "string", "enum": ["true", "false"]}
_READ: dict[str, Any] = {
    TABLE: _BINARY | {"description": "The table: .csv, .xlsx or .parquet."},
    "encoding": _TEXT | {"description": "Of a CSV file, such as gb18030."},
    "sheet": _TEXT | {"description": "Of a workbook, where it is not the first."},
}
MAP_FIELDS = _READ
_BOTH: dict[str, Any] = _READ | {
    MAP: _BINARY | {"description": "Which column says what (docs/batch.md); a file or a text."},
    JOINED: {
        "type": "array",
        "items": _BINARY,
        "description": "Tables the map joins, by the names it calls them.",
    },
    "format": {"type": "string", "enum": [*FORMS], "description": "Of the table that comes of it; csv without it."},
    "on": _DAY | {"description": "Decide every line for this day."},
    "law_age": {"type": "integer", "minimum": 0, "maximum": MOST_DAYS, "description": "Days, as for /v1/check."},
    "lists": _YES_NO | {"description": "Screen the parties where lists are loaded; true without it."},
}
BATCH_FIELDS = _BOTH
IMPACT_FIELDS: dict[str, Any] = _BOTH | {
    "from": _DAY | {"description": "Every line on this day …"},
    "to": _DAY | {"description": "… and on this later day."},
    PATCH: _BINARY | {"description": "Instead: a proposal laid over the law (docs/law-form.md)."},
    "known_from": _TEXT | {"description": "Instead: the lists as known at this moment …"},
    "known_to": _TEXT | {"description": "… and at this later one."},
}
_WAYS = ("from", "to"), ("known_from", "known_to")


def form_body(fields: Mapping[str, Any], required: Sequence[str]) -> dict[str, Any]:
    """How OpenAPI describes a form that a route reads itself."""
    schema = {"type": "object", "properties": dict(fields), "required": [*required], "additionalProperties": False}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


def wish_of(found: Upload, folder: Path, kind: str) -> Wish:
    """What a form wishes. Raises CaseError."""
    if TABLE not in found.files:
        raise CaseError.one("E_FORM", "no table was sent", Place(path=TABLE), "send it as a file called table")
    if MAP not in found.files:
        if not found.word(MAP):
            hint = "POST /v1/batch/map proposes one"
            raise CaseError.one("E_NO_MAP", "no map of the columns was sent", Place(path=MAP), hint)
        write_field(folder, MAP, found.fields[MAP])
    first, second, moments = ("", "", False) if kind == BATCH else _compared(found)
    return Wish(
        kind=kind,
        table=found.files[TABLE],
        form=_one_of(found, "format", FORMS) or FORMS[0],
        on=_day(found, "on"),
        law_age=age_of(found.word("law_age")),
        encoding=encoding_of(found),
        sheet=short(found, "sheet"),
        lists=_one_of(found, "lists", ("true", "false")) != "false",
        first=first,
        second=second,
        moments=moments,
        patch=found.files.get(PATCH, ""),
    )


def _compared(found: Upload) -> tuple[str, str, bool]:
    """The two days or moments of an impact. Raises CaseError where not one way is said, and whole."""
    said = [any(found.word(name) for name in way) for way in _WAYS]
    if sum(said) + (PATCH in found.files) != 1 or (said[0] and found.word("on")):
        hint = "send from and to, or patch, or known_from and known_to; on only with the last two"
        raise CaseError.one("E_ASK", "say what is to be compared, in one way", hint=hint)
    if said[0]:
        first, second = _day(found, "from"), _day(found, "to")
        if not (first and second and first < second):
            raise CaseError.one("E_DATE", "from is the earlier day, to the later", Place(path="from"))
        return first, second, False
    return (short(found, "known_from"), short(found, "known_to"), True) if said[1] else ("", "", False)


def _day(found: Upload, name: str) -> str:
    return day_of(found.word(name), name)


def encoding_of(found: Upload) -> str:
    """The encoding of a table. Raises CaseError."""
    return a_table(found.word("encoding"))


def _one_of(found: Upload, name: str, words: Sequence[str]) -> str:
    word = found.word(name)
    if word and word not in words:
        hint = nearest(word, words) or f"one of {', '.join(words)}"
        raise CaseError.one("E_VALUE", f"{quoted(word)} is no {name}", Place(path=name), hint)
    return word


def short(found: Upload, name: str) -> str:
    """A field that is a word. Raises CaseError where it is long."""
    return short_of(found.word(name), name)
