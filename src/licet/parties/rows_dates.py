"""Federal Register citations of rows, and the days of the rules they name (`data/federal_register.yaml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from licet.facts.errors import LicetError
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, decode, read_yaml

FILE = "federal_register.yaml"
_YEAR_ZERO = 1935  # volume 1 is of 1936
_VOLUME = r"(\d{1,3})[\s.]*F\.?\s?R\.?\s*"
_PAGE = r"(?:(?:no\.\s*\d+\s+pg\.\s*)?(\d{1,3}(?:,\d{3})+|\d{1,6})(?![\d/])|no\.\s*\d+)"
_PRINTED = r"(?:,\s*\d+(?![\d/])(?!\s*F))?(?:[\s,;(]|dated)*(?:(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?!\d))?"
_CITE = re.compile(_VOLUME + _PAGE + _PRINTED, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Citation:
    """A page of the Federal Register (0 where only the issue is named), and the day printed beside it, if one is."""

    volume: int
    page: int
    printed: date | None = None

    def __str__(self) -> str:
        return f"{self.volume} FR {self.page}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the Federal Register: the day it was published, and the day it took effect where that was read."""

    cite: str
    published: date
    effective: date | None = None

    @property
    def start(self) -> date:
        """The day it took effect; where that was not read, the day of publication, the latest it can be."""
        return self.effective or self.published


@dataclass(frozen=True, slots=True)
class FederalRegister:
    """The rules by each page that rows cite, and the pages that rows misprint."""

    rules: dict[str, Rule]
    misprints: dict[str, str]

    def rule(self, citation: Citation) -> Rule | None:
        """The rule a citation names; one that is not in the file is known by the day printed beside it."""
        name = str(citation)
        rule = self.rules.get(self.misprints.get(name, name))
        if rule is None and citation.printed is not None:
            return Rule(name, citation.printed)
        return rule


def citations(cite: str) -> tuple[Citation, ...]:
    """The pages of the Federal Register a text cites, in its order."""
    return tuple(
        Citation(int(found[1]), int((found[2] or "0").replace(",", "")), _printed(found))
        for found in _CITE.finditer(cite)
    )


def rules_of(cite: str) -> tuple[Rule | None, ...]:
    """The rules a text cites, in its order; None for one whose day is not known."""
    return tuple(federal_register().rule(citation) for citation in citations(cite))


def start_of(cite: str) -> date | None:
    """The day the first rule cited took effect, or was published; None where neither is known."""
    first = next(iter(rules_of(cite)), None)
    return None if first is None else first.start


def amendments_of(cite: str) -> tuple[date | None, ...]:
    """The same for the later rules cited, which changed the row."""
    return tuple(None if rule is None else rule.start for rule in rules_of(cite)[1:])


@cache
def federal_register() -> FederalRegister:
    """The rules that come with the package. Raises LicetError if the file is wrong."""
    root = _mapping(read_yaml(decode((files("licet.parties") / "data" / FILE).read_bytes(), FILE), FILE))
    rules: dict[str, Rule] = {}
    for node in _items(root, "rules"):
        cites = _word(node, "cite").split("; ")
        effective = _day(node, "effective") if "effective" in node.entries else None
        rules.update((cite, Rule(cites[0], _day(node, "published"), effective)) for cite in cites)
    return FederalRegister(rules, {_word(node, "as"): _word(node, "for") for node in _items(root, "misprints")})


def _printed(found: re.Match[str]) -> date | None:
    """The day beside a citation, month first; None where there is none or it does not fit the volume."""
    year = str(_YEAR_ZERO + int(found[1]))
    if found[3] is None or not year.endswith(found[5]):
        return None
    try:
        return date(int(year), int(found[3]), int(found[4]))
    except ValueError:
        return None


def _items(root: Mapping, key: str) -> list[Mapping]:
    node = root.entries.get(key)
    return [_mapping(item) for item in node.items] if isinstance(node, Sequence) else []


def _day(node: Mapping, key: str) -> date:
    text = _word(node, key)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise LicetError.one("L_FEDERAL_REGISTER", f"{key}: {text!r} is not a date", node.place) from None


def _word(node: Mapping, key: str) -> str:
    value = node.entries.get(key)
    if isinstance(value, Scalar):
        return value.text
    raise LicetError.one("L_FEDERAL_REGISTER", f"{key} is missing", node.place)


def _mapping(node: Node) -> Mapping:
    if isinstance(node, Mapping):
        return node
    raise LicetError.one("L_FEDERAL_REGISTER", "expected a mapping", node.place)
