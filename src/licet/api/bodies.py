"""Bodies of requests, read within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import Request

from licet.facts import yamltext
from licet.facts.errors import CaseError, LicetError, Place, nearest, quoted
from licet.facts.jsontext import read_json

MAX_BYTES = 1_000_000


async def body_text(request: Request) -> str:
    """The text of a request. Raises CaseError where it is too long or no text."""
    size, chunks = 0, list[bytes]()
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BYTES:
            raise CaseError.one("E_TOO_LARGE", f"a request has at most {MAX_BYTES:,} bytes", hint="send one case")
        chunks.append(chunk)
    try:
        return b"".join(chunks).decode()
    except UnicodeDecodeError:
        raise CaseError.one("E_JSON", "the body is no UTF-8") from None


def json_body(schema: dict[str, Any]) -> dict[str, Any]:
    """How OpenAPI describes a body that a route reads itself: numbers then count as they are written."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def object_of(properties: dict[str, Any], required: Sequence[str] = ()) -> dict[str, Any]:
    """The schema of an object with these fields and no others."""
    return {"type": "object", "properties": properties, "required": [*required], "additionalProperties": False}


def fields(text: str, known: Sequence[str] | None = None) -> dict[str, Any]:
    """The fields of a body in JSON, of these names, every number as the text that was written. Raises CaseError."""
    found: dict[str, Any] = _plain(read_json(text))
    for name in found:
        if known is not None and name not in known:
            place = Place(path=name[:60])
            raise CaseError.one("E_UNKNOWN_KEY", f"there is no field {quoted(name)}", place, nearest(name, known))
    return found


def mapping(given: dict[str, Any], name: str, default: dict[str, Any] | None = None) -> dict[str, Any]:
    """A field that is an object. Raises CaseError where it is not, or is missing and has no default."""
    value = given.get(name, default)
    if not isinstance(value, dict):
        raise _not(name, "an object")
    return value


def texts(given: dict[str, Any], name: str) -> tuple[str, ...]:
    """A field that is a list of texts; none where it is missing. Raises CaseError."""
    value = given.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _not(name, "a list of texts")
    return tuple(value)


def word(given: dict[str, Any], name: str) -> str:
    """A field that is a text; empty where it is missing. Raises CaseError."""
    value = given.get(name, "")
    if not isinstance(value, str):
        raise _not(name, "a text")
    return value


def _not(name: str, what: str) -> LicetError:
    return CaseError.one("E_VALUE", f"{name} is {what}", Place(path=name), f"send {name}")


def _plain(node: yamltext.Node) -> Any:
    """A value as it was sent; a number is a text, null is None."""
    if isinstance(node, yamltext.Mapping):
        return {key: _plain(value) for key, value in node.entries.items()}
    if isinstance(node, yamltext.Sequence):
        return [_plain(value) for value in node.items]
    return {"unknown": None, "yes": True, "no": False}.get(node.text, node.text) if node.plain else node.text


def truth(given: dict[str, Any], name: str, default: bool) -> bool:
    """A field that is true or false. Raises CaseError."""
    value = given.get(name, default)
    if not isinstance(value, bool):
        raise _not(name, "true or false")
    return value


def either(given: dict[str, Any], name: str, table: str) -> tuple[str, Any]:
    """One of two fields, an object or the text of a table, and its name. Raises CaseError."""
    if (name in given) == (table in given):
        raise CaseError.one("E_VALUE", f"give {name} or {table}, one of them", Place(path=name))
    return (table, word(given, table)) if table in given else (name, mapping(given, name))
