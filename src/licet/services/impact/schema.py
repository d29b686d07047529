"""The published JSON Schema of `licet.impact/1`, from its classes.

python -m licet.services.impact.schema schemas/
"""

from __future__ import annotations

import sys
from pathlib import Path

from licet.services.impact.model import FLIPS, NOTHING, SCHEMA, ImpactAnswer
from licet.services.schema_of import Closed, schema_of, text_of

FILE = "licet.impact-1.schema.json"
_CLOSED: Closed = {
    ("ImpactAnswer", "schema"): [SCHEMA],
    ("ImpactAnswer", "exit_code"): [NOTHING, FLIPS],
    ("Cause", "kind"): ["provision", "row", "untraced"],
}


def text() -> str:
    """The file as it should be in the repository."""
    return text_of(schema_of(ImpactAnswer, SCHEMA, _CLOSED))


if __name__ == "__main__":
    (Path(sys.argv[1]) / FILE).write_text(text(), encoding="utf-8")
