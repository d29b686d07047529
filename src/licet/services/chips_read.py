"""Reading a table of chips: strict YAML in the style of a case, every number with its source.

Every mistake is told with its place, all of them together. Whether a value fits its fact is told when the case is
made from the row, by the reader of cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from licet.facts.errors import CaseError, Problem, nearest, quoted
from licet.facts.values import fail
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, is_empty
from licet.services.chips_model import ANSWERS, NUMBERS, UNSTATED, Chip, ChipTable, Rate, Source, Stated

MAX_CHIPS = 1_000
KEYS = ("chips", "sources", "case", "item", "exporter", "list")
_SOURCE = ("cite", "url", "note")
_STATED = ("is", "source", "note")
_RATE = ("form", "tops", "bits", "source", "note")
_CHIP = ("id", "name", "label", "maker", "exporter", "item", "launched", "rates", "memory", "note", *NUMBERS, *ANSWERS)
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
T = TypeVar("T")


def read_chips(node: Node) -> ChipTable:
    """The table in a file. Raises CaseError with every problem found."""
    if not isinstance(node, Mapping):
        fail(node, "E_CHIPS", "a table of chips is a mapping", "start with chips:, sources:, case:, list:")
    return _Reader(node).table()


class _Reader:
    def __init__(self, root: Mapping) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.sources: dict[str, Source] = {}
        self.used: set[str] = set()

    def table(self) -> ChipTable:
        self.only(self.root, KEYS)
        sources = self.mapping(self.root, "sources")
        self.sources = {key: self.source(key, value) for key, value in sources.entries.items()}
        chips = tuple(self.each(self.root, "list", self.chip))
        self.twice(chips)
        for key in ("chips", "case", "list"):
            if is_empty(self.root.entries.get(key)):
                self.report("E_VALUE", f"{key}: is missing", self.root)
        self.idle(sources)
        table = ChipTable(
            title=_word(self.root.entries.get("chips")),
            sources=self.sources,
            chips=chips,
            case=self.mapping(self.root, "case"),
            item=self.mapping(self.root, "item"),
            exporter=self.mapping(self.root, "exporter"),
        )
        if self.problems:
            raise CaseError(self.problems)
        return table

    def idle(self, sources: Mapping) -> None:
        """A source on which nothing rests is an error; not asked while rows are wrong, which may name it."""
        unused = [] if self.problems else [key for key in self.sources if key not in self.used]
        for key in unused:
            place = sources.keys[key]
            self.problems.append(
                Problem("E_SOURCE", f"no number rests on the source {quoted(key)}", place, "remove it")
            )

    def report(self, code: str, message: str, node: Node, hint: str = "") -> None:
        self.problems.append(Problem(code, message, node.place, hint))

    def only(self, node: Mapping, keys: tuple[str, ...]) -> None:
        for key in node.entries:
            if key not in keys:
                hint = nearest(key, keys) or f"one of {', '.join(keys)}"
                self.problems.append(Problem("E_UNKNOWN_KEY", f"there is no key {quoted(key)}", node.keys[key], hint))

    def mapping(self, node: Mapping, key: str) -> Mapping:
        found = node.entries.get(key)
        if found is None or is_empty(found):
            return Mapping(node.place)
        if not isinstance(found, Mapping):
            self.report("E_VALUE", f"{key}: expected a mapping", found)
            return Mapping(node.place)
        return found

    def each(self, node: Mapping, key: str, reader: Callable[[Mapping], T]) -> Iterator[T]:
        """The members of a list, those that can be read; the rest are problems."""
        found = node.entries.get(key)
        items = found.items if isinstance(found, Sequence) else []
        if found is not None and not isinstance(found, Sequence) and not is_empty(found):
            self.report("E_VALUE", f"{key}: expected a list", found)
        if len(items) > MAX_CHIPS:
            raise CaseError.one("E_TOO_MANY", f"{key}: {len(items):,} here, at most {MAX_CHIPS:,}", items[0].place)
        for item in items:
            try:
                if not isinstance(item, Mapping):
                    fail(item, "E_VALUE", f"{key}: expected a mapping")
                yield reader(item)
            except CaseError as error:
                self.problems.extend(error.problems)

    def source(self, key: str, node: Node) -> Source:
        if not isinstance(node, Mapping):
            self.report("E_VALUE", f"{key}: expected a mapping with cite", node)
            return Source(key, "")
        self.only(node, _SOURCE)
        words = {name: _word(node.entries.get(name)) for name in _SOURCE}
        if not words["cite"]:
            self.report("E_SOURCE", f"{key}: cite is missing", node, "name the document that was read")
        return Source(key, **words)

    # --- chips ------------------------------------------------------------------------------------

    def chip(self, node: Mapping) -> Chip:
        self.only(node, _CHIP)
        name = _required(node, "name")
        return Chip(
            id=_required(node, "id"),
            name=name,
            label=_word(node.entries.get("label")) or name,
            maker=_required(node, "maker"),
            rates=tuple(self.each(node, "rates", self.rate)),
            stated={key: self.stated(node, key) for key in (*NUMBERS, *ANSWERS) if key in node.entries},
            launched=self.launched(node),
            memory=self.stated(node, "memory"),
            note=_word(node.entries.get("note")),
            exporter=self.mapping(node, "exporter"),
            item=self.mapping(node, "item"),
        )

    def rate(self, node: Mapping) -> Rate:
        self.only(node, _RATE)
        tops, bits = node.entries.get("tops"), node.entries.get("bits")
        if tops is None or bits is None:
            fail(node, "E_RATE", "a rate has tops and bits", "write {form: fp16, tops: 312, bits: 16, source: …}")
        return Rate(_required(node, "form"), self.sourced(node, tops), bits, _text(bits))

    def launched(self, node: Mapping) -> Stated:
        found = self.stated(node, "launched")
        if found.node is not None and not _DAY.fullmatch(found.text):
            fail(
                found.node,
                "E_DATE",
                f"launched: {quoted(found.text)} is not a day",
                "write YYYY, YYYY-MM or YYYY-MM-DD",
            )
        return found

    def stated(self, node: Mapping, key: str) -> Stated:
        found = node.entries.get(key)
        if found is None or is_empty(found):
            return UNSTATED
        if not isinstance(found, Mapping):
            fail(found, "E_SOURCE", f"{key} names no source", f"write {key}: {{is: …, source: …}}")
        self.only(found, _STATED)
        value = found.entries.get("is")
        if value is None or is_empty(value):
            fail(found, "E_VALUE", f"{key}: is: is missing", "write a value, a range [low, high] or unknown")
        return self.sourced(found, value)

    def sourced(self, node: Mapping, value: Node) -> Stated:
        """A value with its sources; one that is not known says why instead."""
        note, text = _word(node.entries.get("note")), _text(value)
        sources = tuple(self.named(node.entries.get("source")))
        if text == "unknown":
            if not note and not sources:
                fail(node, "E_SOURCE", "what is not known says why", "add note: …")
            return Stated(None, text, sources, note)
        if not sources:
            fail(node, "E_SOURCE", "no source is named", "add source: with a key of sources, or write unknown")
        return Stated(value, text, sources, note)

    def named(self, node: Node | None) -> Iterator[str]:
        """The keys of sources; one that is not declared is an error."""
        for item in node.items if isinstance(node, Sequence) else [node] if node is not None else []:
            key = _word(item)
            self.used.add(key)
            if key not in self.sources:
                hint = nearest(key, self.sources) or "declare it under sources"
                self.report("E_SOURCE", f"{quoted(key)} is no source of this file", item, hint)
            yield key

    def twice(self, chips: tuple[Chip, ...]) -> None:
        seen: set[str] = set()
        for chip in chips:
            if chip.id in seen:
                self.report(
                    "E_DUPLICATE_KEY", f"the chip {quoted(chip.id)} stands twice", self.root, "keep one of them"
                )
            seen.add(chip.id)


def _word(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _text(node: Node) -> str:
    """A value as written; the ends of a range with two dots between them."""
    if isinstance(node, Sequence):
        return "..".join("" if is_empty(item) else _word(item) for item in node.items)
    return _word(node)


def _required(node: Mapping, key: str) -> str:
    value = _word(node.entries.get(key)).strip()
    if not value:
        fail(node, "E_VALUE", f"{key} is missing")
    return value
