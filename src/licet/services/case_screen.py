"""The parties of a case and their owners held against the lists that are loaded.

A row is taken where the party bears exactly a name of the entry and nothing known speaks against it (`case_sure`), or
where somebody decided that it is the party. A firm of the law's own file is asked for by all its names. Any other hit
leaves the list open for this party, as does a list that is stale, not certain for the day, or not loaded, and a name
that cannot be read: an open list never clears anybody. What is on none of the others is told so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from licet.facts.case import Case
from licet.facts.elements import Element, NoneOf
from licet.facts.truth import word
from licet.logic.decide import CHANNEL_ACTS
from licet.logic.decision import ListedAs, ListsUsed, PartyScreened
from licet.parties.entry import Entry
from licet.parties.known import name_key
from licet.parties.rows_dates import amendments_of
from licet.services.case_sure import bears, is_sure
from licet.services.check import KnownRows
from licet.services.listed_row import row_element, row_facts_of
from licet.services.resolve import everybody
from licet.services.screen import Screener
from licet.services.screen_model import Asked, Found, Screened

MAX_SHOWN = 5
_TELLING = ("party.name", "party.entity", "party.kind", "party.country", "party.headquarters")


@dataclass(slots=True)
class CaseScreen:
    """Screens the parties of cases on one day. `read` keeps parties as they are screened, also for other days."""

    screener: Screener
    answered: dict[Asked, Screened] = field(default_factory=dict)
    read: dict[tuple[object, ...], tuple[Asked, ...]] = field(default_factory=dict)
    sound: frozenset[str] | None = None
    heard: dict[tuple[Asked, ...], KnownRows | None] = field(default_factory=dict)

    def foresee(self, elements: Iterable[Element]) -> None:
        """Find out at once of which parties nothing is found, on whatever day."""
        self.screener.foresee(one for element in elements for one in self._asked(element))

    def ask(self, elements: Iterable[Element]) -> None:
        """Screen many parties at a time, so that it is known when they are met one by one."""
        asked = dict.fromkeys(one for element in elements for one in self._asked(element))
        fresh = [one for one in asked if one not in self.answered and not self.screener.silent(one)]
        for one, answer in zip(fresh, self.screener.each(fresh), strict=True):
            self.answered[one] = answer

    def known(self, element: Element) -> KnownRows | None:
        """What is known of the rows of a party of which the case says none; None where one of a list is taken for it.

        The same as `fill` gives it.
        """
        asked = self._asked(element)
        if all(map(self.screener.silent, asked)):
            return KnownRows(self._sound()) if asked else KnownRows()
        if asked not in self.heard:
            self.ask([element])
            alone = Element(dict(element.facts))
            self._fill(alone, [self._answer(one) for one in asked], frozenset())
            (not_on,) = alone.told["listings"].values()
            self.heard[asked] = (
                None if alone.lists.get("listings") else KnownRows(not_on.texts, "listings" in alone.closed)
            )
        return self.heard[asked]

    def _answer(self, asked: Asked) -> Screened:
        """What was found for a party; nothing, where that is known of any day."""
        if asked not in self.answered:
            lists = self.screener.lists
            return Screened(asked, (), lists, lists.complete, lists.why)
        return self.answered[asked]

    def fill(self, case: Case) -> tuple[PartyScreened, ...]:
        """Give every party and owner of the case its rows, and tell which lists have none of it."""
        needed = self._needed(CHANNEL_ACTS.get(str(case.root.facts.get("act")), "export"))
        elements = [(element, self._asked(element)) for element in everybody(case.root)]
        asking = dict.fromkeys(one for _, asked in elements for one in asked)
        fresh = [one for one in asking if one not in self.answered]
        self.answered.update(zip(fresh, self.screener.screen(fresh), strict=True))
        found = [
            self._fill(element, [self.answered[one] for one in asked], needed) for element, asked in elements if asked
        ]
        return tuple(dict.fromkeys(found))  # one that stands in several places is shown once

    def used(self, known: ListsUsed) -> ListsUsed:
        """The lists of a decision: those known by the law's own file, and those that were screened against."""
        lists = self.screener.lists
        digest = hashlib.sha256(f"{known.snapshot} {lists.snapshot}".encode()).hexdigest()
        days = {state.list: "" if state.edition is None else state.edition.isoformat() for state in lists.states}
        return replace(known, snapshot=digest, names=known.names | days, notes=lists.why)

    def _asked(self, element: Element) -> tuple[Asked, ...]:
        """A party as it is screened, by each of its names."""
        key = tuple([element.facts.get(fact) for fact in _TELLING])
        if key not in self.read:
            self.read[key] = tuple(_asked(element, self._names(element)))
        return self.read[key]

    def _names(self, element: Element) -> tuple[str, ...]:
        """The name of a party, and those of the firm it is known to be."""
        said = element.facts.get("party.name")
        known = self.screener.parties.find(str(element.facts.get("party.entity", "")))
        found: dict[str, str] = {}
        for name in (*((str(said),) if said else ()), *(known.names if known else ())):
            found.setdefault(name_key(name), name)
        return tuple(found.values())

    def _fill(self, element: Element, answers: Sequence[Screened], needed: frozenset[str]) -> PartyScreened:
        stated = self._stated(element)
        shown, rows, undecided, sure, in_doubt = [], [], set[str](), set[str](), False
        more = any(answer.more or answer.query.problem is not None for answer in answers)
        for asked, found in _merged(answers):
            taken, because = _taken(asked, found)
            name = found.hit.entry.list
            if taken is None and name in sure and not (found.decided or (found.doubts and bears(asked.name, found))):
                taken, because = False, "its own row on this list is known"
            if taken is True:
                sure.add(name)
            own = stated.get(name)
            if taken is True and name not in stated:
                rows.append(row_element(self._row(found), found.row.cite))
            elif taken is True and own is not None:
                _join(own.facts, self._row(found))
            if taken is None:
                undecided.add(name)
                in_doubt = in_doubt or bears(asked.name, found)
            shown.append(_shown(found, word(taken), because))
        # A case that calls its rows complete does not settle an entry of the very name: somebody has to decide on it.
        if rows or in_doubt:
            closed = None if in_doubt else element.closed.get("listings")
            element.add("listings", [*element.lists.get("listings", ()), *rows], closed)
        sound = self._sound() - undecided if not more else frozenset[str]()
        element.told["listings"] = {"listing.list": NoneOf(frozenset(sound))}
        listed = any(one.taken == "yes" for one in shown)
        result = (
            "possible"
            if undecided or any(answer.more for answer in answers)
            else "listed"
            if listed
            else "clear"
            if needed <= sound
            else "open"
        )
        return PartyScreened(element.label, result, tuple(shown[:MAX_SHOWN]))

    def _stated(self, element: Element) -> dict[str, Element | None]:
        """The lists of which the party has a row already: None where the case itself names it, which then stands."""
        known = self.screener.parties.find(str(element.facts.get("party.entity", "")))
        own = {f"{row.list} ({row.cite})" for row in known.rows} if known else set()
        rows = element.lists.get("listings", ())
        found = {str(row.facts.get("listing.list")): row if row.label in own else None for row in rows}
        return found | {str(row.facts.get("listing.list")): None for row in rows if row.label not in own}

    def _row(self, found: Found) -> dict[str, object]:
        """The facts of a row; of one that was amended after the day only which list it is on."""
        row, day = found.row, self.screener.lists.day
        if any(change is None or change > day for change in amendments_of(row.cite)):
            return {"listing.list": row.list}
        facts = row_facts_of(row)
        if "footnotes" in row.unread:
            del facts["listing.footnotes"]
        return facts

    def _sound(self) -> frozenset[str]:
        """The lists on which what is not found is not: fresh, and certain for the day."""
        if self.sound is None:
            lists, loaded = self.screener.lists, self.screener.gathered.loaded
            stale = {state.list for state in lists.states if state.stale}
            sound = (name for name, one in loaded.items() if one.certain and not one.coming and name not in stale)
            self.sound = frozenset(sound)
        return self.sound

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


