"""Answers as JSON: the contract `licet.decision/1`, keys in the order of the contract.

One answer is an object; several are a list, in the order of the files and days asked for. An answer
that could not be given is `{"errors": [...]}` in its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from licet.facts.errors import Problem
from licet.render.answer import Answer


def answers_json(answers: list[Answer]) -> str:
    """One answer, or a list of them."""
    objects = [asdict(a.decision) if a.decision is not None else errors_object(a.problems) for a in answers]
    return _text(objects[0] if len(objects) == 1 else objects)


def errors_json(problems: Iterable[Problem]) -> str:
    """Problems alone."""
    return _text(errors_object(problems))


def errors_object(problems: Iterable[Problem]) -> dict[str, Any]:
    """Problems as data; a line or column of 0 means that none is known."""
    return {"errors": [_problem(problem) for problem in problems]}


def _problem(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "code": problem.code,
        "message": problem.message,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "path": place.path,
        "hint": problem.hint,
    }


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
