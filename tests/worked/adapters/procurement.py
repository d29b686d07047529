"""Section 889: what federal agencies may not buy, and with whom they may not contract."""

from __future__ import annotations

import re

from ..desk import Desk
from ..draft import Plain
from ..load import Worked
from ..said import Said

_COMPLETE = ["items", "components", "listings", "owners", "parties"]
_OUTCOMES = {"may_not_buy": True, "may_not_contract": True, "no_licence_required": False, "free": False}
_MAKERS = r"\b(Huawei|ZTE|Hytera|Hikvision|Dahua)\b"
_BRANDS = r"\b(Lorex|EZVIZ)\b"


def federal_purchase(desk: Desk, worked: Worked) -> Said:
    """An agency, or someone with its money, buys equipment to guard a building or contracts with a firm using it."""
    question, uses = worked.question, worked.text("contractor_uses", "uses")
    agency = bool(re.search(r"\bagency\b|\bfederal(?! (grant|award|loan|money))", question, re.IGNORECASE))
    parties = [_buyer(agency)]
    if uses or re.search(r"\bthat uses\b", question):
        parties.append({"role": ["contractor", "seller"], "name": "A firm", "entity": "other", "uses_s889": True})
    else:
        parties += _makers(worked)
    grant = bool(re.search(r"(grant|award|loan)", question)) and "no federal" not in question
    return _answer(desk, worked, parties, grant)


def _buyer(agency: bool) -> Plain:
    role = ["agency", "purchaser"] if agency else ["purchaser"]
    return {"role": role, "name": "The buyer", "entity": "other", "country": "US", "federal_agency": agency}


def _makers(worked: Worked) -> list[Plain]:
    """Who produced the equipment and whose brand it bears, by the facts or else by the question."""
    producer = worked.text("producer") or next(iter(re.findall(_MAKERS, worked.question)), "")
    brand = worked.text("brand") or next(iter(re.findall(_BRANDS, worked.question)), "")
    found: list[Plain] = []
    if producer:
        found.append({"role": ["producer", "manufacturer"], "name": producer, "federal_agency": False})
    if brand:
        found.append({"role": ["brand_owner"], "name": brand, "federal_agency": False})
    return found


def retail_sale(desk: Desk, worked: Worked) -> Said:
    """A shop sells to households: nobody in it is an agency."""
    household: Plain = {"role": ["purchaser"], "name": "A household", "country": "US", "federal_agency": False}
    shop: Plain = {"role": ["seller"], "name": "A shop", "country": "US", "federal_agency": False, "entity": "other"}
    return _answer(desk, worked, [household, shop, *_makers(worked)], False)


def _answer(desk: Desk, worked: Worked, parties: list[Plain], grant: bool) -> Said:
    answer = desk.ask(_purchase(worked, parties, grant))
    return Said({"prohibited": _OUTCOMES.get(answer.decision.outcome)})


def _purchase(worked: Worked, parties: list[Plain], grant: bool = False) -> Plain:
    telecom = re.search(r"telecom|radio|base station|switch|router", worked.question, re.IGNORECASE)
    return {
        "on": worked.on,
        "act": "procurement",
        "items": [{"kind": "telecom_equipment" if telecom else "camera", "s889_component": False}],
        "parties": parties,
        "complete": _COMPLETE,
        "end_use": {"s889_purpose": True},
        "transaction": {"federal_award": grant},
    }


def reasonable_inquiry(desk: Desk, worked: Worked) -> Said:
    """What the duty to represent says of an audit."""
    duties = desk.ask(_purchase(worked, [_buyer(True)])).rules("duties", "us.s889.representation")
    says = " ".join(duty.detail.get("do", "") for duty in duties)
    return Said({"required": None if "audit" not in says else not re.search(r"audit is not required", says)})
