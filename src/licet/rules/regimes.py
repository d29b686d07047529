"""The regimes: clubs of states that agree on lists, with their members by date, and what was done beside them.

They bind nobody by themselves, so no rule refers to them; each member decides under its own law.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from licet.facts.countries import country_names
from licet.facts.errors import LawError
from licet.facts.truth import Truth
from licet.facts.yamltext import Mapping, Node, decode, read_yaml
from licet.rules.model import Source
from licet.rules.reading import day, elements, fail, mapping, only, source, sources, text, texts, yes_no

FOLDER, STEPS = "regimes", "_steps.yaml"
UNION = "EU"  # the European Union itself, which takes part in one regime
_KEYS = (
    "regime",
    "name",
    "subject",
    "lists",
    "began",
    "decides",
    "meets",
    "binding",
    "checked_to",
    "sources",
    "members",
)
_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class When:
    """A day as far as a source tells it: between two days, both of them possible."""

    first: date
    last: date
    text: str

    def reached(self, on: date) -> Truth:
        """Whether the day has come by `on`."""
        return False if on < self.first else True if on >= self.last else None


@dataclass(frozen=True, slots=True)
class Member:
    """A state, since when it takes part, and where that was read."""

    country: str
    since: When
    source: Source


@dataclass(frozen=True, slots=True)
class Regime:
    """What it is about, how it decides, and its members, the oldest first; `checked_to` as for instruments."""

    id: str
    name: str
    subject: str
    lists: tuple[str, ...]
    began: When
    decides: str
    meets: str
    binding: bool
    checked_to: date
    members: tuple[Member, ...]

    def has(self, country: str, on: date) -> Truth:
        """Whether a state takes part on a day; unknown where no source tells the day of the year it joined."""
        since = self.since(country)
        return False if since is None else since.reached(on)

    def since(self, country: str) -> When | None:
        """When a state joined; None where it is no member."""
        return next((member.since for member in self.members if member.country == country), None)


@dataclass(frozen=True, slots=True)
class Step:
    """Something done beside the regimes, or by one of them."""

    on: date
    by: tuple[str, ...]
    what: str
    source: Source


def read_regimes(root: Path) -> tuple[Regime, ...]:
    """The regimes in a folder of law, by name of their files. Raises LawError."""
    paths = sorted((root / FOLDER).glob("[!_]*.yaml"))
    return tuple(_regime(mapping(_read(path), "a regime")) for path in paths)


def read_steps(root: Path) -> tuple[Step, ...]:
    """The steps, oldest first. Raises LawError."""
    path = root / FOLDER / STEPS
    return tuple(sorted((_step(mapping(node, "a step")) for node in elements(_read(path))), key=lambda s: s.on))


def _read(path: Path) -> Node:
    return read_yaml(decode(path.read_bytes(), path.name, LawError), f"law/{FOLDER}/{path.name}", LawError)


def _regime(node: Mapping) -> Regime:
    only(node, _KEYS, "a regime")
    named = mapping(node.entries.get("sources"), "sources", node.place)
    known = {key: source(value) for key, value in named.entries.items()}
    members = [member for entry in elements(node.entries.get("members")) for member in _members(entry, known)]
    twice = {m.country for m in members if sum(other.country == m.country for other in members) > 1}
    if twice:
        fail(node, f"{', '.join(sorted(twice))}: a member twice")
    return Regime(
        id=text(node, "regime"),
        name=text(node, "name"),
        subject=text(node, "subject"),
        lists=texts(node.entries.get("lists")),
        began=_when(node, "began"),
        decides=text(node, "decides"),
        meets=text(node, "meets"),
        binding=yes_no(node, "binding", False),
        checked_to=day(node, "checked_to"),
        members=tuple(sorted(members, key=lambda m: (m.since.first, m.country))),
    )


def _members(node: Node, known: dict[str, Source]) -> list[Member]:
    entry = mapping(node, "an entry of members")
    only(entry, ("from", "source", "states"), "an entry of members")
    named = text(entry, "source")
    if named not in known:
        fail(entry, f"there is no source {named!r}", f"one of {', '.join(known)}")
    since = _when(entry, "from")
    states = texts(entry.entries.get("states"))
    for state in states:
        if state not in country_names() and state != UNION:
            fail(entry, f"{state!r} is no country")
    return [Member(state, since, known[named]) for state in states]


def _step(node: Mapping) -> Step:
    only(node, ("on", "by", "what", "source"), "a step")
    return Step(
        on=day(node, "on"),
        by=texts(node.entries.get("by")),
        what=text(node, "what"),
        source=sources(node)[0],
    )


def _when(node: Mapping, key: str) -> When:
    """A day, a month, a year, or two of them with .. between: as much as the source says."""
    written = text(node, key)
    first, _, last = written.partition("..")
    starts, ends = _PART.fullmatch(first), _PART.fullmatch(last or first)
    if starts is None or ends is None:
        fail(node.entries.get(key, node), f"{written!r} is no date", "write 1996, 1996-07, 1996-07-12 or 1996..1997")
    try:
        return When(_edge(starts, False), _edge(ends, True), written)
    except ValueError as bad:
        fail(node.entries.get(key, node), f"{written!r}: {bad}")


def _edge(found: re.Match[str], last: bool) -> date:
    year = int(found[1])
    month = int(found[2]) if found[2] else 12 if last else 1
    if found[3]:
        return date(year, month, int(found[3]))
    return date(year, month, monthrange(year, month)[1] if last else 1)
