"""Goods of national lists: chip-making tools, quantum computers."""

from __future__ import annotations

import re
from typing import Any

from .. import words
from ..desk import Answer, Desk
from ..draft import Draft, Plain
from ..load import Worked
from ..said import Match, Said

ENCODED = {
    "NL": "nl.",
    "JP": "jp.",
    "FR": "fr.",
    "DE": "de.",
    "ES": "es.",
    "IT": "it.",
    "GB": "uk.",
    "CA": "ca.",
    "AU": "au.",
    "US": "us.ear.",
    "EU": "eu.dual-use.",
    "KR": "kr.",
    "TW": "tw.",
}
# The goods are asked about for their figures: of no other entry of a list is the question.
_LISTS = ("eu", "de", "es", "ca", "au", "kr", "tw", "uk")
_DECLARED: Plain = {"us": "EAR99", "jp": "n/a"} | dict.fromkeys(_LISTS, "none")
_JAPAN = "jp.goods.6.17."
_RENAMED = {"na": "numerical_aperture", "valve_ms": "gas_valve_ms", "selectivity": "sige_si_selectivity"}
_TOOLS: tuple[tuple[str, set[str], Plain], ...] = (
    ("lithography_tool", {"wavelength_nm", "numerical_aperture"}, {"lithography_type": "scanner_optical"}),
    ("etch_tool", {"pulsed_rf", "gas_valve_ms", "chuck_zones"}, {"etch_type": ["dry_anisotropic"]}),
    ("etch_tool", {"sige_si_selectivity"}, {"etch_type": ["dry_isotropic"]}),
    ("quantum_computer", {"qubits"}, {}),
)
_NOT_ITEM = {"exporter", "destination", "end_user", "item", "tool", "goods", "entity", "country", "regime"}


def national_list(desk: Desk, worked: Worked) -> Said:
    """Whether the exporter's own country lists the goods; parts and software for them where the question asks so."""
    start = worked.text("exporter") or words.countries(worked.question)[0]
    to = words.country(worked.text("destination")) or "CN"
    answers = [desk.ask(_shipment(worked, start, to, item)) for item in _items(worked)]
    if start not in ENCODED:
        return Said(asked=answers, open=f"the export list of {start} that names these goods is not encoded")
    found = {answer.licence(ENCODED[start]) for answer in answers}
    value = found.pop() if len(found) == 1 else "required for some"
    return Said({"licence_required": value, "license_required": value}, answers)


def _shipment(worked: Worked, start: str, to: str, item: Plain) -> Draft:
    start = "DE" if start == "EU" else start
    base: Plain = {"origin": start, "us_controlled_content": 0, "declared": _DECLARED}
    draft = Draft(worked.on, start, to, base | item)
    if re.search("military", worked.text("end_user")):
        draft.more = {"end_use": {"military": True}, "knowledge": {"end_use": "known"}}
    return draft


def _items(worked: Worked) -> list[Plain]:
    """What is sent: the tool, or each of the parts, software and technology the question speaks of."""
    tool = words.goods(worked.text("item", "tool", "goods") or worked.question)
    tool |= {key: value for key, value in worked.facts.items() if key not in _NOT_ITEM}
    if "qubits" in tool:
        tool = {"kind": "quantum_computer", "eu_annex_i": False} | tool
    kinds = [("spare_part", r"\bparts?\b"), ("software", r"\bsoftware\b"), ("technology", r"\btechnology\b")]
    named = [kind for kind, pattern in kinds if re.search(pattern, worked.question, re.IGNORECASE)]
    return [_belonging(tool, kind) for kind in named] or [tool]


def _belonging(tool: Plain, kind: str) -> Plain:
    """A part, software or technology made for a tool; it carries the tool's own figures."""
    extra: Plain = {"kind": kind, "for_kind": tool.get("kind"), "specially_designed": True}
    if kind != "spare_part":
        extra["technology_for"] = ["use"]
    return tool | extra


def quantum_threshold(desk: Desk, worked: Worked) -> Said:
    """The table of qubits and C-NOT error that the lists share: as Japan, and from its day the Union, has it."""
    item = {"kind": "quantum_computer"} | worked.facts
    asked = [desk.ask(_shipment(worked, "JP", "CN", item)), desk.ask(_shipment(worked, "DE", "CN", item))]
    found = {asked[0].truth("jp.goods.7.6.i")}
    if worked.on.isoformat() >= "2025-11-15":
        found.add(asked[1].truth("eu.dual-use.annex-i.4A506.a"))
    return Said({"meets_threshold": found.pop() if len(found) == 1 else "the lists differ"}, asked[:1])


def japanese_paragraph(desk: Desk, worked: Worked) -> Said:
    """A tool given by its figures, and whether a paragraph of the Japanese ordinance lists it."""
    answer = desk.ask(_shipment(worked, "JP", "CN", _tool(desk, worked)))
    listed = answer.rules("entries", _JAPAN)
    said = Said(asked=[answer])
    for key in worked.expected:
        if key == "listed":
            said.values[key] = bool(listed) or (None if _open(answer) else False)
        match = re.fullmatch(r"listed_under_([a-z]+)(\d*)", key)
        if match:
            said.values[key] = _paragraph(answer, match[1], match[2])
    return said


def _paragraph(answer: Answer, row: str, number: str) -> Any:
    truth = answer.truth(f"{_JAPAN}{row}")
    if not number or truth is not True:
        return truth
    reasons = [why for entry in answer.rules("entries", f"{_JAPAN}{row}") for why in entry.why]
    holds = any(f"{row}({number})" in why for why in reasons)
    return True if holds else Match("; ".join(reasons), False)


def _open(answer: Answer) -> list[str]:
    """Chip-making paragraphs that stay open."""
    every = [entry for one in answer.decision.jurisdictions for entry in one.entries]
    return [entry.id for entry in every if entry.id.startswith(_JAPAN) and entry.value == "unknown"]


def _tool(desk: Desk, worked: Worked) -> Plain:
    """The tool whose figures are given. A figure the dictionary does not know is an error."""
    facts = {_RENAMED.get(key, key): value for key, value in worked.facts.items() if key not in _NOT_ITEM}
    unknown = [key for key in facts if desk.checker.law.dictionary.find(f"item.{key}") is None]
    if unknown:
        raise LookupError(f"no fact of an item for {', '.join(unknown)}")
    for kind, marks, extra in _TOOLS:
        if marks & facts.keys():
            return {"kind": kind} | extra | facts
    return words.goods(worked.question) | facts
