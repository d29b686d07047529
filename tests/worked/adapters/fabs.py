"""Goods for chip plants in China."""

from __future__ import annotations

import re

from .. import words
from ..desk import Desk
from ..draft import Draft, Plain
from ..load import Worked
from ..said import Said
from .ccl import basis

_OTHER_USES = ("military", "supercomputer", "sme_development", "wmd")


def plant(desk: Desk, worked: Worked) -> Said:
    """An item with a control number to a plant that makes chips; its node is known or cannot be told."""
    to = next((code for code in words.countries(worked.question) if code != "US"), "CN")
    item: Plain = {"declared": {"us": worked.text("eccn") or "EAR99"}, "origin": "US", "kind": "other"}
    draft = Draft(worked.on, "US", to, item)
    draft.more = {
        "end_use": {"chip_fab": True} | dict.fromkeys(_OTHER_USES, False),
        "knowledge": {"end_use": "known", "node": "known" if _figures(worked) else "cannot_determine"},
        "fab": _figures(worked),
    }
    answer = desk.ask(draft)
    return Said(
        {
            "license_required": answer.licence("us."),
            "basis": basis(answer, str(worked.expected.get("basis", ""))),
            "red_flags": bool(answer.rules("flags", "us.ear.")),
        },
        [answer],
    )


def _figures(worked: Worked) -> Plain:
    """What is said of what the plant makes."""
    facts, found, products = worked.facts, {}, []
    node = re.search(r"\d+(?:\.\d+)?", worked.text("node", "logic_nm"))
    if node:
        found["logic_node_nm"] = float(node[0])
        if re.search(r"planar|FinFET|GAA", worked.text("node")):
            found["logic_non_planar"] = bool(re.search(r"non-planar|FinFET|GAA", worked.text("node")))
        products.append("logic")
    for key, name, product in (
        ("nand_layers", "nand_layers", "nand"),
        ("dram_half_pitch_nm", "dram_half_pitch_nm", "dram"),
        ("dram_nm", "dram_half_pitch_nm", "dram"),
        ("non_planar", "logic_non_planar", "logic"),
    ):
        if facts.get(key) is not None:
            found[name] = facts[key]
            products.append(product)
    return found | ({"products": sorted(set(products))} if products else {})


def back_end(desk: Desk, worked: Worked) -> Said:
    """A site that only assembles, tests and packages, without work that raises the level of what comes in."""
    item: Plain = {"declared": {"us": "3B991"}, "origin": "US", "kind": "other"}
    draft = Draft(worked.on, "US", "CN", item)
    draft.more = {
        "end_use": {"chip_fab": False} | dict.fromkeys(_OTHER_USES, False),
        "knowledge": {"end_use": "known"},
        "fab": {"steps": ["assembly", "test", "packaging"], "back_end_alters_level": False},
    }
    answer = desk.ask(draft)
    back_end_only = answer.truth("us.ear.744.23.a.5") is True
    return Said({"counts_as_production": not back_end_only}, [answer])
