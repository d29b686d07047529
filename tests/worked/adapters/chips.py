"""Advanced computing chips: classification, destinations, exceptions, letters, the foundry presumption."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .. import words
from ..desk import Answer, Desk
from ..draft import Draft, Plain
from ..load import Worked
from ..said import Match, Said

NAC, ACA = "us.ear.740.8.nac", "us.ear.740.8.aca"
ORDER: Plain = {"kind": "purchase_order", "covers_item": True}
_NAMED = ("a100", "a800", "h100", "h800", "h200", "h20", "l40s", "mi250", "mi308", "gaudi")
_CODE = re.compile(r"(?P<no>not )?(?P<code>\d\w{4}(?:\.\w+)*)(?: \((?P<part>[a-z](?:\.\d+)*)\))?")


def notice(day: date) -> Plain:
    """A NAC notice, confirmed, filed in time."""
    return {
        "kind": "notice_filed",
        "for": NAC,
        "covers_item": True,
        "confirmed": True,
        "filed": day - timedelta(days=25),
    }


def chip_name(name: str) -> str:
    """Which of the chips the dictionary knows a marketing name means; `other` for none of them."""
    tokens = name.casefold().split()
    found = [known for known in _NAMED for token in tokens if re.fullmatch(rf"{known}[xe]?", token)]
    return max(found, key=len, default="other")


def chip(facts: dict[str, Any]) -> Plain:
    """A processor from the facts of a chip case, sold by another firm than the foundry that made it."""
    rates = [{"tops": facts["dense_tops"], "bits": facts["bit_length"]}] if "dense_tops" in facts else None
    stated = {
        "kind": "integrated_circuit",
        "name": facts["chip"],
        "chip": chip_name(facts["chip"]),
        "rates": rates,
        "tpp": facts.get("TPP", facts.get("tops_times_bits")),
        "performance_density": facts.get("PD"),
        "die_area_mm2": facts.get("die_area_mm2"),
        "non_planar": facts.get("non_planar_node"),
        "io_bandwidth_gb_s": facts.get("io_GBps"),
        "dram_bandwidth_gb_s": facts.get("dram_GBps"),
        "datacenter": facts.get("designed_or_marketed_for_datacenter", facts.get("datacenter")),
        "us_technology": True,
        "shipped_by_fab": False,
        "processing_dominant": True,
    }
    return {key: value for key, value in stated.items() if value is not None}


def classified(desk: Desk, worked: Worked) -> Said:
    """Classification by the parameters of the day, and then, under that classification, what may go where."""
    item = chip(worked.facts)
    china = desk.ask(Draft(worked.on, "US", "CN", item))
    item |= _declared(china)
    said = Said(asked=[china])
    said.values["TPP"] = china.number("item.tpp")
    said.values["PD"] = china.number("item.performance_density")
    for key, expected in worked.expected.items():
        if key == "eccn":
            said.values[key] = classification(china, str(expected))
        elif key.startswith("license"):
            said.values[key] = _destination(desk, worked.on, item, key)
    return said


def codes(answer: Answer) -> list[str]:
    """The control numbers that describe the item by its parameters."""
    return sorted({entry.detail["code"] for entry in answer.rules("entries") if "code" in entry.detail})


def _declared(answer: Answer) -> Plain:
    """The control number found, as the exporter then declares it: it is not classified as something else besides.

    Where none is found, the entry of chips that are controlled for anti-terrorism only.
    """
    return {"declared": {"us": codes(answer) or ["3A991"]}}


def classification(answer: Answer, expected: str) -> Match:
    """The entries that describe the item, compared with `3A090.a (a.1)` or `not 3A090 (Note 2)`."""
    entries = [entry for entry in answer.rules("entries") if "code" in entry.detail]
    text = ", ".join(codes(answer)) or "no entry"
    match = _CODE.match(expected)
    if match is None:
        return Match(text, expected.startswith("unknown") and not entries and not _closed(answer, "3A090"))
    beneath = [entry for entry in entries if f"{entry.detail['code']}.".startswith(f"{match['code']}.")]
    if match["no"]:
        return Match(text, not beneath and _closed(answer, match["code"]))
    part = match["part"]
    return Match(text, any(part is None or part in answer.paragraphs(entry.id) for entry in beneath))


def _closed(answer: Answer, code: str) -> bool:
    """Whether no entry of this code is left open."""
    every = [entry for one in answer.decision.jurisdictions for entry in one.entries]
    return not any(f"{entry.detail.get('code', '')}.".startswith(f"{code}.") for entry in every)


def _destination(desk: Desk, day: date, item: Plain, key: str) -> Any:
    """The answer to a key such as license_required_UAE or license_exception_ACA_for_Vietnam."""
    relief = re.match(r"license_exception_(NAC|ACA)(?:_for_(\w+)|_eligible)$", key)
    if relief:
        to = words.country(relief[2].replace("_", " ")) if relief[2] else "CN"
        return lifted(desk, Draft(day, "US", to, item), NAC if relief[1] == "NAC" else ACA)
    to = words.country(key.removeprefix("license_required_").replace("_", " "))
    without = desk.ask(Draft(day, "US", to, item)).licence("us.")
    if without == "required" and lifted(desk, Draft(day, "US", to, item), NAC) is True:
        return "unless notified"
    return without


def lifted(desk: Desk, draft: Draft, relief: str) -> bool | None:
    """Whether a licence exception is open, all papers it asks for being in hand."""
    draft.more = draft.more | {"held": [ORDER, notice(draft.on)]}
    return {"yes": True, "no": False}.get(desk.ask(draft).relieved("us.", relief))


def to_destination(desk: Desk, worked: Worked) -> Said:
    """A named chip, or a server with it, to a destination; a parent elsewhere where the case names one."""
    to = words.country(worked.text("destination"))
    parent = words.country(worked.text("ultimate_parent_hq", "parent_hq"))
    draft = Draft(worked.on, words.country(worked.text("exported_from")) or "US", to, _named_item(worked))
    draft.buyer = {"parent_headquarters": parent} if parent else {}
    answer = desk.ask(draft)
    required = answer.licence("us.")
    dormant = [flag.id for flag in answer.rules("flags") if flag.status in ("suspended", "not_enforced")]
    said = Said(asked=[answer], values={"license_required": required})
    for key, expected in worked.expected.items():
        if key in ("ACA", "NAC"):
            said.values[key] = lifted(desk, draft, ACA if key == "ACA" else NAC)
        elif key == "text_of_CFR":
            said.values[key] = Match(
                ", ".join(dormant) or "no such text", ("required" in str(expected)) == bool(dormant)
            )
        elif key == "enforced":
            said.values[key] = {"required": True, "not required": False}.get(required)
        elif key == "engine_answer":
            text = f"licence {required}{'; flag' if dormant else ''}"
            said.values[key] = Match(text, ("flag" in str(expected)) == bool(dormant) and required == "not required")
    return said


def _named_item(worked: Worked) -> Plain:
    """The item a case names: the chip, or a computer that holds it."""
    item = words.goods(worked.text("item", "chip") or worked.question)
    if "datacenter" in worked.facts:
        item["datacenter"] = worked.facts["datacenter"]
    if re.search(r"\bservers?\b|\bsystems?\b", f"{worked.question} {worked.text('item')}", re.IGNORECASE):
        part = {key: value for key, value in item.items() if key not in ("origin", "us_technology")}
        part["kind"] = "integrated_circuit"
        return {
            "kind": "computer",
            "chip": item.get("chip", "other"),
            "datacenter": item.get("datacenter"),
            "declared": {"us": "5A992.c"},
            "us_technology": True,
            "components": [part],
        }
    return item


def letter(desk: Desk, worked: Worked) -> Said:
    """A chip whose exporter was sent a letter."""
    item = words.goods(worked.text("chip", "item") or worked.question) | chip({"chip": "other"} | worked.facts)
    held: list[Plain] = []
    if worked.text("is_informed_letter_date"):
        start = worked.text("is_informed_letter_date")
        held = [{"kind": "is_informed_letter", "covers_item": True, "open_ended": True, "from": start}]
    start, to = words.country(worked.text("exported_from")) or "US", _asked_destination(worked)

    def ask(destination: str) -> Answer:
        draft = Draft(worked.on, start, destination, item, more={"held": held})
        draft.exporter = {"name": worked.text("exporter")} if worked.text("exporter") else {}
        return desk.ask(draft)

    answer = ask(to)
    also = words.countries(str(worked.expected.get("also_for", "")))
    reasons = answer.rules("requirements")
    letters = [rule.id for rule in reasons if ".is_informed." in rule.id]
    said = Said(asked=[answer], values={"license_required": answer.licence("us.")})
    if "basis" in worked.expected:
        said.values["basis"] = Match(
            ", ".join(rule.id for rule in reasons),
            ("letter" in str(worked.expected["basis"])) == (len(letters) == len(reasons) > 0),
        )
    if also:
        found = {code: ask(code).licence("us.") for code in also}
        said.values["also_for"] = Match(str(found), all(word == "required" for word in found.values()))
    return said


def _asked_destination(worked: Worked) -> str:
    stated = words.country(worked.text("destination", "dest"))
    return stated or words.countries(worked.question)[-1]


def processing_performance(desk: Desk, worked: Worked) -> Said:
    """How many operations a second reach a total processing performance at a bit length: by Licet's own measure."""
    item: Plain = {"kind": "integrated_circuit", "rates": [{"tops": 1, "bits": worked.facts["bits"]}]}
    unit = desk.ask(Draft(worked.on, "US", "CN", item)).number("item.tpp")
    assert unit is not None
    flops = Fraction(str(worked.facts["TPP"])) / unit
    return Said({"tera_flops": flops, "tera_ops": flops, "mac_tops": flops / 2})


