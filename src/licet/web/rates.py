"""The processing rates of an item as rows: each to change, one more, one less, and only then saved."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from licet.facts.dictionary import Dictionary
from licet.facts.errors import Place, Problem
from licet.services.drafts import State
from licet.services.interview_paths import COMPLETE, fact_of, member
from licet.web.answered import rows
from licet.web.forms import Form
from licet.web.making import of_fields

FIELDS = ("tops", "bits")
NAME, KEY = "rate", "rates"
MORE, LESS = "row", "without-"  # what a button does: one row more, or the row of a number less
MOST = 100
_OUT = re.compile(LESS + r"([1-9]\d{0,2})")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as they stand on the page: a text for each of FIELDS."""

    said: tuple[tuple[str, ...], ...]

    def named(self) -> list[list[tuple[str, str, str]]]:
        """For each row its fields: what it is, the name of the field, and what stands in it."""
        return [
            [(field, f"{NAME}[{number}].{field}", text) for field, text in zip(FIELDS, row, strict=True)]
            for number, row in enumerate(self.said, 1)
        ]


def is_rates(key: str) -> bool:
    """Whether a key names the rates of an item."""
    return key.rpartition(".")[2] == KEY


def rows_of(state: State, key: str, dictionary: Dictionary, form: Form) -> Rows:
    """The rows of a page: what was typed, else what the case says; one that is empty where there is none.

    Raises CaseError where the case has no such item.
    """
    at, kind, _ = member(state.case, key)
    fact_of(kind, f"{COMPLETE}{KEY}", key, dictionary)
    if any(field.startswith(f"{NAME}[") for field in form.fields):
        found = [tuple(row) for row in _typed(form)]
    else:
        found = [
            tuple(_shown(rate.get(field)) for field in FIELDS) for rate in at.get(KEY, ()) if isinstance(rate, dict)
        ]
    return Rows(tuple(found) or (("",) * len(FIELDS),))


def turned(form: Form) -> Form | None:
    """The form with a row more or less, where that is what its button does."""
    do, typed = form.one("do"), _typed(form)
    out = _OUT.fullmatch(do)
    if do == MORE and len(typed) < MOST:
        typed.append([""] * len(FIELDS))
    elif out is not None:
        typed[int(out[1]) - 1 : int(out[1])] = []
    elif do != MORE:
        return None
    return _form(typed)


def filled(form: Form) -> Form:
    """The form without its empty rows, so that rows count as the case counts them."""
    return _form([row for row in _typed(form) if any(row)])


def saved(state: State, key: str, form: Form, dictionary: Dictionary) -> State:
    """The state with the rates that a form says. Raises CaseError."""
    given = rows(form, NAME)
    case = deepcopy(state.case)
    at, kind, _ = member(case, key)
    fact_of(kind, f"{COMPLETE}{KEY}", key, dictionary)
    at.pop(KEY, None)
    if given:
        at[KEY] = [{field: rate[field] for field in FIELDS if field in rate} for rate in given]
    return replace(state, case=of_fields(case, dictionary))


def beside_rows(problems: tuple[Problem, ...], key: str) -> tuple[Problem, ...]:
    """Problems of a case, each at the field of the row that says what is wrong."""
    return tuple(
        replace(one, place=Place(path=one.place.file.replace(f"{key}[", f"{NAME}["))) if one.place.file else one
        for one in problems
    )


def _typed(form: Form) -> list[list[str]]:
    pattern = re.compile(rf"{NAME}\[([1-9]\d{{0,2}})\]\.[a-z]+")
    numbers = sorted({int(match[1]) for field in form.fields if (match := pattern.fullmatch(field))})[:MOST]
    return [[form.one(f"{NAME}[{number}].{field}") for field in FIELDS] for number in numbers]


def _form(typed: list[list[str]]) -> Form:
    form = Form()
    for row in Rows(tuple(map(tuple, typed or [[""] * len(FIELDS)]))).named():
        for _, name, text in row:
            form.add(name, text)
    return form


def _shown(value: Any) -> str:
    return "..".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
