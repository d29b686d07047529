"""The published JSON Schema of `licet.bom/1`, from its classes.

    python -m licet.services.bom_schema schemas/

pydantic is needed here only and is a dependency of development.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from licet.logic.outcome import EXIT_CLEAR, EXIT_CODES, EXIT_NOT_COVERED
from licet.services.bom_answer import NO_LIMIT, OPEN, OVER, SCHEMA, WITHIN, BomAnswer

FILE = "licet.bom-1.schema.json"
_VALUES = ["yes", "no", "unknown"]
_CLOSED = {
    ("BomAnswer", "schema"): [SCHEMA],
    ("BomAnswer", "exit_code"): [EXIT_CLEAR, *sorted(set(EXIT_CODES.values())), EXIT_NOT_COVERED],
    ("ContentAnswer", "verdict"): [OVER, WITHIN, OPEN, NO_LIMIT],
    ("LimitAnswer", "applies"): _VALUES,
    ("LimitAnswer", "now"): _VALUES,
    ("PartAnswer", "us_origin"): _VALUES,
    ("PartAnswer", "counts"): _VALUES,
    ("RuleRef", "value"): _VALUES,
    ("SettlesAnswer", "over_if"): ["", "yes", "no"],
    ("SettlesAnswer", "within_if"): ["", "yes", "no"],
    ("DependenceAnswer", "stopped"): _VALUES,
    ("DecisionAnswer", "coverage"): ["complete", "partial", "none"],
}


def schema() -> dict[str, Any]:
    """The schema, with every key required, for an answer always has them all."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - a dependency of development, not of the program

    body = TypeAdapter(BomAnswer).json_schema(mode="serialization")
    definitions = body.pop("$defs")
    for name, each in {"BomAnswer": body, **definitions}.items():
        each["required"] = list(each["properties"])
        each["additionalProperties"] = False
        for key, value in each["properties"].items():
            value.pop("default", None)
            value.pop("title", None)
            if (name, key) in _CLOSED:
                value["enum"] = _CLOSED[name, key]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:licet:bom:1", "title": SCHEMA}
    return {**head, **{key: value for key, value in body.items() if key != "title"}, "$defs": definitions}


def text() -> str:
    """The file as it should be in the repository."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    (Path(sys.argv[1]) / FILE).write_text(text(), encoding="utf-8")
