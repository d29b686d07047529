"""What lists and groups hold on a day: rows of parties, country groups, the Common High Priority List."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from licet.facts.elements import Element
from licet.parties.known import KnownParties, Party, Row, name_key
from licet.services.regimes import regimes

from .. import words
from ..desk import Desk
from ..load import Worked
from ..said import Match, Said

LISTS = {
    "us.el": "Entity List",
    "us.ns_cmic": "NS-CMIC",
    "us.sdn": "SDN",
    "us.ssi": "SSI",
    "us.uvl": "Unverified List",
    "us.meu": "MEU List",
}
TIERS = ("1", "2", "3.A", "3.B", "4.A", "4.B")


def named(known: KnownParties, text: str) -> list[Party]:
    """The known parties a text names, the longest name first."""
    folded = name_key(text)
    found = sorted((name for name in known.names if name in folded), key=len, reverse=True)
    rest, entities = folded, []
    for name in found:
        if name in rest:
            rest = rest.replace(name, " ")
            entities.append(known.names[name])
    return [known.parties[entity] for entity in dict.fromkeys(entities)]


def rows(desk: Desk, worked: Worked) -> Said:
    """The rows of the party a question names."""
    parties = named(desk.checker.known, worked.text("party", "entity") or worked.question)
    if not parties:
        return Said(open="the party is not in the file of known parties")
    standing = [row for row in parties[0].rows if row.in_force(worked.on)]
    return Said({key: _row_value(key, expected, standing) for key, expected in worked.expected.items()})


def validated_end_user(desk: Desk, worked: Worked) -> Said:
    """Whether a firm is a validated end user on the day, and the first day on which it is none any more."""
    (party, *_) = named(desk.checker.known, worked.text("entity"))

    def stands(day: date) -> bool | None:
        element = Element({"party.entity": party.entity, "party.country": party.country}, party.names[0])
        return desk.checker.decider(day, False).evaluator.rule("us.ear.748.veu.general")(element)

    versions = desk.checker.law.rules["us.ear.748.veu.general"].versions
    later = sorted(v.start for v in versions if isinstance(v.start, date) and v.start > worked.on)
    ends = next((day for day in later if stands(day) is False), None)
    return Said({"veu": stands(worked.on), "ends": None if ends is None else ends.isoformat()})


def _row_value(key: str, expected: Any, standing: list[Row]) -> Any:
    entity = [row for row in standing if row.list == "us.el"]
    if key == "entity_list":
        return bool(entity)
    if key in ("SDN", "SSI"):
        return any(LISTS.get(row.list) == key for row in standing)
    if key == "list":
        names = {LISTS[row.list] for row in standing if row.list in LISTS}
        return Match(" + ".join(sorted(names)), set(re.split(r" \+ ", str(expected))) == names)
    if key == "footnote":
        notes = sorted({int(note) for row in entity for note in row.footnotes if note.isdigit()})
        return Match(str(notes), notes == ([] if expected is None else [expected]))
    if key == "policy":
        return entity[0].policy.replace("_", " ") if entity else "none"
    if key == "cite":
        cites = "; ".join(row.cite for row in standing)
        return Match(cites, all(page in cites for page in re.split(r";\s*", str(expected))))
    if key == "programme":
        tags = sorted({note for row in standing for note in row.footnotes} | {row.list for row in standing})
        return Match(", ".join(tags), _programme(str(expected), standing))
    if key == "date":
        days = [row.start.isoformat() for row in standing]
        return Match(", ".join(days), expected in days)
    return None


def _programme(expected: str, standing: list[Row]) -> bool:
    """An executive order by its number; the sectoral list is that of E.O. 13662."""
    number = re.sub(r"\D", "", expected)
    return any(number in note for row in standing for note in row.footnotes) or (
        number == "13662" and any(row.list == "us.ssi" for row in standing)
    )


def defence_list(desk: Desk, worked: Worked) -> Said:
    """A list that dropped named firms: it took effect if their rows are gone on the day."""
    parties = named(desk.checker.known, worked.question)
    if not parties:
        return Said(open="the parties are not in the file of known parties")
    standing = [any(row.list == "us.1260h" and row.in_force(worked.on) for row in party.rows) for party in parties]
    return Said({"effective": True if not any(standing) else False if all(standing) else None})


def regime(desk: Desk, worked: Worked) -> Said:
    """Whether a country takes part in a regime."""
    del desk
    wanted = worked.text("regime").casefold()
    found = next((each for each in regimes(worked.on, [worked.text("country")]).regimes if each.id == wanted), None)
    if found is None:
        return Said(open="no such regime is encoded")
    member = found.states[0].member
    return Said({"member": None if member == "unknown" else member == "yes"})


def country_groups(desk: Desk, worked: Worked) -> Said:
    """The country groups of a country on the days about a change, as far as the groups are encoded."""
    code = words.countries(worked.question)[0]
    dates = re.findall(r"\d{4}-\d{2}-\d{2}", worked.question)
    change = date.fromisoformat(dates[0]) if dates else worked.on
    days = {"before": change - timedelta(days=1), "after": change, "groups": worked.on}
    encoded = {group.rpartition(".")[2]: group for group in desk.groups("us.group.") if re.search(r"\.[A-E]\d$", group)}

    def standing(day: date) -> list[str]:
        return [f"{name[0]}:{name[1]}" for name, group in encoded.items() if code in desk.members(group, day)]

    said = Said()
    for key, expected in worked.expected.items():
        if key in days and isinstance(expected, list):
            left_out = [name for name in expected if name.replace(":", "") not in encoded]
            found = standing(days[key])
            text = ", ".join(found) + (f" ({', '.join(left_out)} not encoded)" if left_out else "")
            said.values[key] = Match(text, sorted({*expected} - {*left_out}) == sorted(found))
    return said


def _tier(desk: Desk, day: date, code: str) -> str | None:
    digits = re.sub(r"\D", "", code)
    return next((tier for tier in TIERS if any(digits.startswith(one) for one in _codes(desk, day, tier))), None)


def _codes(desk: Desk, day: date, tier: str) -> frozenset[str]:
    return desk.members(f"shared.chpl.tier-{tier.replace('.', '')}", day)


def priority_code(desk: Desk, worked: Worked) -> Said:
    """The tier of a tariff code."""
    tier = _tier(desk, worked.on, worked.text("hs"))
    return Said({"on_list": tier is not None, "tier": tier})


def priority_counts(desk: Desk, worked: Worked) -> Said:
    """How many codes the list has."""
    counts = {tier: len(_codes(desk, worked.on, tier)) for tier in TIERS}
    return Said({**counts, "total": sum(counts.values())})
