"""The whole law once read, and the files it comes from.

Apart from the reader (`corpus`), so that a check over compiled law does not load the parser of expressions.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from licet.facts.dictionary import Dictionary
from licet.rules.model import Instrument, Rule
from licet.rules.tree import Condition

INSTRUMENT_FILE = "_instrument.yaml"
TEST_SUFFIX = ".test.yaml"
_NOT_RULES = ("facts", "parties", "regimes", "technologies")


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

    def conditions(self) -> Iterator[Condition]:
        """Every condition there is: of provisions in all their versions, and of gaps."""
        for rule in self.rules.values():
            yield from rule.conditions()
        yield from (gap.when for instrument in self.instruments.values() for gap in instrument.gaps)

    def fact_measures(self) -> dict[str, str]:
        """For each fact that a measure computes, the id of that measure."""
        return {rule.versions[-1].extra["gives"]: rule.id for rule in self.rules.values() if rule.kind == "measure"}


def rule_files(root: Path) -> list[Path]:
    """All files of rules and instruments, without the tests beside them, the dictionary and the parties."""
    return [root / name for name in _rule_names(root)]


def law_files(root: Path) -> list[str]:
    """The dictionary and all rules as paths beneath the root."""
    facts = sorted(path.name for path in (root / "facts").glob("*.yaml"))
    return [*(f"facts/{name}" for name in facts), *_rule_names(root)]


def content_hash(root: Path) -> str:
    """A hash over names and contents of the dictionary and all rules."""
    digest = hashlib.sha256()
    folder = str(root)
    for name in law_files(root):
        digest.update(name.encode() + b"\0")
        with open(f"{folder}/{name}", "rb") as file:  # noqa: PTH123 - a path object for each would take as long again
            digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()


def _rule_names(root: Path) -> list[str]:
    """The files of rules and instruments as paths beneath the root, in the order of their folders and names.

    Walked as plain texts: each command does this, and path objects for a thousand files would take most of its time.
    """
    found: list[str] = []
    cut = len(str(root)) + 1
    for folder, below, names in os.walk(root):
        inside = folder[cut:].replace(os.sep, "/")
        if not inside:
            below[:] = [name for name in below if name not in _NOT_RULES]
        found += [
            f"{inside}/{name}" if inside else name
            for name in names
            if name.endswith(".yaml") and not name.endswith(TEST_SUFFIX)
        ]
    return sorted(found, key=lambda name: name.split("/"))
