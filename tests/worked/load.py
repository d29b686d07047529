"""The worked cases: question, facts and expected answer. They lie beside the repository and are not part of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "cases"


@dataclass(frozen=True, slots=True)
class Worked:
    """One worked case as its file states it."""

    id: str
    on: date
    question: str
    facts: dict[str, Any]
    expected: dict[str, Any]
    source: str

    def text(self, *names: str) -> str:
        """The first of these facts that is stated, as text; empty where none is."""
        return next((str(self.facts[name]) for name in names if self.facts.get(name) is not None), "")


@cache
def worked_cases(folder: Path = FOLDER) -> tuple[Worked, ...]:
    """All worked cases, in the order of their files; none where the folder is absent."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(_read(json.loads(line)) for line in lines if line.strip())


def _read(row: dict[str, Any]) -> Worked:
    return Worked(
        id=row["id"],
        on=date.fromisoformat(row["as_of"]),
        question=row["question"],
        facts=row["facts"],
        expected=row["expected"],
        source=row["source"],
    )
