"""Exports under Chinese law by announcement, and what Korea's list for Russia counts."""

from __future__ import annotations

import re
from typing import Any

from licet.logic.decide import LICENCE, PROHIBITED, RELIEF

from .. import words
from ..desk import Answer, Desk
from ..draft import Draft, Plain
from ..load import Worked
from ..said import Match, Said

_MINOR = ["gallium", "germanium", "antimony", "graphite", "tungsten", "tellurium", "bismuth", "molybdenum", "indium"]
_SEVEN = ["samarium", "gadolinium", "terbium", "dysprosium", "lutetium", "scandium", "yttrium"]
_FIVE = ["holmium", "erbium", "thulium", "europium", "ytterbium"]
_MATERIALS = [*_MINOR, *_SEVEN, *_FIVE]
_RARE_EARTHS = frozenset([*_SEVEN, *_FIVE])
_KOREAN_LIST = "kr.fta.19-3-13"


def chinese(desk: Desk, worked: Worked) -> Said:
    """The status of an export from China: forbidden, under licence, or neither."""
    text = worked.text("item")
    item = _material(text) or _listed(text)
    start, to = worked.text("exporter") or "CN", words.country(worked.text("destination"))
    draft = Draft(worked.on, start, to, {"origin": start, "us_controlled_content": 0} | item)
    military = worked.text("end_user") == "military"
    draft.more = {"end_use": {"military": military, "cn_risk": ["none"]}}
    if military:
        draft.more["knowledge"] = {"end_use": "known"}
    answer = desk.ask(draft)
    return Said({"status": _status(answer, str(worked.expected.get("status", "")))}, [answer])


def _material(text: str) -> Plain:
    named = [material for material in _MATERIALS if re.search(rf"\b{material}\b", text, re.IGNORECASE)]
    if not named:
        return {}
    kinds = [*named, "rare_earth"] if _RARE_EARTHS.intersection(named) else named
    return {"kind": "other", "name": text, "materials": kinds, "cn_form": "metal", "declared": {"cn": "none"}}


def _listed(text: str) -> Plain:
    """Something on the Chinese list, where the question says no more."""
    return {"kind": "other", "name": text, "materials": ["none"], "declared": {"cn": "6A003"}}


def _status(answer: Answer, expected: str) -> Any:
    bounds = answer.bounds("cn.")
    if bounds.best == PROHIBITED:
        return Match("prohibited", "prohibited" in expected)
    if bounds.best == LICENCE == bounds.worst:
        return Match("licence required", bool(re.search("licen[cs]e required|licensing", expected)))
    if bounds.worst <= RELIEF:
        return Match("no licence", bool(re.search("no licen[cs]e|suspended|free", expected)))
    return Match("open", "unknown" in expected)


def korean_list(desk: Desk, worked: Worked) -> Said:
    """How many items Annex 2-2 counts on a day."""
    held = desk.checker.decider(worked.on, False).law.rules.get(_KOREAN_LIST)
    found = re.search(r"([\d,]+) items", str(held.extra.get("reason", ""))) if held is not None else None
    return Said({"items": int(found[1].replace(",", "")) if found else 0})
