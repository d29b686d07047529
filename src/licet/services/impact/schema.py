"""The published JSON Schema of `licet.impact/1`, from its classes.

    python -m licet.services.impact.schema schemas/

pydantic is needed here only and is a dependency of development.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from licet.services.impact.model import FLIPS, NOTHING, SCHEMA, ImpactAnswer

FILE = "licet.impact-1.schema.json"
_CLOSED = {
    ("ImpactAnswer", "schema"): [SCHEMA],
    ("ImpactAnswer", "exit_code"): [NOTHING, FLIPS],
    ("Cause", "kind"): ["provision", "row", "untraced"],
}


def schema() -> dict[str, Any]:
    """The schema, with every key required, for an answer always has them all."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - a dependency of development, not of the program

    body = TypeAdapter(ImpactAnswer).json_schema(mode="serialization")
    definitions = body.pop("$defs")
    for name, each in {"ImpactAnswer": body, **definitions}.items():
        each["required"] = list(each["properties"])
        each["additionalProperties"] = False
        for key, value in each["properties"].items():
            value.pop("default", None)
            value.pop("title", None)
            if (name, key) in _CLOSED:
                value["enum"] = _CLOSED[name, key]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:licet:impact:1", "title": SCHEMA}
    return {**head, **{key: value for key, value in body.items() if key != "title"}, "$defs": definitions}


def text() -> str:
    """The file as it should be in the repository."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    (Path(sys.argv[1]) / FILE).write_text(text(), encoding="utf-8")
