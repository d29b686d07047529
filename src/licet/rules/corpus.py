"""Reading the whole law from a folder: dictionary, instruments and rules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from licet.facts.dictionary import read_dictionary
from licet.facts.errors import LawError, Place, Problem
from licet.facts.yamltext import Node, decode, read_yaml
from licet.rules.check import check_references
from licet.rules.law import INSTRUMENT_FILE, TEST_SUFFIX, Law, content_hash, rule_files
from licet.rules.load import Loader
from licet.rules.model import Instrument, Rule

__all__ = [
    "INSTRUMENT_FILE",
    "TEST_SUFFIX",
    "Law",
    "content_hash",
    "read_law",
    "read_law_with_problems",
    "read_node",
    "rule_files",
]


def read_node(path: Path, root: Path) -> Node:
    """One law file as strict YAML. Raises LawError."""
    name = path.relative_to(root.parent).as_posix()
    return read_yaml(decode(path.read_bytes(), name, LawError), name, LawError)


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
