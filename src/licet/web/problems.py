"""Problems of a service beside the fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from licet.facts.errors import LicetError, Place, Problem


def placed(error: LicetError, fields: Mapping[str, str]) -> tuple[Problem, ...]:
    """The problems of an error, each at the field that its code belongs to, where it names none itself."""
    return tuple(
        replace(one, place=Place(path=fields[one.code])) if one.code in fields and not one.place.path else one
        for one in error.problems
    )
