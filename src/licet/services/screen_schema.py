"""The published JSON Schema of a screen: `python -m licet.services.screen_schema schemas/` writes it.

pydantic is a dependency of development only, so it is loaded where it is used.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from licet.parties.entry import KINDS, NAME_KINDS
from licet.rules.model import EFFECTS, STATUSES
from licet.services.effects_readers import SHOWN
from licet.services.hits import DECISIONS
from licet.services.schemas import DIALECT
from licet.services.screen_answer import SCHEMA, ScreeningAnswer
from licet.services.screen_model import DECIDED, FAILED, HIT, NO_HIT

FILE = "licet.screening-1.schema.json"
_TRUTH = ("yes", "no", "unknown")
_CLOSED = {
    ("QueryAnswer", "schema"): (SCHEMA,),
    ("QueryAnswer", "kind"): KINDS,
    ("QueryAnswer", "result"): (HIT, DECIDED, NO_HIT, FAILED),
    ("QueryAnswer", "complete"): _TRUTH,
    ("EntryAnswer", "kind"): KINDS,
    ("NameAnswer", "kind"): NAME_KINDS,
    ("RowAnswer", "exceptions_barred"): _TRUTH,
    ("EffectAnswer", "kind"): SHOWN,
    ("EffectAnswer", "effect"): (*EFFECTS, ""),
    ("EffectAnswer", "bites"): _TRUTH,
    ("EffectAnswer", "status"): STATUSES,
    ("DecidedAnswer", "decision"): DECISIONS,
}


def screening_schema() -> dict[str, Any]:
    """The schema of what `licet screen --format json` prints: a list, one object for each party, every key present."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - a dependency of development, not of the program

    schema = TypeAdapter(ScreeningAnswer).json_schema(mode="serialization")
    definitions = schema.pop("$defs") | {"ScreeningAnswer": schema}
    for name, body in definitions.items():
        body["required"] = list(body["properties"])
        body["additionalProperties"] = False
        for key, value in body["properties"].items():
            value.pop("default", None)
            value.pop("title", None)
            if (name, key) in _CLOSED:
                value["enum"] = list(_CLOSED[name, key])
    head = {"$schema": DIALECT, "$id": "urn:licet:screening:1", "title": SCHEMA}
    return {**head, "type": "array", "items": {"$ref": "#/$defs/ScreeningAnswer"}, "$defs": definitions}


def text() -> str:
    """The file as it should be in the repository."""
    return json.dumps(screening_schema(), ensure_ascii=False, indent=1) + "\n"


def main(arguments: list[str]) -> int:
    """Write the schema into a folder."""
    if len(arguments) != 1:
        print("usage: python -m licet.services.screen_schema FOLDER", file=sys.stderr)
        return 2
    (Path(arguments[0]) / FILE).write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
