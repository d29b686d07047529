"""The whole law: dictionary, instruments and rules, read from a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from licet.facts.dictionary import Dictionary, read_dictionary
from licet.facts.errors import LawError, Place, Problem
from licet.facts.yamltext import Node, decode, read_yaml
from licet.rules.check import check_references
from licet.rules.load import Loader
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


def read_node(path: Path, root: Path) -> Node:
    """One law file as strict YAML. Raises LawError."""
    name = path.relative_to(root.parent).as_posix()
    return read_yaml(decode(path.read_bytes(), name, LawError), name, LawError)


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


def read_law(root: Path) -> Law:
    """The law in a folder. Raises LawError with every problem found."""
    law, problems = read_law_with_problems(root)
    if problems:
        raise LawError(problems)
    return law


def read_law_with_problems(root: Path) -> tuple[Law, list[Problem]]:
    """The law as far as it can be read, and what is wrong with the rest (for work on one file among many)."""
    if not (root / "facts").is_dir():
        raise LawError.one("L_NO_LAW", "there is no law in this folder", Place(str(root)))
    files = sorted((root / "facts").glob("*.yaml"))
    dictionary = read_dictionary(read_node(path, root) for path in files)
    loader, problems = Loader(dictionary), list[Problem]()
    instruments, folders = _read_instruments(root, loader, problems)
    rules = _read_rules(root, loader, folders, problems)
    problems.extend(check_references(dictionary, instruments, rules))
    return Law(content_hash(root), dictionary, instruments, rules), problems


def _read_instruments(
    root: Path, loader: Loader, problems: list[Problem]
) -> tuple[dict[str, Instrument], dict[Path, str]]:
    """The instruments, and the folder each one governs."""
    instruments: dict[str, Instrument] = {}
    folders: dict[Path, str] = {}
    for path in rule_files(root):
        if path.name != INSTRUMENT_FILE:
            continue
        try:
            instrument = loader.instrument(read_node(path, root), path.relative_to(root.parent).as_posix())
        except LawError as error:
            problems.extend(error.problems)
            continue
        instruments[instrument.id] = instrument
        folders[path.parent] = instrument.id
    return instruments, folders


def _read_rules(root: Path, loader: Loader, folders: dict[Path, str], problems: list[Problem]) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for path in rule_files(root):
        if path.name == INSTRUMENT_FILE:
            continue
        file = path.relative_to(root.parent).as_posix()
        try:
            rule = loader.rule(read_node(path, root), file, _governing(path.parents, folders))
            if rule.id in rules:
                raise LawError.one("L_DUPLICATE_ID", f"{rule.id} is also in {rules[rule.id].file}", Place(file))
            rules[rule.id] = rule
        except LawError as error:
            problems.extend(error.problems)
    return rules


def _governing(parents: Iterable[Path], folders: dict[Path, str]) -> str:
    """The instrument of the nearest folder above that has one."""
    return next((folders[folder] for folder in parents if folder in folders), "")
