"""Whether US law reaches a foreign-made item."""

from __future__ import annotations

import re

from .. import words
from ..desk import Desk
from ..draft import Draft, Plain
from ..load import Worked
from ..said import Said


def us_content(desk: Desk, worked: Worked) -> Said:
    """A machine made in Germany (or where the question says) with a share of controlled US content."""
    to = words.country(worked.text("destination", "dest"))
    made = next((code for code in words.countries(worked.question) if code not in (to, "US")), "DE")
    item: Plain = {"kind": "machine_tool", "origin": made, "us_controlled_content": worked.facts["us_controlled_pct"]}
    answer = desk.ask(Draft(worked.on, made, to, item))
    return Said(
        {
            "subject_to_EAR": answer.truth("us.ear.reach.subject"),
            "subject_to_EAR_by_de_minimis": answer.truth("us.ear.reach.734.4"),
        },
        [answer],
    )


def zero_content(desk: Desk, worked: Worked) -> Said:
    """Content for which no share is small enough; asked for each destination the case expects an answer on."""
    percent = next(value for key, value in worked.facts.items() if key.endswith("_pct"))
    item: Plain = {"kind": "machine_tool", "origin": "DE", "us_controlled_content": percent}
    asked = [desk.ask(Draft(worked.on, "FR", words.country(key), item)) for key in worked.expected if words.country(key)]
    return Said(asked=asked)


def foreign_direct_product(desk: Desk, worked: Worked) -> Said:
    """A foreign-made item that is the direct product of US technology, to a party or a destination."""
    name = worked.text("party")
    to = words.country(worked.text("dest", "destination")) or "CN"
    code = worked.facts.get("eccn") or "EAR99"
    item: Plain = {
        "kind": "other",
        "origin": "TW",
        "us_technology": True,
        "us_controlled_content": 0,
        "declared": {"us": code},
        "us_supp_6_7": not re.search(r"outside[^,]*Supp", worked.question),
    }
    draft = Draft(worked.on, "TW", to, item)
    draft.buyer = {"name": name} if name else {}
    answer = desk.ask(draft)
    said = Said(asked=[answer])
    for key in worked.expected:
        footnote, letter = re.fullmatch(r"fn(\d)_rule", key), re.fullmatch(r"fdp_([a-z])", key)
        if footnote:
            said.values[key] = answer.truth(f"us.ear.reach.734.9.e.{ {'1': 1, '4': 2, '5': 3}[footnote[1]]}")
        elif letter:
            said.values[key] = answer.truth(f"us.ear.reach.734.9.{letter[1]}")
        elif key == "if_not_subject_to_EAR":
            said.values[key] = _entity_licence(desk, draft)
    return said


def _entity_licence(desk: Desk, draft: Draft) -> str:
    """What the Entity List asks of the same item where nothing brings it under the regulations."""
    draft.item = draft.item | {"us_technology": False}
    needed = desk.ask(draft).licence("us.ear.744.11")
    return {"required": "Entity List licence", "not required": "no Entity List licence"}.get(needed, needed)
