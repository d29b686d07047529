"""The published JSON Schema of `licet.interview/1`, from its classes.

python -m licet.services.interview_schema schemas/
"""

from __future__ import annotations

import sys
from pathlib import Path

from licet.services.interview_steps import CHECKLIST, INQUIRIES, LIST, SCHEMA, VALUE, Step
from licet.services.schema_of import Closed, schema_of, text_of
from licet.services.schemas import OUTCOMES

FILE = "licet.interview-1.schema.json"
_CLOSED: Closed = {
    ("Step", "schema"): [SCHEMA],
    ("Step", "outcome"): OUTCOMES,
    ("OutcomeBounds", "best"): OUTCOMES,
    ("OutcomeBounds", "worst"): OUTCOMES,
    ("Question", "form"): [VALUE, CHECKLIST, INQUIRIES, LIST],
    ("Part", "type"): ["yes_no", "number", "enum", "country", "date", "text", "set"],
}


def text() -> str:
    """The file as it should be in the repository."""
    return text_of(schema_of(Step, SCHEMA, _CLOSED))


if __name__ == "__main__":
    (Path(sys.argv[1]) / FILE).write_text(text(), encoding="utf-8")
