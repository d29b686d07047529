"""The files of aliases: names in other scripts of listed parties whose list gives them in Latin letters only.

`data/aliases/*.yaml`, read strictly: an unknown key, a word out of place or a date that is none is an error with its
place. Two parties of one official name are an error as well, unless `same_as` says that they are one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from licet.facts.countries import country_hint, country_names
from licet.facts.errors import LawError, Place, Problem, nearest, quoted
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, decode, is_empty, read_yaml
from licet.parties.aliases_same import Alias, Aliases, AliasName, problems_between
from licet.parties.known import name_key

FOLDER = Path(__file__).parent / "data" / "aliases"
CODE = "L_ALIASES"
# official: the whole registered name; short: what it is called; the others say of themselves what they are
KINDS = ("official", "short", "former", "abbreviation", "brand")
BASES = ("official", "secondary")
_KEYS = ("name", "same_as", "lists", "country", "from", "until", "add")
_ADD_KEYS = ("text", "kind", "cite", "read", "basis", "from", "until")
_LIST = re.compile(r"[a-z]{2}\.[a-z0-9_-]+")
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@cache
def aliases_hash(folder: Path = FOLDER) -> str:
    """A hash over the files, without reading them: what was made with these aliases is known by it."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def read_aliases(folder: Path = FOLDER) -> Aliases:
    """The aliases that come with the package; a third of a second, once. Raises LawError with every problem found."""
    found: list[tuple[Alias, Place]] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            root = read_yaml(decode(path.read_bytes(), path.name, LawError), path.name, LawError)
            items = _items(root, "a file of aliases")
        except LawError as error:
            problems.extend(error.problems)
            continue
        for item in items:
            try:
                found.append((_alias(item), item.place))
            except LawError as error:
                problems.extend(error.problems)
    problems = problems or [Problem(CODE, *problem) for problem in problems_between(found)]
    if problems:
        raise LawError(problems)
    return Aliases(aliases_hash(folder), tuple(alias for alias, _ in found))


def _alias(item: Node) -> Alias:
    node = _mapping(item, _KEYS)
    span = _span(node)
    names = tuple(_name(each, span) for each in _items(_given(node, "add"), "add"))
    name, country = _text(node, "name"), _text(node, "country")
    keys = {name_key(name): name}
    for each in names:
        if (key := name_key(each.text)) in keys:
            raise _wrong(f"{quoted(each.text)} stands twice in {quoted(name)}", node.keys["add"])
        keys[key] = each.text
    if country not in country_names():
        raise _wrong(f"{quoted(country)} is not a country code", node.entries["country"].place, country_hint(country))
    return Alias(name, _lists(node), country, names, _text(node, "same_as", ""))


def _name(item: Node, span: tuple[str, str]) -> AliasName:
    """A name, borne for the days of its row where it has none of its own."""
    node = _mapping(item, _ADD_KEYS)
    start, end = _span(node)
    return AliasName(
        text=_text(node, "text"),
        kind=_one_of(node, "kind", KINDS),
        cite=_text(node, "cite"),
        read=_read_day(node),
        basis=_one_of(node, "basis", BASES),
        start=start or span[0],
        end=end or span[1],
    )


def _lists(node: Mapping) -> tuple[str, ...]:
    found: list[str] = []
    for item in _items(_given(node, "lists"), "lists"):
        text = item.text if isinstance(item, Scalar) else ""
        if not _LIST.fullmatch(text):
            raise _wrong(f"{quoted(text)} is not the name of a list", item.place, "such as us.el")
        if text in found:
            raise _wrong(f"{quoted(text)} stands twice", item.place, "keep one of them")
        found.append(text)
    return tuple(found)


def _span(node: Mapping) -> tuple[str, str]:
    """The first and the last day, month or year; empty where not given."""
    start, end = (_day(node, key) if key in node.entries else "" for key in ("from", "until"))
    if start and end and start[: len(end)] > end[: len(start)]:
        raise _wrong(f"until {end} is before from {start}", node.keys["until"])
    return start, end


def _read_day(node: Mapping) -> date:
    text = _day(node, "read")
    if len(text) < len("2026-01-01"):
        raise _wrong(f"read: {quoted(text)} is not a whole date", node.entries["read"].place, "write year-month-day")
    return date.fromisoformat(text)


def _day(node: Mapping, key: str) -> str:
    text = _text(node, key)
    match = _DAY.fullmatch(text)
    try:
        if match:
            date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
            return text
    except ValueError:
        pass
    hint = "a day, a month or a year: 2026-01-31"
    raise _wrong(f"{key}: {quoted(text)} is not a date", node.entries[key].place, hint)


def _one_of(node: Mapping, key: str, words: tuple[str, ...]) -> str:
    text = _text(node, key)
    if text not in words:
        raise _wrong(f"{key}: {quoted(text)}", node.entries[key].place, f"one of {', '.join(words)}")
    return text


def _text(node: Mapping, key: str, default: str | None = None) -> str:
    if key not in node.entries and default is not None:
        return default
    value = _given(node, key)
    if not isinstance(value, Scalar) or value.text != " ".join(value.text.split()):
        raise _wrong(f"{key}: expected a text in one line, without spaces at its ends", value.place)
    if not any(map(str.isalnum, value.text)):
        raise _wrong(f"{key}: {quoted(value.text)} has no letter", value.place)
    return value.text


def _given(node: Mapping, key: str) -> Node:
    value = node.entries.get(key)
    if value is None or is_empty(value):
        raise _wrong(f"{key} is missing", node.keys.get(key, node.place))
    return value


def _mapping(node: Node, keys: tuple[str, ...]) -> Mapping:
    if not isinstance(node, Mapping):
        raise _wrong("expected keys and values", node.place)
    for key in node.entries:
        if key not in keys:
            hint = nearest(key, keys) or f"one of {', '.join(keys)}"
            raise _wrong(f"{quoted(key)} is not a key here", node.keys[key], hint)
    return node


def _items(node: Node, what: str) -> Iterator[Node]:
    if not isinstance(node, Sequence) or not node.items:
        raise _wrong(f"{what}: expected a list with something in it", node.place)
    return iter(node.items)


def _wrong(message: str, place: Place, hint: str = "") -> LawError:
    return LawError([Problem(CODE, message, place, hint)])
