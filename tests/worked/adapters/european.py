"""Union law: the no-Russia clause and the general authorisation EU001."""

from __future__ import annotations

import re

from .. import words
from ..desk import Desk
from ..draft import Draft, Plain
from ..load import Worked
from ..said import Said


def no_russia_clause(desk: Desk, worked: Worked) -> Said:
    """A sale from the Union of goods of an annex, under a contract of a day."""
    text = worked.text("goods", "item")
    annexes = re.findall(r"Annex ([IVXL]+)", text)
    item: Plain = {"origin": "DE"} | words.goods(text)
    if annexes or re.search(r"not in any annex|no annex", text):
        item |= {"eu_833_annexes": annexes or ["none"]}
    to = words.country(worked.text("buyer_country", "destination"))
    draft = Draft(worked.on, "DE", to, item)
    draft.more = {
        "dates": {"contract": worked.text("contract_date")},
        "transaction": {"public_contract": bool(worked.facts.get("public_contract", False))},
    }
    answer = desk.ask(draft)
    return Said({"clause_required": answer.truth("eu.833-2014.art-12g")}, [answer])


def general_authorisation(desk: Desk, worked: Worked) -> Said:
    """An Annex I item from the Union under EU001, its conditions being met."""
    item: Plain = {"origin": "DE", "eu_annex_i": True} | words.goods(worked.text("item"))
    held = [{"kind": "general_licence_conditions", "for": "eu.dual-use.EU001", "covers_item": True}]
    to = words.country(worked.text("destination"))
    answer = desk.ask(Draft(worked.on, "DE", to, item, more={"held": held}))
    eligible = {"yes": True, "no": False}.get(answer.relieved("eu.dual-use.", "eu.dual-use.EU001"))
    return Said({"eligible": eligible}, [answer])
