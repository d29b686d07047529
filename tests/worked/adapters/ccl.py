"""Items whose control number is given: the country chart, Russia, military end use."""

from __future__ import annotations

import re

from .. import words
from ..desk import Answer, Desk
from ..draft import Draft, Plain
from ..load import Worked
from ..said import Match, Said
from .review import policy

GAP = "us.ear.gap.classification"
_KINDS = {"2B": "machine_tool", "3B": "other", "4A": "computer", "5A": "telecom_equipment"}


def declared(desk: Desk, worked: Worked) -> Said:
    """An export from the United States of an item with a control number."""
    code = worked.text("eccn") or "EAR99"
    to = words.country(worked.text("destination")) or words.countries(worked.question)[-1]
    item: Plain = {"declared": {"us": code}, "origin": "US"}
    if code[:2] in _KINDS:
        item["kind"] = _KINDS[code[:2]]
    columns = [str(column).replace(" ", "") for column in worked.facts.get("columns", ())]
    if columns:
        item["us_columns"] = columns
    draft = Draft(worked.on, "US", to, item)
    if re.search(r"military end", worked.question):
        draft.more = {"end_use": {"military": True}, "knowledge": {"end_use": "known"}}
    answer = desk.ask(draft)
    licence = answer.licence("us.")
    said = Said({"license_required": licence, "policy": policy(answer)}, [answer])
    said.values["basis"] = basis(answer, str(worked.expected.get("basis", "")))
    columns_found = [f"{found[:2]} {found[2:]}" for found in _columns(answer)]
    same = sorted(columns_found) == sorted(worked.expected.get("reasons", ()))
    said.values["reasons"] = Match(", ".join(columns_found) or "none", same)
    for name in ("LVS", "GBS"):
        said.values[name] = answer.relieved("us.", f"us.ear.740.{name.lower()}") == "yes"
    if licence != "required" and GAP in answer.gaps:
        said.open = "the country chart and the Commerce Control List beyond chips and chip-making tools are not encoded"
    return said


def _columns(answer: Answer) -> list[str]:
    """The columns of the country chart that ask for a licence, in the order of the law."""
    prefix = "us.ear.requires."
    return [rule.id.removeprefix(prefix) for rule in answer.rules("requirements", prefix)]


def basis(answer: Answer, expected: str) -> Match:
    """The paragraphs that ask for a licence, compared with the first one that is expected."""
    cites = [rule.cite for rule in answer.rules("requirements")]
    first = re.match(r"\d{3}\.\d+(?:\(\w+\))*", expected)
    return Match("; ".join(cites) or "none", first is not None and any(first[0] in cite for cite in cites))
