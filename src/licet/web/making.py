"""Changing a case in the making: a fact said or taken back, a thing or a party added or left out."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from licet.facts.case import Case, read_case
from licet.facts.casefile import plain_case
from licet.facts.dictionary import ELEMENT, Dictionary, own_name
from licet.facts.errors import CaseError, Place
from licet.facts.jsontext import read_json
from licet.facts.nodes import node
from licet.facts.yamltext import read_yaml
from licet.services.drafts import State
from licet.services.interview_paths import member
from licet.services.own_case import apply_holdings
from licet.services.serve import Service

_MEMBER = re.compile(
    r"(?:(?P<within>.+)\.)?(?P<of>items|parties|held|components|owners|listings)\[(?P<number>[1-9]\d{0,4})\]"
)
KINDS = ELEMENT | {"items": "item"}
WHOLE = ("case", "on")  # what stands beside the facts: the title and the day


def from_text(text: str, desk: Service) -> dict[str, Any]:
    """A case in its plain form, from YAML or JSON. Raises CaseError with every problem found."""
    checker = desk.checker
    case = read_case(read_json(text) if text.lstrip().startswith("{") else read_yaml(text, ""), checker.law.dictionary)
    case.file = ""
    if case.holdings is not None:
        with desk.lock:
            apply_holdings(case, checker.dated(case))
    return _plain(case, checker.law.dictionary)


def of_fields(said: dict[str, Any], dictionary: Dictionary) -> dict[str, Any]:
    """A case in its plain form from what fields say. Raises CaseError."""
    return _plain(read_case(node(said), dictionary), dictionary)


def _plain(case: Case, dictionary: Dictionary) -> dict[str, Any]:
    if any("item.bom" in item.facts for item in case.items):
        raise CaseError.one("E_BOM", "a case on this page can name no file", hint="name its parts as components")
    return plain_case(case, dictionary)


def with_whole(state: State, key: str, value: str, dictionary: Dictionary) -> State:
    """The state with its title or its day (`case`, `on`) said anew. Raises CaseError."""
    return replace(state, case=of_fields(state.case | {key: value}, dictionary))


def without_fact(state: State, key: str, dictionary: Dictionary) -> State:
    """The state with a fact taken back, so that it may be asked again."""
    case = deepcopy(state.case)
    if key in WHOLE:
        case.pop(key, None)
    else:
        at, _, rest = member(case, key)
        *way, last = rest.split(".")
        for step in way:
            inner = at.get(step)
            at = inner if isinstance(inner, dict) else {}
        at.pop(last, None)
    return replace(state, case=of_fields(case, dictionary), declined=_without(state.declined, key))


def with_members(state: State, key: str, of: str, members: list[dict[str, Any]], dictionary: Dictionary) -> State:
    """The state with further members of a list of the thing at `key`; the list is no longer said to be complete."""
    case = deepcopy(state.case)
    at, _, _ = member(case, f"{key}.x" if key else "x")
    before = at.get(of)
    at[of] = [*(before if isinstance(before, list) else []), *members]
    return replace(state, case=of_fields(case, dictionary))


def without_member(state: State, key: str, dictionary: Dictionary) -> State:
    """The state without the thing at a place; what was declined of its like is asked again. Raises CaseError."""
    found = _MEMBER.fullmatch(key)
    case = deepcopy(state.case)
    at = {} if found is None else member(case, f"{found['within']}.x" if found["within"] else "x")[0]
    members = at.get(found["of"]) if found is not None else None
    if found is None or not isinstance(members, list) or int(found["number"]) > len(members):
        raise CaseError.one("E_ANSWER", "the case has no such part", Place(path=key))
    del members[int(found["number"]) - 1]
    if not members:
        del at[found["of"]]
    like = key.rpartition("[")[0]
    return replace(
        state,
        case=of_fields(case, dictionary),
        declined=tuple(one for one in state.declined if not one.startswith(like)),
    )


def _without(declined: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(one for one in declined if one != key)


def kind_of(key: str) -> str:
    """What the thing at a place is: an item, a party, or the case as a whole. Components are items, owners parties."""
    found = _MEMBER.fullmatch(key)
    return own_name(f"{KINDS[found['of']]}.x").partition(".")[0] if found is not None else "case"


def edit_query(key: str) -> str:
    """What an address says to show a fact of a case to be changed."""
    return urlencode({"edit": key[:200]})