def _taken(asked: Asked, found: Found) -> tuple[bool | None, str]:
    """Whether a hit counts as the party, and why."""
    decided = found.decided
    if decided is not None and decided.stands and decided.decision in ("true", "false"):
        return decided.confirms, f"decided by {decided.by} on {decided.at.date()}: {decided.reason}"
    if found.doubts:
        return None, found.doubts[0]
    if not is_sure(asked.name, found, asked.kind):
        return None, "to be decided (licet hits decide)"
    return True, "bears exactly this name, and nothing known speaks against it"


def _merged(answers: Sequence[Screened]) -> list[tuple[Asked, Found]]:
    """Each entry once, with the name of the party that tells most of it: one decided on, then the very name."""
    best: dict[tuple[str, str], tuple[Asked, Found]] = {}
    for answer in answers:
        for found in answer.hits:
            key, pair = (found.hit.entry.list, found.hit.entry.id), (answer.query, found)
            if key not in best or _tells(*pair) > _tells(*best[key]):
                best[key] = pair
    return sorted(best.values(), key=lambda pair: -pair[1].hit.score)


def _tells(asked: Asked, found: Found) -> tuple[bool, bool, bool, float]:
    decided = found.decided
    stands = decided is not None and decided.stands
    return decided is not None and decided.confirms, stands, is_sure(asked.name, found, asked.kind), found.hit.score


def _join(known: dict[str, object], listed: dict[str, object]) -> None:
    """What the list says now, into a row of the law's own file, which may be older; no footnote is lost."""
    before, now = (facts.get("listing.footnotes", frozenset()) for facts in (known, listed))
    known.update(listed)
    if isinstance(before, frozenset) and isinstance(now, frozenset) and before | now:
        known["listing.footnotes"] = before | now


def _asked(element: Element, names: Sequence[str]) -> list[Asked]:
    """A party as it is screened, by each of its names."""
    facts = element.facts
    kind = facts.get("party.kind", "unknown")
    countries = {facts[fact] for fact in ("party.country", "party.headquarters") if isinstance(facts.get(fact), str)}
    if kind not in ("firm", "person", "vessel", "aircraft"):
        kind = "firm" if kind == "university" else "unknown"
    return [Asked(name, kind, countries=tuple(sorted(countries))) for name in names]


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