def foundry_presumption(desk: Desk, worked: Worked) -> Said:
    """What a foundry or packaging house must presume of a logic chip it made for someone else."""
    facts = worked.facts
    approved = facts.get("designer_approved", bool(re.search(r"\bfor an? (approved|authori[sz]ed)\b", worked.question)))
    packager = str(facts.get("packaged_by", facts.get("osat", ""))).casefold()
    item = {
        "kind": "integrated_circuit",
        "shipped_by_fab": True,
        "advanced_logic": _advanced(str(facts.get("node", ""))),
        "ic_designer": "approved" if approved else "other",
        "designer_attests_below": facts.get("attests_below", True if approved else None),
        "packaged_by": "approved_osat" if "approved" in packager else "fabricator_outside_d5" if packager else None,
        "attested_transistors_bn": facts.get("transistors_bn"),
        "contains_hbm": facts.get("hbm"),
        "us_technology": True,
    }
    made, *rest = [*words.countries(worked.question), "TW"]
    to = next((code for code in rest if code != made), "SG")
    draft = Draft(worked.on, made, to, item)
    if words.country(str(facts.get("designer_parent", ""))):
        draft.buyer = {"parent_headquarters": words.country(facts["designer_parent"])}
    answer = desk.ask(draft)
    holds = answer.truth("us.ear.ccl.3A090.a_note_1")
    text = {True: "3A090.a, datacenter", False: "none", None: "unknown"}[holds]
    return Said({"presumption": text, "rebutted": None if holds is None else not holds}, [answer])


def _advanced(node: str) -> bool:
    """Whether a node name means 16/14 nm or less."""
    numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", node)]
    return bool(numbers) and min(numbers) <= 16
