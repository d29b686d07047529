"""How an application for a chip is reviewed."""

from __future__ import annotations

import re

from .. import words
from ..desk import Answer, Desk
from ..draft import Draft, Plain
from ..load import Worked
from ..said import Said
from .chips import chip

POLICY = "us.ear.742.6.b.10.case_by_case"
STATEMENTS = ["us_orders_not_delayed", "no_foundry_diversion", "no_barred_end_use", "kyc_no_remote_access"]


def chips(desk: Desk, worked: Worked) -> Said:
    """A chip to China under the conditions of 2026: all of them are met but for those the case denies."""
    facts = worked.facts
    item = words.goods(worked.text("chip") or worked.question) | chip({"chip": "other"} | facts)
    item |= {"kind": "integrated_circuit", "china_volume_share": facts.get("china_volume_share", [0, 50])}
    item |= {"us_commercially_available": facts.get("us_commercially_available", True)}
    item.setdefault("datacenter", True)
    start, to = _route(worked)
    draft = Draft(worked.on, start, to, item, act="export" if start == "US" else "reexport")
    draft.more = {"held": _papers(worked)}
    answer = desk.ask(draft)
    return Said({"review_policy": policy(answer), "license_required": answer.licence("us.")}, [answer])


def policy(answer: Answer) -> str:
    """The policy that leads: the strictest that applies."""
    found = answer.rules("policies")
    return found[0].detail.get("policy", "as the row says").replace("_", " ") if found else "none stated"


def _route(worked: Worked) -> tuple[str, str]:
    """From where to where: as the facts say, else as the question does."""
    named = re.search(r"(?:from (?:the )?(.+?) )?to (.+?)(?:,|$| without| with)", worked.question)
    start = words.country(worked.text("exported_from")) or (words.country(named[1] or "") if named else "")
    to = words.country(worked.text("destination")) or (words.country(named[2]) if named else "")
    return start or "US", to or "CN"


def _papers(worked: Worked) -> list[Plain]:
    held: list[Plain] = []
    if worked.facts.get("certifications_complete", True):
        held.append({"kind": "certification", "for": POLICY, "covers_item": True, "statements": STATEMENTS})
    if worked.facts.get("us_third_party_test", True):
        held.append({"kind": "test_report", "us_third_party": True, "covers_item": True})
    return held
