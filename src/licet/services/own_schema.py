"""The published JSON Schema of `licet.owners/1`, from its classes.

python -m licet.services.own_schema schemas/
"""

from __future__ import annotations

import sys
from pathlib import Path

from licet.services.own_answer import DISPROVEN, OPEN, PROVEN, SCHEMA, OwnersAnswer
from licet.services.schema_of import Closed, schema_of, text_of

FILE = "licet.owners-1.schema.json"
_VALUES = [PROVEN, DISPROVEN, OPEN]
_CLOSED: Closed = {
    ("OwnersAnswer", "schema"): [SCHEMA],
    ("OwnersAnswer", "exit_code"): [0, 10, 11, 12],
    ("TestAnswer", "value"): _VALUES,
    ("TestAnswer", "compare"): ["at_least", "more_than"],
    ("TestAnswer", "gather"): ["", "all", "one", "own"],
    ("TestAnswer", "right"): ["", "share", "votes"],
    ("TestAnswer", "standing"): ["in_force", "suspended", "not_enforced", "scheduled"],
    ("WholeAnswer", "value"): _VALUES,
    ("WholeAnswer", "controlled"): _VALUES,
    ("LeadsTo", "standing"): ["in_force", "suspended", "not_enforced", "scheduled", "unknown"],
    ("StepAnswer", "by"): ["share", "control"],
    ("SettlingAnswer", "kind"): ["share", "rest", "row", "control", "controllers", "joint"],
    ("FlagAnswer", "value"): ["yes", "unknown"],
    ("EdgeAnswer", "kind"): ["share", "control"],
}


def text() -> str:
    """The file as it should be in the repository."""
    return text_of(schema_of(OwnersAnswer, SCHEMA, _CLOSED))


if __name__ == "__main__":
    (Path(sys.argv[1]) / FILE).write_text(text(), encoding="utf-8")
