"""The demonstration: real cases on several days, and what each comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from licet.facts.case import Case, parse_day, read_case
from licet.facts.errors import CaseError
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, decode, read_yaml
from licet.logic.decision import Decision
from licet.services.check import Checker, Options
from licet.services.oracle import Count, count_questions

PLAN = "demo.yaml"


@dataclass(frozen=True, slots=True)
class Run:
    """One case of the plan with the decisions of its days, and the interview that settles its last day."""

    title: str
    file: Path
    decisions: tuple[Decision, ...]
    count: Count


def runs(checker: Checker, folder: Path) -> Iterator[Run]:
    """Every case of the plan in a folder. Raises CaseError."""
    for group in _items(_read(folder / PLAN)):
        title = _text(group, "title")
        for entry in _items(group.entries.get("runs")):
            file = folder / _text(entry, "case")
            days = entry.entries.get("on")
            words = [day.text for day in days.items if isinstance(day, Scalar)] if isinstance(days, Sequence) else []
            yield _run(checker, title, file, words)


def _run(checker: Checker, title: str, file: Path, words: list[str]) -> Run:
    def fresh() -> Case:
        return read_case(_read(file), checker.law.dictionary)

    days = [parse_day(word) for word in words]
    decisions = tuple(checker.check(fresh(), Options(on=day, moment=moment, proof=True)) for day, moment in days)
    return Run(title, file, decisions, count_questions(checker, fresh, days[-1][0]))


def _read(path: Path) -> Node:
    return read_yaml(decode(path.read_bytes(), path.name), path.name)


def _items(node: Node | None) -> list[Mapping]:
    return [item for item in node.items if isinstance(item, Mapping)] if isinstance(node, Sequence) else []


def _text(node: Mapping, key: str) -> str:
    value = node.entries.get(key)
    if not isinstance(value, Scalar):
        raise CaseError.one("E_DEMO", f"{key} is missing", node.place)
    return value.text
