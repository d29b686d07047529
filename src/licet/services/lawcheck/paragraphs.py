"""Paragraphs that a file passes over: lettered or numbered ones between the first and the last it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from licet.facts.errors import Problem
from licet.rules import tree
from licet.rules.model import Rule
from licet.services.lawcheck.work import Work, at

Path = tuple[str, ...]
_SECTION = r"\d{3}\.\d+"
_PATH = re.compile(
    rf"(?<![\w.(])(?:(?P<section>{_SECTION}))?"
    r"(?P<path>(?:\(\w{1,4}\))+|(?<![\d)])(?:[a-z]{1,2}|\d{1,2}(?=\.[a-z]))(?:\.\w{1,4})*)(?!\w)"
)
_RANGE = re.compile(r"\s*(?:-|\u2013|to|through)\s*")
_ROWS = (
    tuple(str(number) for number in range(1, 100)),
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"),
    tuple("abcdefghijklmnopqrstuvwxyz"),
    tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
)


def skipped_paragraphs(work: Work) -> Iterator[Problem]:
    """Paragraphs skipped between cited ones, not listed under not_coded and not coded in a file of their own."""
    own: dict[str, set[Path]] = {}
    for rule in work.law.rules.values():
        own.setdefault(base(rule.cite), set()).update(paths(rule.cite, rule))
    for rule in work.law.rules.values():
        skipped = [_shown(path) for path in gaps(cited(rule), left_out(rule) | own[base(rule.cite)])]
        if skipped:
            hint = "code them, or list them under not_coded with the reason"
            yield Problem("C_SKIPPED", f"{rule.id}: nothing is said of {', '.join(skipped)}", at(rule), hint)


def base(cite: str) -> str:
    """The section or entry a citation stands in: `15 CFR 744.23` of `15 CFR 744.23(a)(1)`."""
    return re.split(r"\(|(?<=\w)\.(?=[a-z]\b)", cite)[0].strip()


def cited(rule: Rule) -> set[Path]:
    """The paragraphs that the branches of a rule cite, in any version."""
    conditions = [version.when for version in rule.versions if version.when is not None]
    return {path for root in conditions for node in tree.walk(root) for path in paths(node.cite, rule)}


def left_out(rule: Rule) -> set[Path]:
    """The paragraphs listed under not_coded."""
    return {path for left in rule.not_coded for path in paths(left.cite, rule)}


def paths(cite: str, rule: Rule) -> Iterator[Path]:
    """Paragraphs in a citation: `a.1`, `(c)(2)`, `z.1.a, z.2.a`; of a range, also what lies between its ends.

    A paragraph of another section than the rule's own begins with the number of that section.
    """
    before: tuple[Path, int] | None = None
    for match in _PATH.finditer(cite):
        section = match["section"]
        head = (section,) if section and section not in rule.cite else ()
        path = (*head, *(part for part in re.split(r"[.()]+", match["path"]) if part))
        if before is not None and _RANGE.fullmatch(cite[before[1] : match.start()]):
            path = path if len(path) >= len(before[0]) else (*before[0][: -len(path)], *path)
            yield from _between(before[0], path)
        yield path
        before = (path, match.end())


def gaps(coded: set[Path], listed: set[Path]) -> Iterator[Path]:
    """Paths between the first and the last cited one of the same level that nobody mentions."""
    known = {path[: depth + 1] for path in coded | listed for depth in range(len(path))}
    for parent in sorted({path[:depth] for path in coded for depth in range(len(path))}):
        siblings = {path[len(parent)] for path in coded if path[: len(parent)] == parent and len(path) > len(parent)}
        yield from ((*parent, name) for name in _missing(siblings) if (*parent, name) not in known)


def _between(first: Path, final: Path) -> Iterator[Path]:
    if first[:-1] == final[:-1]:
        yield from ((*first[:-1], name) for name in _missing({first[-1], final[-1]}))


def _missing(names: Iterable[str]) -> list[str]:
    """What is missing in a row of numbers, Roman numerals or letters; nothing where it is none of these."""
    given = set(names)
    for row in _ROWS:
        if given and given <= set(row):
            places = [row.index(name) for name in given]
            return [name for name in row[min(places) : max(places)] if name not in given]
    return []


def _shown(path: Path) -> str:
    return "".join(part if re.fullmatch(_SECTION, part) else f"({part})" for part in path)
