"""JSON Schemas of answers, from their classes.

pydantic is a dependency of development only, so it is loaded where it is used.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

Schema = dict[str, Any]
Closed = Mapping[tuple[str, str], Iterable[Any]]  # for (class, key) the values it can hold
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def bodies(answer: type, closed: Closed, more_keys: bool = False) -> tuple[Schema, dict[str, Schema]]:
    """The schema of a class and those of the classes in it, with every key required: an answer always has them all.

    With `more_keys` later editions may add keys.
    """
    from pydantic import TypeAdapter  # noqa: PLC0415 - a dependency of development, not of the program

    body = TypeAdapter(answer).json_schema(mode="serialization")
    definitions: dict[str, Schema] = body.pop("$defs")
    for name, each in {answer.__name__: body, **definitions}.items():
        each["required"] = list(each["properties"])
        if not more_keys:
            each["additionalProperties"] = False
        for key, value in each["properties"].items():
            value.pop("default", None)
            value.pop("title", None)
            if (name, key) in closed:
                value["enum"] = list(closed[name, key])
    return body, definitions


def schema_of(answer: type, name: str, closed: Closed, more_keys: bool = False) -> Schema:
    """The schema of an answer that is published as `name`, such as licet.bom/1."""
    body, definitions = bodies(answer, closed, more_keys)
    rest = {key: value for key, value in body.items() if key != "title"}
    return {**head(name), **rest, "$defs": definitions}


def head(name: str) -> Schema:
    """How the schema of what is published as `name` begins."""
    return {"$schema": DIALECT, "$id": f"urn:{name.replace('.', ':').replace('/', ':')}", "title": name}


def text_of(schema: Schema) -> str:
    """The file of a schema as it stands in the repository."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
