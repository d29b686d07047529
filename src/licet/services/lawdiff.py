"""What changed between two days: provisions by instrument, groups, and rows of the known parties."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from licet.facts.errors import CaseError
from licet.parties.known import KnownParties
from licet.rules.diff import Change, Standing, changes, last
from licet.rules.law import Law
from licet.rules.model import Version
from licet.services.lawpage import Page, Section
from licet.services.lawrows import ChangedRow, changed_rows
from licet.services.lawview import condition, written

GROUPS = "Groups, measures and ownership tests"


@dataclass(frozen=True, slots=True)
class Note:
    """A version that began between the two days, and what it says it changed."""

    start: str
    change: str
    source: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A provision that stands otherwise on the second day; conditions as lines, keys with both values."""

    id: str
    kind: str
    cite: str
    title: str
    instrument: str
    what: str
    notes: tuple[Note, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    keys: dict[str, tuple[Any, Any]]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    ended: str


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changed between two days."""

    first: str
    second: str
    provisions: tuple[Changed, ...]
    parties: tuple[ChangedRow, ...]


def difference(law: Law, known: KnownParties, first: date, second: date) -> Difference:
    """What changed from the first day to the second. Raises CaseError where they stand the wrong way round."""
    return part(law, known, (first, second))[0]


def part(
    law: Law, known: KnownParties, days: tuple[date, date], after: int = 0, limit: int | None = None
) -> tuple[Difference, dict[str, int]]:
    """What changed between two days without the first so many, at most `limit`; and how much changed in all.

    Provisions come first, then rows of known parties. Raises CaseError.
    """
    first, second = days
    if first >= second:
        raise CaseError.one("E_DATE", f"{first} does not come before {second}", hint="write the earlier day first")
    provisions = [*changes(law, first, second)]
    rows = [row for party in known.parties.values() for row in changed_rows(party, first, second)]
    end = None if limit is None else after + limit
    behind = slice(max(0, after - len(provisions)), None if end is None else max(0, end - len(provisions)))
    shown = tuple(_changed(law, change) for change in provisions[after:end])
    found = Difference(first.isoformat(), second.isoformat(), shown, tuple(rows[behind]))
    return found, {"provisions": len(provisions), "parties": len(rows)}


def _changed(law: Law, change: Change) -> Changed:
    rule = change.rule
    ended = ""
    if change.what in ("ended", "came and went"):
        final = change.before.held.version if change.before.held else change.notes[-1]
        ended = written(last(rule, final))
    return Changed(
        id=rule.id,
        kind=rule.kind,
        cite=rule.cite,
        title=rule.title,
        instrument=law.instruments[rule.instrument].title if rule.instrument else GROUPS,
        what=change.what,
        notes=tuple(_note(version) for version in change.notes),
        before=_lines(law, change.before),
        after=_lines(law, change.after),
        keys=_keys(change.before, change.after),
        added=change.added,
        removed=change.removed,
        ended=ended,
    )


def _note(version: Version) -> Note:
    return Note(written(version.start), version.change, version.sources[0].cite)


def _lines(law: Law, found: Standing) -> tuple[str, ...]:
    return tuple(f"{'  ' * clause.depth}{clause}" for clause in condition(law, found))


def _keys(before: Standing, after: Standing) -> dict[str, tuple[Any, Any]]:
    """Keys of the kind whose value changed, each with the value before and after."""
    if before.held is None or after.held is None:
        return {}
    was, now = before.held.extra, after.held.extra
    return {key: (was.get(key), now.get(key)) for key in {**was, **now} if was.get(key) != now.get(key)}


# --- pages -------------------------------------------------------------------------------------


def as_json(found: Difference) -> dict[str, Any]:
    """The difference as plain data."""
    return {"schema": "licet.law-diff/1", **asdict(found)}


def difference_page(found: Difference) -> Page:
    """The difference as a page: instruments first, then groups and measures, then parties."""
    page = Page(f"The law on {found.first} and on {found.second}")
    titles = dict.fromkeys(changed.instrument for changed in found.provisions)
    for title in sorted(titles, key=lambda title: title == GROUPS):
        section = page.section(title)
        for changed in found.provisions:
            if changed.instrument == title:
                _write(section, changed)
    rows = page.section("Known parties")
    for row in found.parties:
        detail = f"; {row.detail}" if row.detail else ""
        word = {"came": "on", "went": "off, last day", "changed": "changed on"}[row.what]
        rows.add(f"{row.name}: {row.list} {word} {row.day} ({row.cite}){detail}")
    if not any(section.lines for section in page.sections):
        page.section("Nothing changed").add("No rule, group or row of a known party is different on the second day.")
    return page


def _write(section: Section, changed: Changed) -> None:
    ended = f" on {changed.ended}" if changed.ended else ""
    section.add(f"{changed.what}{ended}: {changed.cite}, {changed.title} ({changed.id})")
    for note in changed.notes:
        section.add(f"{note.start}: {note.change or 'no note'} ({note.source})", 1)
    for key, (was, now) in changed.keys.items():
        section.add(f"{key}: {_value(was)} -> {_value(now)}", 1)
    for word, members in (("added", changed.added), ("removed", changed.removed)):
        if members and changed.what not in ("new", "ended"):
            section.add(f"{word}: {', '.join(members)}", 1)
    if changed.before and changed.after:
        for line in lines_changed(changed.before, changed.after):
            section.add(line, 1)
    elif changed.what == "new":
        for line in changed.after:
            section.add(f"+ {line}", 1)


def lines_changed(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[str]:
    """Lines of a condition that came (+), went (-) or stayed, nothing where all stayed."""
    if before != after:
        yield from (line for line in difflib.ndiff(before, after) if not line.startswith("?"))


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    return ", ".join(value) or "none" if isinstance(value, list) else str(value)
