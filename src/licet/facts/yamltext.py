"""A strict reading of YAML 1.2 text, with the place of every value.

Nothing is guessed from the look of a scalar: `NO` is the text NO, and it is the reader of a fact
who says whether a text is a country, a number or a yes. Anchors, aliases, tags and several
documents are refused, so no input can grow while it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from licet.facts.errors import CaseError, LicetError, Place, quoted

MAX_BYTES = 5_000_000
MAX_DEPTH = 40
MAX_NODES = 500_000


@dataclass(slots=True)
class Scalar:
    """A single value as written; `plain` when it stood without quotes."""

    text: str
    plain: bool
    place: Place


@dataclass(slots=True)
class Sequence:
    """A list of values."""

    place: Place
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys in the order written, each with its value and the place of the key."""

    place: Place
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def is_empty(node: Node | None) -> bool:
    """True for a missing value, `~`, `null` or nothing after the colon."""
    return node is None or (isinstance(node, Scalar) and node.plain and node.text in ("", "~", "null"))


def decode(data: bytes, file: str, error: type[LicetError] = CaseError) -> str:
    """Bytes of a file as text; too large a file, or one that is not UTF-8 text, is an error."""
    if len(data) > MAX_BYTES:
        raise error.one("E_TOO_LARGE", f"the file has {len(data):,} bytes, the limit is {MAX_BYTES:,}", Place(file))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise error.one(
            "E_NOT_TEXT", f"byte {bad.start} is not UTF-8 text", Place(file), "save the file as UTF-8"
        ) from None


def read_yaml(text: str, file: str, error: type[LicetError] = CaseError) -> Node:
    """The single document in `text`.

    Raises `error` for anything that is not plain, single-document YAML.
    """
    try:
        return _Builder(file, error).build(yaml.parse(text, Loader=yaml.CLoader))
    except yaml.MarkedYAMLError as bad:
        mark = bad.problem_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        if "nesting depth" in str(bad.problem):  # newer libraries have a limit of their own, and look ahead for it
            raise error.one("E_TOO_DEEP", f"nested deeper than {MAX_DEPTH} levels", place) from None
        raise error.one("E_YAML", f"this is not YAML: {bad.problem}", place) from None
    except UnicodeEncodeError as bad:
        message = f"the character at {bad.start} is half of one and cannot be read"
        raise error.one("E_NOT_TEXT", message, Place(file), "save the file as UTF-8") from None
    except yaml.YAMLError as bad:
        raise error.one("E_NOT_TEXT", f"this is not YAML text: {bad}".splitlines()[0], Place(file)) from None


class _Builder:
    """Builds nodes from parser events with a stack of its own, so deep input cannot exhaust Python's."""

    def __init__(self, file: str, error: type[LicetError]) -> None:
        self.file, self.error = file, error
        self.stack: list[Sequence | Mapping] = []
        self.pending: list[tuple[str, Place] | None] = []
        self.root: Node | None = None
        self.count = 0

    def build(self, events: Iterator[yaml.Event]) -> Node:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fail(event, "E_YAML", "only one document is read", "remove the line ---")
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                self.stack.pop()
                self.pending.pop()
            elif isinstance(event, yaml.NodeEvent):
                self.node(event)
        if self.root is None:
            raise self.error.one("E_EMPTY", "the file is empty", Place(self.file))
        return self.root

    def node(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self.fail(event, "E_YAML_ALIAS", "anchors and aliases are not read", "write the value out where it is used")
        self.count += 1
        if self.count > MAX_NODES:
            self.fail(event, "E_TOO_LARGE", f"more than {MAX_NODES:,} values")
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            self.fail(event, "E_YAML_TAG", f"the tag {quoted(tag)[1:-1]} is not read", "remove it")
        place = self.place(event)
        if isinstance(event, yaml.ScalarEvent):
            self.add(Scalar(event.value, not event.style, place))
            return
        child: Sequence | Mapping = Sequence(place) if isinstance(event, yaml.SequenceStartEvent) else Mapping(place)
        self.add(child)
        self.stack.append(child)
        self.pending.append(None)
        if len(self.stack) > MAX_DEPTH:
            self.fail(event, "E_TOO_DEEP", f"nested deeper than {MAX_DEPTH} levels")

    def add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self.pending[-1]
        if key is not None:
            parent.entries[key[0]] = node
            parent.keys[key[0]] = key[1]
            self.pending[-1] = None
            return
        if not isinstance(node, Scalar):
            raise self.error.one("E_YAML", "a key must be a single word", node.place)
        if node.text in parent.entries:
            raise self.error.one(
                "E_DUPLICATE_KEY", f"the key {quoted(node.text)} stands twice", node.place, "keep one of them"
            )
        self.pending[-1] = (node.text, node.place)

    def place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1) if mark is not None else Place(self.file)

    def fail(self, event: yaml.Event, code: str, message: str, hint: str = "") -> None:
        raise self.error.one(code, message, self.place(event), hint)
