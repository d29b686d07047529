"""A call of a tool from its arguments to what is told: the answer, or what is wrong with a code and a hint."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

import mcp_types as types
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from licet.facts.errors import LicetError, Place, Problem, nearest
from licet.mcp.short import clip, in_arguments
from licet.mcp.tools.every import Tool

MOST_ERRORS = 50


def answered(tool: Tool, given: dict[str, Any]) -> types.CallToolResult:
    """What a tool gives: its answer, or what is wrong. No fault of Licet tells anything of its inside."""
    try:
        asked = tool.takes.model_validate(_opened(given, tool.takes))
        plain = _ordered(tool.does(asked))
    except ValidationError as bad:
        found = [_invalid(one, tool.takes) for one in bad.errors(include_url=False, include_input=False)]
        return refused([*dict.fromkeys(found)][:MOST_ERRORS])
    except LicetError as error:
        return refused(error.problems[:MOST_ERRORS])
    except Exception as fault:
        print(f"E_INTERNAL: {type(fault).__name__} in {tool.name}", file=sys.stderr)
        return refused([Problem("E_INTERNAL", type(fault).__name__, hint="please report this with the request")])
    return types.CallToolResult(content=[_text(plain)], structured_content=plain)


def _ordered(answer: BaseModel) -> dict[str, Any]:
    """An answer as plain data: what it says first, then what is its own, then what every answer tells."""
    plain = answer.model_dump(mode="json")
    return {name: plain[name] for name in (*type(answer).__annotations__, *plain)}


def _opened(given: dict[str, Any], takes: type[BaseModel]) -> dict[str, Any]:
    """Arguments, with lists that came as the text of JSON, as some clients send them. Raises CaseError."""
    try:
        json.dumps(given, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        hint = "whole characters, ordinary numbers"
        raise LicetError.one("E_JSON", "this is no JSON that can be read", hint=hint) from None
    found = dict(given)
    for name, field in takes.model_fields.items():
        text = found.get(name)
        if isinstance(text, str) and text.lstrip()[:1] == "[" and field.annotation is not str:
            try:
                found[name] = json.loads(text)
            except (ValueError, RecursionError):
                continue
    return found


def _invalid(error: ErrorDetails, takes: type[BaseModel]) -> Problem:
    """What is wrong with an argument. A value may be of several types, and is told once for all of them."""
    steps = error["loc"]
    if "value" in steps:
        of_value = Place(path=_path(steps[: steps.index("value") + 1]))
        return Problem("E_VALUE", "a value is a text, a number, yes or no, or a list of these", of_value)
    place = Place(path=_path(steps))
    if error["type"] != "extra_forbidden":
        return Problem("E_VALUE", error["msg"], place)
    known = nearest(str(steps[-1]), takes.model_fields) if len(steps) == 1 else ""
    return Problem("E_UNKNOWN_KEY", "nothing is called so here", place, known or "see the input schema")


def _path(steps: Iterable[int | str]) -> str:
    """A place in the arguments, counted from 1: facts[3].value."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def refused(problems: Iterable[Problem]) -> types.CallToolResult:
    """What is wrong: for each a code, what, where, and what to do."""
    told = [
        {
            "code": one.code,
            "message": in_arguments(one.message),
            "where": _where(one),
            "hint": in_arguments(one.hint),
        }
        for one in problems
    ]
    return types.CallToolResult(content=[_text({"errors": told})], is_error=True)


def _where(problem: Problem) -> str:
    """Where in what was given; a file of this machine is never named."""
    place = problem.place
    file = "" if "/" in place.file or "\\" in place.file else place.file
    spot = f"{file}:{place.line}" if file and place.line else file
    return clip(" ".join(filter(None, (spot, place.path))), 200)


def _text(value: Any) -> types.TextContent:
    return types.TextContent(type="text", text=json.dumps(value, ensure_ascii=False))
