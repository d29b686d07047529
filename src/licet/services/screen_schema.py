"""The published JSON Schema of a screen: `python -m licet.services.screen_schema schemas/` writes it.

pydantic is a dependency of development only, so it is loaded where it is used.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from licet.parties.entry import KINDS, NAME_KINDS
from licet.rules.model import EFFECTS, STATUSES
from licet.services.effects_readers import SHOWN
from licet.services.hits import DECISIONS
from licet.services.schema_of import bodies, head, text_of
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
    body, definitions = bodies(ScreeningAnswer, _CLOSED)
    definitions["ScreeningAnswer"] = body
    return {**head(SCHEMA), "type": "array", "items": {"$ref": "#/$defs/ScreeningAnswer"}, "$defs": definitions}


def text() -> str:
    """The file as it should be in the repository."""
    return text_of(screening_schema())


def main(arguments: list[str]) -> int:
    """Write the schema into a folder."""
    if len(arguments) != 1:
        print("usage: python -m licet.services.screen_schema FOLDER", file=sys.stderr)
        return 2
    (Path(arguments[0]) / FILE).write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
