"""A strict reading of JSON into the nodes that YAML is read into: no key twice, every number as it was written."""

from __future__ import annotations

import json
from typing import Any

from licet.facts.errors import CaseError
from licet.facts.nodes import node
from licet.facts.yamltext import Mapping

MAX_DIGITS = 400  # of a number
_ESCAPED = "\\u"


def read_json(text: str) -> Mapping:
    """The JSON object that a text is. Raises CaseError."""
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_none, parse_int=_number, parse_float=_number)
        text.encode()
        if _ESCAPED in text:  # by which half a character can be said
            json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise CaseError.one("E_JSON", "the JSON is nested too deeply") from None
    except UnicodeEncodeError:
        raise CaseError.one("E_JSON", "the JSON holds half a character") from None
    except ValueError as bad:
        raise CaseError.one("E_JSON", f"this is no JSON: {bad}") from None
    if not isinstance(value, dict):
        raise CaseError.one("E_JSON", "this is no JSON object", hint='write {"case": …}')
    found = node(value)
    assert isinstance(found, Mapping)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for number, key in enumerate(keys) if key in keys[:number])
        raise ValueError(f"{twice[:60]!r} stands twice")
    return found


def _none(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _number(word: str) -> str:
    if len(word) > MAX_DIGITS:
        raise ValueError("a number is too long")
    return word
