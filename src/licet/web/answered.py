"""What a form of the interview answers: its fields as answers by key, in the form the interview takes."""

from __future__ import annotations

import re
from typing import Any

from licet.facts.dictionary import Dictionary, FactType
from licet.facts.errors import CaseError, Place
from licet.services.interview_paths import COMPLETE, asked_fact
from licet.services.interview_steps import CHECKLIST, INQUIRIES, LIST
from licet.web.controls import TO
from licet.web.forms import Form
from licet.web.words import Said

UNKNOWN, YES, NO, NONE = "unknown", "yes", "no", "none"
ROWS = 4  # of rates, or of further members of a list
_SPLIT = re.compile(r"[,;，、；]")


def answers(form: Form, dictionary: Dictionary, words: Said) -> dict[str, Any]:
    """The answers of a form, None for what is not known. Raises CaseError, with the field that is wrong."""
    keys, do = form.all("key"), form.one("do")
    if do == UNKNOWN or not keys:
        return dict.fromkeys(keys)
    match form.one("form"):
        case kind if kind in (CHECKLIST, INQUIRIES):
            every = {NO: "no", NONE: "none_after_inquiry"}.get(do)
            return {key: every or _known(form.one(key)) for key in keys}
        case kind if kind == LIST:
            return {keys[0]: {"complete": do == YES, "members": members(form)}} | dict.fromkeys(keys[1:], do == YES)
    if (rates := rows(form, "rate")) and form.one("made_of"):
        return {key: {"rates": rates} for key in keys}
    known = fact_at(keys[0], dictionary)
    given = do if do in (YES, NO) else [] if do == NONE else value(form, keys[0], known, words)
    return dict.fromkeys(keys, given)


def fact_at(key: str, dictionary: Dictionary) -> FactType:
    """The fact a key names. Raises CaseError."""
    _, name = asked_fact(key)
    known = dictionary.find(name)
    if known is None:
        raise CaseError.one("E_ANSWER", f"there is no fact {name[:60]!r}", Place(path=key), dictionary.hint(name))
    return known


def value(form: Form, key: str, known: FactType, words: Said) -> Any:
    """What the field of a fact holds. Raises CaseError where it is empty."""
    first, last = form.one(key), form.one(f"{key}{TO}")
    if known.type == "set":
        given = form.all(key) if known.values else [word.strip() for word in _SPLIT.split(first)]
        given = [word for word in given if word]
        if given:
            return given
    elif last:
        return [first, last]
    elif first:
        return first
    raise CaseError.one("E_SAID", words("case.empty"), Place(path=key))


def _known(word: str) -> str | None:
    return word if word not in ("", UNKNOWN) else None


def rows(form: Form, name: str) -> list[dict[str, Any]]:
    """Rows of fields such as `rate[1].tops`; empty ones are left out."""
    found: dict[int, dict[str, Any]] = {}
    pattern = re.compile(re.escape(name) + r"\[(\d{1,3})\]\.([a-z_]+)")
    for field in form.fields:
        if (match := pattern.fullmatch(field)) and (given := form.one(field)):
            found.setdefault(int(match[1]), {})[match[2]] = given
    return [found[number] for number in sorted(found)]


def members(form: Form) -> list[dict[str, Any]]:
    """Further members of a list; a role may stand for several, as `purchaser+end_user`."""
    found = rows(form, "new")
    for member in found:
        if "role" in member:
            member["role"] = member["role"].split("+")
    return [member for member in found if set(member) - {"role"}]


def is_list(key: str) -> bool:
    """Whether a key asks if a list is complete."""
    return asked_fact(key)[1].startswith(COMPLETE)
