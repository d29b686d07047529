"""Problems of a service beside the fields of a form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from licet.facts.errors import LicetError, Place, Problem


def placed(error: LicetError, fields: Mapping[str, str]) -> tuple[Problem, ...]:
    """The problems of an error, each at the field that its code belongs to, where it names none itself."""
    return tuple(
        replace(one, place=Place(path=fields[one.code])) if one.code in fields and not one.place.path else one
        for one in error.problems
    )


def beside(problems: Collection[Problem], fields: Collection[str]) -> tuple[Problem, ...]:
    """Problems of a case, each at the field that asked for what is wrong.

    A case that is no file says in the place of its file where something stands: `items[1].value`, or the end of it.
    """
    return tuple(replace(one, place=Place(path=_field(one.place, fields))) for one in problems)


def _field(place: Place, fields: Collection[str]) -> str:
    said = place.path or place.file
    named = [name for name in fields if name == said] or [name for name in fields if said and name.endswith(f".{said}")]
    return next(iter(named or fields), "") if named or len(fields) == 1 else said
