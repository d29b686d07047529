"""The whole law once read, and the files it comes from.

Apart from the reader (`corpus`), so that a check over compiled law does not load the parser of expressions.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from licet.facts.dictionary import Dictionary
from licet.rules.model import Instrument, Rule

INSTRUMENT_FILE = "_instrument.yaml"
TEST_SUFFIX = ".test.yaml"
_NOT_RULES = ("facts", "parties")


@dataclass(frozen=True, slots=True)
class Law:
    """The law as read: `hash` names exactly this text."""

    hash: str
    dictionary: Dictionary
    instruments: dict[str, Instrument] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)

    @property
    def encoded_from(self) -> date:
        """The first day for which any law is encoded."""
        return min(instrument.encoded_from for instrument in self.instruments.values())

    def fact_measures(self) -> dict[str, str]:
        """For each fact that a measure computes, the id of that measure."""
        return {rule.versions[-1].extra["gives"]: rule.id for rule in self.rules.values() if rule.kind == "measure"}


def rule_files(root: Path) -> list[Path]:
    """All files of rules and instruments, without the tests beside them, the dictionary and the parties."""
    return sorted(
        path
        for path in root.rglob("*.yaml")
        if not path.name.endswith(TEST_SUFFIX) and path.relative_to(root).parts[0] not in _NOT_RULES
    )


def content_hash(root: Path) -> str:
    """A hash over names and contents of the dictionary and all rules."""
    digest = hashlib.sha256()
    for path in [*sorted((root / "facts").glob("*.yaml")), *rule_files(root)]:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
