"""Runs worked cases: finds the family of each, puts it to Licet, compares."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .adapters import ADAPTERS
from .desk import Desk
from .load import Worked
from .said import Finding, Said, findings

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one worked case. `cleared` counts shipments that came out as a plain clear."""

    worked: Worked
    family: str
    covered: bool
    reason: str = ""
    findings: list[Finding] = field(default_factory=list)
    asked: int = 0
    cleared: int = 0

    @property
    def agrees(self) -> bool:
        """Whether nothing that was judged differs, and something was judged."""
        judged = [finding.agrees for finding in self.findings if finding.agrees is not None]
        return bool(judged) and all(judged)

    @property
    def different(self) -> list[Finding]:
        """The keys on which Licet says something else."""
        return [finding for finding in self.findings if finding.agrees is False]

    @property
    def unjudged(self) -> list[Finding]:
        """The keys Licet does not speak to."""
        return [finding for finding in self.findings if finding.agrees is None]


@cache
def families() -> list[dict[str, Any]]:
    """The table of families."""
    loaded: list[dict[str, Any]] = yaml.safe_load((HERE / "families.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def known_differences() -> dict[str, dict[str, str]]:
    """By case: the keys on which Licet differs knowingly, each with the source."""
    loaded: dict[str, dict[str, str]] = yaml.safe_load((HERE / "differences.yaml").read_text(encoding="utf-8")) or {}
    return loaded


def family_of(worked: Worked) -> dict[str, Any]:
    """The first family that fits."""
    return next(family for family in families() if _fits(family, worked))


def _fits(family: dict[str, Any], worked: Worked) -> bool:
    return (
        re.search(family.get("id", ""), worked.id) is not None
        and re.search(family.get("question", ""), worked.question) is not None
        and _any_key(family.get("facts"), worked.facts)
        and _any_key(family.get("expected"), worked.expected)
    )


def _any_key(patterns: list[str] | None, keys: dict[str, Any]) -> bool:
    return patterns is None or any(re.fullmatch(pattern, key) for pattern in patterns for key in keys)


def examine(desk: Desk, worked: Worked) -> Result:
    """The result of one worked case."""
    family = family_of(worked)
    said = ADAPTERS[family["adapter"]](desk, worked) if "adapter" in family else Said()
    reason = family.get("not_covered", "").strip() or said.open
    asked, cleared = len(said.asked), sum(answer.clear for answer in said.asked)
    if reason:
        return Result(worked, family["family"], False, reason, asked=asked, cleared=cleared)
    return Result(worked, family["family"], True, "", findings(worked.expected, said), asked, cleared)
