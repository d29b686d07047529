"""What of the law is encoded: section by section, and entry by entry of the control lists.

`encoded`: provisions stand for the section and leave nothing out. `partly`: a paragraph is left out with a reason, or
some span of time is not known. `not`: the instrument says that the section is not encoded, and why.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from licet.rules import tree
from licet.rules.law import Law
from licet.rules.model import Instrument, Rule
from licet.rules.snapshot import Snapshot, snapshot
from licet.services.lawpage import Page

_BEFORE = re.compile(r"; until .*|; before .*|; from .*")
_SECTION = re.compile(
    r"\b(?:ECCN )?\d[A-E]\d{3}\b|\bpart \d{3}\b|\b\d{3}\.\d+\b|\bArt(?:icle|\.)\s*\d+[a-z]*\b", re.IGNORECASE
)
_ENTRY = re.compile(r"\d[A-E]\d{3}")
_CATALOGUE = ".list.eccns"
ENCODED, PARTLY, NOT = "encoded", "partly", "not"


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section of an instrument: how many provisions stand for it, since when, and what is left out."""

    instrument: str
    section: str
    state: str
    provisions: int
    since: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A category of a control list: its entries, those of which paragraphs are told by parameters, and how many."""

    scheme: str
    category: str
    entries: int
    by_parameters: tuple[str, ...]
    paragraphs: int


@dataclass(frozen=True, slots=True)
class LawCoverage:
    """What is encoded of the law, of all jurisdictions or of one."""

    on: date
    law: str
    sections: tuple[SectionRow, ...]
    entries: tuple[EntryRow, ...]


def coverage(law: Law, day: date, jurisdiction: str = "") -> LawCoverage:
    """The coverage of the law on a day."""
    instruments = [i for i in law.instruments.values() if jurisdiction in ("", i.jurisdiction)]
    sections = [row for instrument in instruments for row in _sections(law, instrument, day)]
    held = snapshot(law, day)
    schemes = dict.fromkeys(i.jurisdiction for i in instruments)
    return LawCoverage(day, law.hash, tuple(sections), tuple(row for s in schemes for row in _entries(held, s)))


def section_of(cite: str) -> str:
    """The section a provision is cited by: `744.23`, `Art. 12g`, else the cite up to its first comma."""
    found = _SECTION.search(_BEFORE.sub("", cite))
    return found.group(0).removeprefix("ECCN ") if found else cite.partition(",")[0].partition(";")[0]


def _sections(law: Law, instrument: Instrument, day: date) -> list[SectionRow]:
    by_section: dict[str, list[Rule]] = {}
    for rule in law.rules.values():
        if rule.instrument == instrument.id and rule.kind not in ("group", "measure"):
            section = section_of(rule.cite)
            by_section.setdefault("" if _ENTRY.fullmatch(section) else section, []).append(rule)
    by_section.pop("", None)  # entries of lists have a table of their own
    rows = [_row(instrument, section, rules, day) for section, rules in by_section.items()]
    rows += [SectionRow(instrument.id, left.cite, NOT, 0, "", (left.why,)) for left in instrument.not_coded]
    rows += [SectionRow(instrument.id, gap.id, NOT, 0, "", (gap.missing,)) for gap in instrument.gaps]
    return sorted(rows, key=lambda row: (row.state == NOT, _natural(row.section)))


def _row(instrument: Instrument, section: str, rules: list[Rule], day: date) -> SectionRow:
    left = [f"{left.cite}: {left.why}" for rule in rules for left in rule.not_coded if "policy" not in left.cite]
    spans = [
        f"{version.start}: not known"
        for rule in rules
        for version in rule.versions
        if isinstance(version.when, tree.Always) and version.when.value is None
    ]
    since = min(str(version.start)[:10] for rule in rules for version in rule.versions)
    left_out = tuple(dict.fromkeys([*left, *spans]))
    return SectionRow(instrument.id, section, PARTLY if left_out else ENCODED, len(rules), since, left_out)


def _entries(held: Snapshot, scheme: str) -> list[EntryRow]:
    """The entries of a scheme by category (the first digit of the code)."""
    coded: dict[str, list[str]] = {}
    for entry in held.of_kind("entry"):
        code = entry.extra.get("code", "")
        if code and entry.rule.id.startswith(f"{scheme}."):
            coded.setdefault(code.partition(".")[0], []).append(code)
    groups = (group for group in held.of_kind("group") if group.rule.id.endswith(_CATALOGUE))
    listed = next((group.members for group in groups if group.rule.id.startswith(f"{scheme}.")), frozenset(coded))
    categories = sorted({code[0] for code in {*listed, *coded} if _ENTRY.fullmatch(code)})
    rows = []
    for category in categories:
        told = sorted(code for code in coded if code[0] == category and _ENTRY.fullmatch(code))
        count = len([code for code in listed if code[0] == category])
        rows.append(EntryRow(scheme, category, count, tuple(told), sum(len(coded[code]) for code in told)))
    return rows


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", text))


def coverage_page(found: LawCoverage) -> Page:
    """The coverage as a page of the law."""
    page = Page(f"What is encoded on {found.on}")
    for instrument in dict.fromkeys(row.instrument for row in found.sections):
        rows = [row for row in found.sections if row.instrument == instrument]
        counts = ", ".join(f"{sum(r.state == s for r in rows)} {s}" for s in (ENCODED, PARTLY, NOT))
        section = page.section(f"{instrument} ({counts})")
        for row in rows:
            about = f"{row.provisions} provisions since {row.since}" if row.provisions else ""
            section.add(f"{row.state}: {row.section} {about}".rstrip())
            for left in row.left_out:
                section.add(left, 1)
    for scheme in dict.fromkeys(row.scheme for row in found.entries):
        section = page.section(f"Entries of the lists: {scheme}")
        for entry in (entry for entry in found.entries if entry.scheme == scheme):
            told = f"{len(entry.by_parameters)} told by parameters ({entry.paragraphs} paragraphs)"
            section.add(f"category {entry.category}: {entry.entries} entries, {told}: {', '.join(entry.by_parameters)}")
    return page


def summary_table(found: LawCoverage) -> str:
    """The coverage in short as Markdown: one line for each instrument, one for each category of a list."""
    lines = ["| law | sections encoded | partly | not | provisions |", "|---|---|---|---|---|"]
    for instrument in dict.fromkeys(row.instrument for row in found.sections):
        rows = [row for row in found.sections if row.instrument == instrument]
        counts = [sum(row.state == state for row in rows) for state in (ENCODED, PARTLY, NOT)]
        lines.append(f"| {instrument} | {counts[0]} | {counts[1]} | {counts[2]} | {sum(r.provisions for r in rows)} |")
    lines += ["", "| list | category | entries | told by parameters | paragraphs |", "|---|---|---|---|---|"]
    lines += [
        f"| {row.scheme} | {row.category} | {row.entries} | {len(row.by_parameters)} | {row.paragraphs} |"
        for row in found.entries
    ]
    return "\n".join(lines) + "\n"


def as_json(found: LawCoverage) -> dict[str, Any]:
    """The coverage as plain data."""
    return {"schema": "licet.law-coverage/1", **asdict(found), "on": found.on.isoformat()}
