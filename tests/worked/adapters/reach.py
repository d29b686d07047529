"""Whether US law reaches a foreign-made item."""

from __future__ import annotations

import re

from licet.facts.truth import disjunction

from .. import words
from ..desk import Answer, Desk
from ..draft import Draft, Plain
from ..load import Worked
from ..said import Said


def us_content(desk: Desk, worked: Worked) -> Said:
    """A machine made in Germany (or where the question says) with a share of controlled US content."""
    to = words.country(worked.text("destination", "dest"))
    named = [code for code in words.countries(worked.question.partition(" to ")[0]) if code not in (to, "US")]
    made = named[0] if named else "AT"
    said = Said()
    for key in worked.expected:
        if key.startswith("subject_to_EAR"):
            answer = desk.ask(Draft(worked.on, made, to, _content(worked, made)))
            said.values[key] = _subject(answer, key.endswith("_de_minimis"))
        elif words.country(key):
            answer = desk.ask(Draft(worked.on, made, words.country(key), _content(worked, made)))
            said.values[key] = _subject(answer, False)
        else:
            continue
        said.asked.append(answer)
    return said


def _content(worked: Worked, made: str) -> Plain:
    """A machine whose US content is all that ties it to the United States."""
    share, kind = next((value, key) for key, value in worked.facts.items() if re.fullmatch(r"us_\w+_pct", key))
    series = ["y"] if re.search(r"(600|515)y", kind) else ["enumerated"] if re.search(r"600|515", kind) else []
    return {
        "kind": "machine_tool",
        "origin": made,
        "us_controlled_content": share,
        "us_600_series_content": series,
        "us_technology": False,
    }


def _subject(answer: Answer, content_only: bool) -> bool | None:
    """Whether the item is subject to the regulations: by any limb, or by its share of US content alone."""
    if content_only:
        return answer.truth("us.ear.reach.734.4")
    return disjunction(answer.truth(rule) for rule in answer.decider.reaches["us.ear"])


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
            said.values[key] = answer.truth(f"us.ear.reach.734.9.e.{ {'1': 1, '4': 2, '5': 3}[footnote[1]] }")
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
