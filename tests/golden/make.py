"""The golden decisions: what every run of the demonstration comes to, written down.

`python -m tests.golden.make` writes them anew; `test_golden.py` holds the program against them. Only what a
reader of the answer relies on is kept: outcomes, bounds, coverage, which rules say what, questions, margins,
and the questions of the interview. Hashes, wordings and proofs are left out.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from licet.logic.decision import Decision, JurisdictionAnswer
from licet.services.check import Checker
from licet.services.demo import Run, runs
from licet.services.home import open_checker

FOLDER = Path(__file__).parent
EXAMPLES = FOLDER.parents[1] / "examples"
SECTIONS = (
    "reach",
    "entries",
    "requirements",
    "prohibitions",
    "reliefs",
    "bars",
    "policies",
    "duties",
    "flags",
    "exposures",
)


def jurisdiction(answer: JurisdictionAnswer) -> dict[str, Any]:
    """Which rules say what, section by section; empty sections are left out."""
    found: dict[str, Any] = {"say": answer.say, "outcome": answer.outcome, "bounds": bounds(answer)}
    for section in SECTIONS:
        rules = [
            " ".join(part for part in (rule.id, rule.value, f"({rule.party})" if rule.party else "") if part)
            for rule in getattr(answer, section)
        ]
        if rules:
            found[section] = sorted(dict.fromkeys(rules))
    return found


def bounds(answer: Decision | JurisdictionAnswer) -> list[str]:
    return [answer.bounds.best, answer.bounds.worst]


def decision(found: Decision) -> dict[str, Any]:
    """The stable parts of a decision."""
    return {
        "on": found.on,
        "outcome": found.outcome,
        "bounds": bounds(found),
        "exit_code": found.exit_code,
        "coverage": [found.coverage.level, *sorted(missing.id for missing in found.coverage.missing)],
        "jurisdictions": {
            answer.id: jurisdiction(answer) for answer in sorted(found.jurisdictions, key=lambda j: j.id)
        },
        "questions": sorted({f"{q.fact} ({q.of})" if q.of else q.fact for q in found.questions}),
        "margins": sorted({f"{m.item}: {m.fact} {m.value}, the line is {m.line}, {m.distance}" for m in found.margins}),
    }


def run(found: Run) -> dict[str, Any]:
    """All days of a case, and the interview that settles the last one."""
    interview = {"steps": found.count.count, "settled": found.count.settled, "asked": list(found.count.steps)}
    return {"decisions": [decision(day) for day in found.decisions], "interview": interview}


def done(checker: Checker) -> list[Run]:
    """All runs of the plan."""
    return list(runs(checker, EXAMPLES))


def golden(checker: Checker) -> dict[str, str]:
    """The name and the text of every golden file."""
    return {
        f"{found.file.stem}.json": json.dumps(run(found), indent=1, ensure_ascii=False) + "\n"
        for found in done(checker)
    }


def main() -> None:
    """Write all files, and remove those of cases that are no more."""
    made = golden(open_checker())
    for path in FOLDER.glob("*.json"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(made)} files written to {FOLDER.name}/")


if __name__ == "__main__":
    main()
