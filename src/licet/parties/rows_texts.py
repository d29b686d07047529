"""Reads the patterns of row texts (`data/row_texts.yaml`), and matches a text against them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from licet.facts.errors import LicetError
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, decode, read_yaml

FILE = "row_texts.yaml"
STRICTNESS = ("approval", "presumption_of_approval", "case_by_case", "presumption_of_denial", "policy_of_denial")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-"})


@dataclass(frozen=True, slots=True)
class ListLaw:
    """What the law of a list says of all its rows, and whether its rows bear texts of their own."""

    texts: bool
    exceptions_barred: bool | None
    cite: str


@dataclass(frozen=True, slots=True)
class PolicyPattern:
    """A text of a policy: its parts, the strictest first; none where it only points to sections."""

    pattern: re.Pattern[str]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowTexts:
    """The patterns of one file."""

    lists: dict[str, ListLaw]
    scopes: tuple[tuple[re.Pattern[str], str], ...]
    footnotes: tuple[tuple[re.Pattern[str], str], ...]
    footnote_hints: tuple[re.Pattern[str], ...]
    exceptions: tuple[re.Pattern[str], ...]
    policies: tuple[PolicyPattern, ...]

    def scope(self, plain: str) -> str:
        """`all_items`, `limited`, or nothing where no pattern takes in the whole text."""
        return next((scope for pattern, scope in self.scopes if pattern.fullmatch(plain)), "")

    def footnotes_of(self, plain: str) -> tuple[str, ...] | None:
        """The footnotes of a requirement, or None where it has one that cannot be told."""
        found = sorted({footnote for pattern, footnote in self.footnotes if pattern.search(plain)})
        if not found and any(hint.search(plain) for hint in self.footnote_hints):
            return None
        return tuple(found)

    def exception(self, plain: str) -> bool:
        """Whether the text lets a licence exception through in part."""
        return any(pattern.search(plain) for pattern in self.exceptions)

    def policy(self, plain: str) -> tuple[str, ...] | None:
        """The parts of a policy, the strictest first (empty for a text that points elsewhere), or None where unread."""
        return next((policy.parts for policy in self.policies if policy.pattern.fullmatch(plain)), None)


def plain_text(text: str) -> str:
    """A text in small letters, with signs of one kind and single spaces."""
    folded = unicodedata.normalize("NFKC", text).translate(_SIGNS).casefold()
    spaced = re.sub(r"§ *", "§ ", folded).replace("§ § ", "§§ ").replace("see§", "see §")
    return " ".join(spaced.split())


@cache
def row_texts() -> RowTexts:
    """The patterns that come with the package. Raises LicetError if the file is wrong."""
    root = _mapping(read_yaml(decode((files("licet.parties") / "data" / FILE).read_bytes(), FILE), FILE))
    pieces = {key: _word(node) for key, node in _mapping(root.entries["pieces"]).entries.items()}
    return RowTexts(
        lists={key: _law(_mapping(node)) for key, node in _mapping(root.entries["lists"]).entries.items()},
        scopes=tuple((_pattern(node, pieces), _word(node.entries["scope"])) for node in _items(root, "scopes")),
        footnotes=tuple(
            (_pattern(node, pieces), _word(node.entries["footnote"])) for node in _items(root, "footnotes")
        ),
        footnote_hints=tuple(re.compile(text) for text in _words(root.entries["footnote_hints"])),
        exceptions=tuple(re.compile(_filled(text, pieces)) for text in _words(root.entries["exceptions"])),
        policies=tuple(_policy(node, pieces) for node in _items(root, "policies")),
    )


def _law(node: Mapping) -> ListLaw:
    barred = node.entries.get("exceptions_barred")
    return ListLaw(
        texts=_word(node.entries["texts"]) == "yes",
        exceptions_barred=None if barred is None else _word(barred) == "yes",
        cite=_word(node.entries["cite"]),
    )


def _policy(node: Mapping, pieces: dict[str, str]) -> PolicyPattern:
    parts = _words(node.entries["is"]) if "is" in node.entries else ()
    return PolicyPattern(_pattern(node, pieces), tuple(sorted(parts, key=STRICTNESS.index, reverse=True)))


def _pattern(node: Mapping, pieces: dict[str, str]) -> re.Pattern[str]:
    return re.compile(_filled(_word(node.entries["pattern"]), pieces))


def _filled(pattern: str, pieces: dict[str, str]) -> str:
    """The pattern with its pieces in place; pieces may hold pieces, though none holds itself."""
    for _ in pieces:
        pattern = re.sub(r"\{([a-z]+)\}", lambda found: pieces[found[1]], pattern)
    return pattern


def _items(root: Mapping, key: str) -> list[Mapping]:
    node = root.entries[key]
    return [_mapping(item) for item in node.items] if isinstance(node, Sequence) else []


def _words(node: Node) -> tuple[str, ...]:
    return tuple(_word(item) for item in node.items) if isinstance(node, Sequence) else ()


def _word(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    raise LicetError.one("L_ROW_TEXTS", "expected a text", node.place)


def _mapping(node: Node) -> Mapping:
    if isinstance(node, Mapping):
        return node
    raise LicetError.one("L_ROW_TEXTS", "expected a mapping", node.place)
