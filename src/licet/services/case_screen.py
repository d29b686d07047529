"""The parties of a case and their owners held against the lists that are loaded.

A row is taken where the party bears exactly a name of the entry and nothing known speaks against it, or where somebody
decided that it is the party. Any other hit leaves the list open for this party, as does a list that is stale, not
certain for the day, or not loaded: an open list never clears anybody. What is on none of the others is told so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from licet.facts.case import Case
from licet.facts.elements import Element, NoneOf
from licet.facts.truth import word
from licet.logic.decide import CHANNEL_ACTS
from licet.logic.decision import ListedAs, ListsUsed, PartyScreened
from licet.parties.entry import Entry
from licet.parties.known import name_key
from licet.parties.rows_dates import amendments_of
from licet.services.resolve import row_element
from licet.services.screen import Screener
from licet.services.screen_model import Asked, Found, Screened

SURE_KINDS = ("primary", "alias", "original", "former", "added")  # of names: a weak one proves nothing
PERSON = "person"
AGAINST = frozenset(("kind", "country", "birth"))
MAX_SHOWN = 5


@dataclass(slots=True)
class CaseScreen:
    """Screens the parties of cases on one day."""

    screener: Screener
    answered: dict[Asked, Screened] = field(default_factory=dict)

    def fill(self, case: Case) -> tuple[PartyScreened, ...]:
        """Give every party and owner of the case its rows, and tell which lists have none of it."""
        needed = self._needed(CHANNEL_ACTS.get(str(case.root.facts.get("act")), "export"))
        elements = [element for element in _parties(case.root) if element.facts.get("party.name")]
        asked = [_asked(element) for element in elements]
        fresh = [one for one in dict.fromkeys(asked) if one not in self.answered]
        self.answered.update(zip(fresh, self.screener.screen(fresh), strict=True))
        found = [self._fill(element, self.answered[one], needed) for element, one in zip(elements, asked, strict=True)]
        return tuple(dict.fromkeys(found))  # one that stands in several places is shown once

    def used(self, known: ListsUsed) -> ListsUsed:
        """The lists of a decision: those known by the law's own file, and those that were screened against."""
        lists = self.screener.lists
        digest = hashlib.sha256(f"{known.snapshot} {lists.snapshot}".encode()).hexdigest()
        days = {state.list: "" if state.edition is None else state.edition.isoformat() for state in lists.states}
        return replace(known, snapshot=digest, names=known.names | days, notes=lists.why)

    def _fill(self, element: Element, answer: Screened, needed: frozenset[str]) -> PartyScreened:
        stated = {row.facts.get("listing.list") for row in element.lists.get("listings", ())}
        shown, rows, undecided, sure = [], [], set[str](), set[str]()
        for found in answer.hits:
            taken, because = self._taken(element, found)
            name = found.hit.entry.list
            if taken is None and name in sure and not found.decided:
                taken, because = False, "its own row on this list is known"
            if taken is True:
                sure.add(name)
            if taken is True and name not in stated:
                rows.append(row_element(self._row(found), found.row.cite))
            if taken is None:
                undecided.add(name)
            shown.append(_shown(found, word(taken), because))
        if rows:
            element.add("listings", [*element.lists.get("listings", ()), *rows], element.closed.get("listings"))
        sound = self._sound() - undecided if not answer.more else frozenset[str]()
        element.told["listings"] = {"listing.list": NoneOf(frozenset(sound))}
        listed = any(one.taken == "yes" for one in shown)
        result = (
            "possible" if undecided or answer.more else "listed" if listed else "clear" if needed <= sound else "open"
        )
        return PartyScreened(element.label, result, tuple(shown[:MAX_SHOWN]))

    def _taken(self, element: Element, found: Found) -> tuple[bool | None, str]:
        """Whether a hit counts as the party, and why."""
        decided = found.decided
        if decided is not None and decided.stands and decided.decision in ("true", "false"):
            return decided.confirms, f"decided by {decided.by} on {decided.at.date()}: {decided.reason}"
        if found.doubts:
            return None, found.doubts[0]
        if not is_sure(str(element.facts["party.name"]), found):
            return None, "to be decided (licet hits decide)"
        return True, "bears exactly this name, and nothing known speaks against it"

    def _row(self, found: Found) -> dict[str, object]:
        """The facts of a row; of one that was amended after the day only which list it is on."""
        row, day = found.row, self.screener.lists.day
        facts: dict[str, object] = {"listing.list": row.list}
        if any(change is None or change > day for change in amendments_of(row.cite)):
            return facts
        if "footnotes" not in row.unread:
            facts["listing.footnotes"] = frozenset(row.footnotes)
        if row.scope:
            facts["listing.scope"] = row.scope
        if row.policy:
            facts["listing.policy"] = row.policy
        if row.exceptions_barred is not None:
            facts["listing.exceptions_barred"] = row.exceptions_barred
        return facts

    def _sound(self) -> frozenset[str]:
        """The lists on which what is not found is not: fresh, and certain for the day."""
        lists, loaded = self.screener.lists, self.screener.gathered.loaded
        stale = {state.list for state in lists.states if state.stale}
        return frozenset(name for name, one in loaded.items() if one.certain and not one.coming and name not in stale)

    def _needed(self, channel: str) -> frozenset[str]:
        """The lists that the law of a channel (export, procurement, investment) reads."""
        effects = self.screener.effects
        if effects is None:
            return frozenset()
        instruments = effects.decider.law.law.instruments
        return frozenset(
            name
            for name in effects.lists
            if any(instruments[held.rule.instrument].channel == channel for held in effects.readers.of(name))
        )


def is_sure(name: str, found: Found) -> bool:
    """Whether a hit is the party without anybody's word: the very name, and of a person more than a name."""
    hit = found.hit
    if hit.alias_kind not in SURE_KINDS or name_key(hit.alias) != name_key(name):
        return False
    if any(reason.code in AGAINST and reason.weight < 0 for reason in hit.reasons):
        return False
    told = {reason.code for reason in hit.reasons if reason.weight > 0}
    return hit.entry.kind != PERSON or bool(told & {"birth", "identifier"})


def _parties(root: Element) -> Iterator[Element]:
    """Every party of a case and every owner behind one."""
    pending = list(root.lists.get("parties", ()))
    while pending:
        element = pending.pop(0)
        pending.extend(element.lists.get("owners", ()))
        yield element


def _asked(element: Element) -> Asked:
    """A party as it is screened."""
    facts = element.facts
    kind = facts.get("party.kind", "unknown")
    countries = {facts[fact] for fact in ("party.country", "party.headquarters") if isinstance(facts.get(fact), str)}
    return Asked(
        name=str(facts["party.name"]),
        kind=kind
        if kind in ("firm", "person", "vessel", "aircraft")
        else "firm"
        if kind == "university"
        else "unknown",
        countries=tuple(sorted(countries)),
    )


def _shown(found: Found, taken: str, because: str) -> ListedAs:
    entry: Entry = found.hit.entry
    reasons = tuple(f"{reason.text} ({reason.weight:+.2f})" for reason in found.hit.reasons)
    return ListedAs(
        entry.list,
        entry.id,
        entry.name,
        found.hit.alias,
        round(found.hit.score, 3),
        taken,
        because,
        entry.cite,
        reasons,
    )
