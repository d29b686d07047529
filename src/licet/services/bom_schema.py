"""The published JSON Schema of `licet.bom/1`, from its classes.

python -m licet.services.bom_schema schemas/
"""

from __future__ import annotations

import sys
from pathlib import Path

from licet.logic.outcome import EXIT_CLEAR, EXIT_CODES, EXIT_NOT_COVERED
from licet.services.bom_answer import NO_LIMIT, OPEN, OVER, SCHEMA, WITHIN, BomAnswer
from licet.services.schema_of import Closed, schema_of, text_of

FILE = "licet.bom-1.schema.json"
_VALUES = ["yes", "no", "unknown"]
_CLOSED: Closed = {
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


def text() -> str:
    """The file as it should be in the repository."""
    return text_of(schema_of(BomAnswer, SCHEMA, _CLOSED))


if __name__ == "__main__":
    (Path(sys.argv[1]) / FILE).write_text(text(), encoding="utf-8")
