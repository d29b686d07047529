"""Section 889: what federal agencies may not buy."""

from __future__ import annotations

import re

from ..desk import Answer, Desk
from ..draft import Plain
from ..load import Worked
from ..said import Said

_COMPLETE = ["items", "components", "listings", "owners", "parties"]
_OUTCOMES = {"may_not_buy": True, "may_not_contract": True, "no_licence_required": False, "free": False}


def federal_purchase(desk: Desk, worked: Worked) -> Said:
    """An agency buys cameras to guard a building; the producer, the brand, or both are known."""
    parties: list[Plain] = [
        {"role": ["agency", "purchaser"], "name": "An executive agency", "country": "US", "federal_agency": True}
    ]
    if worked.text("producer"):
        parties.append({"role": ["producer", "manufacturer"], "name": worked.text("producer")})
    if worked.text("brand"):
        parties.append({"role": ["brand_owner"], "name": worked.text("brand")})
    answer = desk.ask(_purchase(worked, parties))
    return Said({"prohibited": _OUTCOMES.get(answer.decision.outcome)}, [])


def retail_sale(desk: Desk, worked: Worked) -> Said:
    """A shop sells to households: nobody in it is an agency."""
    brands = re.findall(r"\b(Lorex|EZVIZ|Hikvision|Dahua)\b", worked.question)
    parties: list[Plain] = [
        {"role": ["purchaser"], "name": "A household", "country": "US", "kind": "person", "federal_agency": False},
        {"role": ["seller"], "name": "A shop", "country": "US", "federal_agency": False, "entity": "other"},
        *({"role": ["brand_owner"], "name": brand, "federal_agency": False} for brand in brands),
    ]
    answer = desk.ask(_purchase(worked, parties))
    return Said({"prohibited": _barred(answer)}, [])


def _barred(answer: Answer) -> bool | None:
    return _OUTCOMES.get(answer.decision.outcome)


def _purchase(worked: Worked, parties: list[Plain]) -> Plain:
    return {
        "on": worked.on,
        "act": "procurement",
        "items": [{"kind": "camera", "name": "Cameras"}],
        "parties": parties,
        "complete": _COMPLETE,
        "end_use": {"s889_purpose": True},
        "transaction": {"federal_award": False},
    }


def reasonable_inquiry(desk: Desk, worked: Worked) -> Said:
    """What the duty to represent says of an audit."""
    parties: list[Plain] = [{"role": ["agency", "purchaser"], "name": "An executive agency", "federal_agency": True}]
    duties = desk.ask(_purchase(worked, parties)).rules("duties", "us.s889.representation")
    says = " ".join(duty.detail.get("do", "") for duty in duties)
    return Said({"required": None if "audit" not in says else not re.search(r"audit is not required", says)}, [])
