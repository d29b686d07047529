"""Dealings with blocked Russian projects."""

from __future__ import annotations

import re

from licet.logic.decide import PROHIBITED, RELIEF

from ..desk import Desk
from ..draft import Draft, Plain
from ..load import Worked
from ..said import Said


def blocked_project(desk: Desk, worked: Worked) -> Said:
    """A US person deals with a named firm: something new, or winding down only, paid into a blocked account."""
    winding = bool(re.search(r"wind.?(ing)?.?down", worked.text("activity")))
    buyer = {"name": worked.text("entity")}
    item: Plain = {"kind": "other", "name": "services", "declared": {"us": "EAR99"}}
    draft = Draft(worked.on, "US", "RU", item, act="support", buyer=buyer)
    terms = {"wind_down": winding, "blocked_account": True, "credit_days": 0, "engineering_services": False}
    draft.more = {"transaction": terms}
    answer = desk.ask(draft)
    bounds = answer.bounds("us.ofac.")
    allowed = True if bounds.worst <= RELIEF else False if bounds.best == PROHIBITED else None
    return Said({"allowed": allowed}, [answer])
