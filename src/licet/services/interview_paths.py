"""Where in a case a fact stands, as `items[1].die_area_mm2` or `parties[2].complete.owners`: the name of a question.

The paths are those of the case in its plain form (`licet.facts.casefile.plain_case`), counted from 1.
"""

from __future__ import annotations

import re
from typing import Any

from licet.facts.case import LISTS_OF, Case
from licet.facts.dictionary import ELEMENT, Dictionary, level, own_name
from licet.facts.elements import Element
from licet.facts.errors import CaseError, Place, nearest, quoted

COMPLETE = "complete."
_STEP = re.compile(r"(items|components|parties|owners|listings|held|rates)\[([1-9]\d{0,4})\](?:\.|$)")
_KINDS = ELEMENT | {"items": "item"}
_LISTS = ("items", "parties", "held")  # of the case as a whole


def paths(case: Case) -> dict[int, str]:
    """The path of each element of a case by its identity; that of the case as a whole is empty."""
    found = {id(case.root): ""}
    for number, item in enumerate(case.items, 1):
        found |= _beneath(item, f"items[{number}]")
    found |= _beneath(case.root, "")
    return found


def _beneath(element: Element, path: str) -> dict[int, str]:
    found, pending = dict[int, str](), [(element, path)]
    while pending:
        one, own = pending.pop()
        found[id(one)] = own
        for of, members in one.lists.items():
            pending += [(each, _joined(own, f"{of}[{n}]")) for n, each in enumerate(members, 1)]
    return found


def key_of(fact: str, path: str) -> str:
    """The name of the question about a fact of the element at a path; facts of the case keep their whole name."""
    if fact.startswith(COMPLETE) or not path:
        return _joined(path, fact)
    return f"{path}.{fact.partition('.')[2]}"


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def steps(key: str) -> tuple[list[tuple[str, int]], str]:
    """The members a key goes through, and the name it ends in."""
    found, rest = [], key
    while (step := _STEP.match(rest)) is not None:
        found.append((step[1], int(step[2])))
        rest = rest[step.end() :]
    return found, rest


def asked_fact(key: str) -> tuple[str, str]:
    """The path of the element that a key is about, and the fact as the law calls it."""
    through, rest = steps(key)
    path = key.removesuffix(rest).removesuffix(".")
    if not through or rest.startswith(COMPLETE):
        return path, rest
    return path, own_name(f"{_KINDS[through[-1][0]]}.{rest}")


def member(case: dict[str, Any], key: str) -> tuple[dict[str, Any], str, str]:
    """In the plain form of a case: the mapping a key names a fact of, the kind of that, and the rest of the key.

    Raises CaseError where there is no such member.
    """
    at, kind = case, "case"
    through, rest = steps(key)
    for of, number in through:
        members = at.get(of)
        if not isinstance(members, list) or number > len(members):
            hint = "give the key of a part as it was asked"
            raise CaseError.one("E_ANSWER", f"the case has no {of}[{number}] here", Place(path=key), hint)
        at, kind = members[number - 1], _KINDS[of]
    return at, kind, rest


def fact_of(kind: str, rest: str, key: str, dictionary: Dictionary) -> str:
    """The fact that a key names, or `complete.LIST`. Raises CaseError."""
    if rest.startswith(COMPLETE):
        of, lists = rest.removeprefix(COMPLETE), _LISTS if kind == "case" else LISTS_OF.get(kind, ())
        if of not in lists:
            raise CaseError.one("E_ANSWER", f"{quoted(key)} names no list", Place(path=key), nearest(of, lists))
        return rest
    name = rest if kind == "case" else f"{kind}.{rest}"
    if dictionary.find(name) is None or (kind == "case" and (level(name) != "case" or name.startswith("case."))):
        hint = "give the key of a part as it was asked"
        raise CaseError.one("E_ANSWER", f"{quoted(key)} names no fact", Place(path=key), hint)
    return name


def put(at: dict[str, Any], name: str, value: Any) -> None:
    """Write a value under a name with dots into nested mappings."""
    *way, last = name.split(".")
    for step in way:
        inner = at.get(step)
        if not isinstance(inner, dict):
            inner = at[step] = {}
        at = inner
    at[last] = value
