"""The publications of lists: what each carries, where it is published, how often, and what a load must show.

One file per publication under `parties/data/lists/`, its name is its id. All of it is data about the publisher; the
addresses and the terms of re-use name where they were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from licet.facts.errors import LicetError, nearest
from licet.facts.yamltext import Mapping as Node
from licet.facts.yamltext import Node as AnyNode
from licet.facts.yamltext import Scalar, Sequence, decode, is_empty, read_yaml

ON_CHANGE = "on change"
FOLDER = Path(__file__).parents[1] / "data" / "lists"
_KEYS = (
    *("title", "publisher", "home", "files", "formats", "lists", "consolidation", "every", "stale_after"),
    *("may_shrink", "agent", "hosts", "terms", "source", "note"),
)
_LIST_KEYS = ("title", "at_least", "may_shrink", "must_name")


@dataclass(frozen=True, slots=True)
class Remote:
    """A file the publisher offers: its address and the name it is kept under."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A list that a publication carries, and what a load of it must show.

    `may_shrink` is the share of entries or names (0 to 1) by which an edition may be smaller than the one before.
    """

    id: str
    title: str
    at_least: int = 1
    may_shrink: Decimal = Decimal("0.05")
    must_name: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """What one publisher publishes together.

    `files` is empty where no file for machines is published; `note` then says so. `every` counts the days between
    editions, None where one is issued whenever something changes; `stale_after` is Licet's own measure, the days after
    which an edition that nobody has confirmed is stale.
    A `consolidation` repeats lists of other publishers: where both are as recent, a list's own publication goes first.
    `hosts` are further hosts its addresses are known to lead to (`*` stands for any beginning), `agent` is the form
    in which it takes our name (`{agent}` stands for it).
    """

    id: str
    title: str
    publisher: str
    home: str
    files: tuple[Remote, ...]
    formats: tuple[str, ...]
    lists: tuple[Carried, ...]
    every: int | None
    stale_after: int
    terms: str
    terms_source: str
    source: str
    note: str = ""
    consolidation: bool = False
    hosts: tuple[str, ...] = ()
    agent: str = ""

    def carried(self, list_id: str) -> Carried | None:
        """What is said of a list it carries."""
        return next((carried for carried in self.lists if carried.id == list_id), None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All publications by id."""

    publications: Mapping[str, Publication] = field(default_factory=dict)

    def carriers(self, list_id: str) -> tuple[Publication, ...]:
        """The publications that carry a list, its own publisher's first."""
        found = [one for one in self.publications.values() if one.carried(list_id)]
        return tuple(sorted(found, key=lambda one: (one.consolidation, one.id)))

    def title(self, list_id: str) -> str:
        """What a list is called, or an empty string."""
        found = (one.carried(list_id) for one in self.carriers(list_id))
        return next((carried.title for carried in found if carried), "")

    def of_load(self, form: str, lists: Iterable[str]) -> Publication | None:
        """The publication whose edition a file of this format with these lists is; None unless just one fits."""
        wanted = set(lists)
        fits = [
            one
            for one in self.publications.values()
            if form in one.formats and wanted <= {carried.id for carried in one.lists}
        ]
        return fits[0] if len(fits) == 1 else None


@cache
def catalogue() -> Catalogue:
    """The publications that come with Licet. Raises LicetError."""
    return read_catalogue(FOLDER)


def read_catalogue(folder: Path) -> Catalogue:
    """The publications of a folder. Raises LicetError."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        node = read_yaml(decode(path.read_bytes(), path.name, LicetError), path.name, LicetError)
        found[path.stem] = _publication(path.stem, _mapping(node))
    return Catalogue(found)


def _publication(name: str, node: Node) -> Publication:
    _known_keys(node, _KEYS)
    terms = _mapping(node.entries.get("terms", node))
    shrink = _share(node, "may_shrink", Decimal("0.05"))
    lists = _mapping(node.entries.get("lists", node))
    return Publication(
        id=name,
        title=_text(node, "title"),
        publisher=_text(node, "publisher"),
        home=_address(node, "home") if "home" in node.entries else "",
        files=tuple(_remote(_mapping(item)) for item in _items(node, "files")),
        formats=_texts(node, "formats"),
        lists=tuple(_carried(key, _mapping(item), shrink) for key, item in lists.entries.items()),
        every=None if _text(node, "every") == ON_CHANGE else _days(node, "every"),
        stale_after=_days(node, "stale_after"),
        terms=_text(terms, "text"),
        terms_source=_text(terms, "source", ""),
        source=_text(node, "source"),
        note=_text(node, "note", ""),
        consolidation=_text(node, "consolidation", "no") == "yes",
        hosts=_texts(node, "hosts"),
        agent=_text(node, "agent", ""),
    )


def _remote(node: Node) -> Remote:
    _known_keys(node, ("url", "name"))
    return Remote(_address(node, "url"), _text(node, "name"))


def _carried(list_id: str, node: Node, shrink: Decimal) -> Carried:
    _known_keys(node, _LIST_KEYS)
    least = _text(node, "at_least", "1")
    if not least.isdecimal():
        raise _wrong(node, f"at_least: {least!r} is no number")
    return Carried(
        list_id, _text(node, "title"), int(least), _share(node, "may_shrink", shrink), _texts(node, "must_name")
    )


def _known_keys(node: Node, known: Iterable[str]) -> None:
    for key, place in node.keys.items():
        if key not in known:
            raise LicetError.one("E_CATALOGUE", f"the key {key!r} is not known", place, nearest(key, known))


def _mapping(node: AnyNode) -> Node:
    if isinstance(node, Node):
        return node
    raise _wrong(node, "expected a mapping")


def _items(node: Node, key: str) -> list[AnyNode]:
    value = node.entries.get(key)
    if value is None or is_empty(value):
        return []
    if not isinstance(value, Sequence):
        raise _wrong(node, f"{key}: expected a list")
    return value.items


def _texts(node: Node, key: str) -> tuple[str, ...]:
    found = tuple(item.text for item in _items(node, key) if isinstance(item, Scalar))
    if len(found) != len(_items(node, key)):
        raise _wrong(node, f"{key}: expected a list of texts")
    return found


def _text(node: Node, key: str, default: str | None = None) -> str:
    value = node.entries.get(key)
    if isinstance(value, Scalar) and not is_empty(value):
        return value.text
    if value is not None and not is_empty(value):
        raise _wrong(node, f"{key}: expected a text")
    if default is None:
        raise _wrong(node, f"{key} is missing")
    return default


def _address(node: Node, key: str) -> str:
    text = _text(node, key)
    if not text.startswith("https://"):
        raise _wrong(node, f"{key}: {text!r} does not start with https://")
    return text


def _days(node: Node, key: str) -> int:
    text = _text(node, key)
    if not (text.endswith("d") and text[:-1].isdecimal() and int(text[:-1]) > 0):
        raise _wrong(node, f"{key}: {text!r} is no number of days such as 7d")
    return int(text[:-1])


def _share(node: Node, key: str, default: Decimal) -> Decimal:
    text = _text(node, key, "")
    if not text:
        return default
    if not (text.endswith("%") and text[:-1].isdecimal() and int(text[:-1]) <= 100):
        raise _wrong(node, f"{key}: {text!r} is no share such as 5%")
    return Decimal(text[:-1]) / 100


def _wrong(node: AnyNode, message: str) -> LicetError:
    return LicetError.one("E_CATALOGUE", message, node.place)
