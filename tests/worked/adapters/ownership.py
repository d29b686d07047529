"""Ownership tests: OFAC's 50 per cent rule and the BIS Affiliates rule."""

from __future__ import annotations

from typing import Any

from ..desk import Answer, Desk
from ..draft import Draft, Plain, ear99
from ..load import Worked
from ..said import Said

Share = tuple[str, str, float]
SDN: Plain = {"list": "us.sdn", "footnotes": []}
ENTITY: Plain = {
    "list": "us.el",
    "footnotes": [],
    "scope": "all_items",
    "policy": "presumption_of_denial",
    "exceptions_barred": True,
}
BLOCKED = ("us.ofac.sdn_blocking", "us.ofac.sdn_blocking_owned")


def shares(worked: Worked) -> list[Share]:
    """Who owns how much of whom; both ways of writing it."""
    return [_share(entry) for entry in worked.facts.get("ownership", [])]


def _share(entry: Any) -> Share:
    if isinstance(entry, dict):
        return entry["owner"], entry["owned"], entry["percent"]
    owner, owned, percent = entry
    return owner, owned, percent


def party(name: str, held: list[Share], rows: dict[str, Plain], seen: tuple[str, ...] = ()) -> Plain:
    """A firm with its owners, theirs, and so on; the owners named are all that matter, so the lists are closed."""
    owners = [
        party(owner, held, rows, (*seen, name)) | {"share": percent}
        for owner, owned, percent in held
        if owned == name and owner not in seen
    ]
    listings = [rows[name]] if name in rows else []
    return {"name": name, "owners": owners, "listings": listings, "complete": ["listings", "owners"]}


def blocked(desk: Desk, worked: Worked) -> Said:
    """Whether a firm counts as blocked through its owners."""
    name, held = worked.expected.get("entity") or worked.text("entity"), shares(worked)
    firm = party(name, held, dict.fromkeys(worked.facts.get("blocked", []), SDN))
    buyer = firm | {"entity": "other", "country": "RU", "headquarters": "RU"} if held else {"name": name}
    answer = desk.ask(Draft(worked.on, "US", "AE", ear99(), buyer=buyer))
    truths = [answer.truth(rule) for rule in BLOCKED]
    value = True if True in truths else None if None in truths else False
    return Said({"entity": name, "blocked": value}, [answer])


def affiliate(desk: Desk, worked: Worked) -> Said:
    """A Chinese firm on no list, with owners on the Entity List, buys an EAR99 item."""
    restricted = next((key for key in worked.expected if key.endswith("_restricted")), "")
    held = shares(worked)
    name = restricted.removesuffix("_restricted") or "A firm on no list"
    listed = {owner for owner, _, _ in held} - {owned for _, owned, _ in held}
    if not held:
        held, listed = [("A listed firm", name, worked.facts["owner_listed_pct"])], {"A listed firm"}
    firm = party(name, held, dict.fromkeys(listed, ENTITY))
    place: Plain = dict.fromkeys(("country", "headquarters", "parent_headquarters", "incorporated_in"), "CN")
    draft = Draft(worked.on, "US", "CN", ear99(), buyer=firm | place | {"entity": "other"})
    draft.more = {"knowledge": {"owner": "known"}}
    answer = desk.ask(draft)
    licence = answer.licence("us.")
    said = Said({"license_required": licence, "red_flag": flagged(answer)}, [answer])
    if restricted:
        said.values[restricted] = {"required": True, "not required": False}.get(licence)
    if "standard" in worked.expected:
        said.values["standard"] = "legally distinct" if licence == "not required" else "owned counts as listed"
    return said


def flagged(answer: Answer) -> bool:
    """Whether a warning sign about the owners is shown."""
    return any(flag.id.startswith("us.ear.affiliates") for flag in answer.rules("flags"))
