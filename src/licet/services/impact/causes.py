"""Why a line turns out otherwise: it is decided on both sides, and every value of a provision is looked at.

A cause is a provision that turned between the sides, on which the answer rests, and whose own value for the line, or
what it orders, is another one. A provision that only follows another is none. Rows on lists of parties count alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from licet.facts.case import Case
from licet.facts.elements import Element
from licet.logic.decide import Decider, Needed
from licet.services.brief import briefed
from licet.services.check import Checker, Options, Report, Resolved
from licet.services.impact.model import Cause
from licet.services.impact.turned import Turned
from licet.services.lawrows import changed_rows
from licet.services.orders.vectors import words_of

_LET_IN = ("bar", "policy", "measure", "ownership")  # nothing an answer names refers to them


@dataclass(frozen=True, slots=True)
class Seen:
    """A case decided on one side: the values of provisions by element, what is needed, and the rows of its parties."""

    decider: Decider
    values: dict[str, dict[str, Any]]
    needed: dict[str, Needed]
    rows: dict[tuple[str, str], str]
    words: frozenset[str]
    day: date


class Causes:
    """Finds the causes for lines. `turned` are the provisions that turned between the two sides."""

    def __init__(
        self, before: tuple[Checker, date | None], after: tuple[Checker, date | None], options: Options,
        turned: dict[str, Turned],
    ) -> None:  # fmt: skip
        self.before, self.after, self.options, self.turned = before, after, options, turned
        self.named: dict[tuple[int, str], tuple[str, ...]] = {}

    def of(self, read: Callable[[], Case], was: Iterable[str], now: Iterable[str]) -> tuple[Cause, ...]:
        """The causes for a line: its case read afresh, and what is cited before and after. Raises CaseError."""
        old, new = self._seen(self.before, read()), self._seen(self.after, read())
        found = [*self._rows(old, new), *(self.turned[name].cause for name in self._provisions(old, new))]
        if found:
            return tuple(dict.fromkeys(found))
        return (untraced(was, now),)

    def _seen(self, side: tuple[Checker, date | None], case: Case) -> Seen:
        checker, on = side
        case.on = on or self.options.on or case.on
        options = replace(self.options, on=None)
        day = checker.dated(case, options)
        resolved = checker.resolve(case, day)
        decider = checker.decider(day, False)
        checker.fit(case, decider)
        report = Report(checker, case, decider, options, resolved)
        values: dict[str, dict[str, Any]] = {}

        def look() -> None:
            for path, element in _elements(case):
                for name, value in element.memo.items():
                    if name in checker.law.rules:
                        values.setdefault(name, {})[path] = value

        briefed(report, look)
        needed = {need.rule.rule.id: need for line in report.found for needs in line.needed.values() for need in needs}
        return Seen(decider, values, needed, dict(_listed(case)) | dict(_hits(resolved)), words_of(case), day)

    # --- provisions ---------------------------------------------------------------------------

    def _provisions(self, old: Seen, new: Seen) -> Iterator[str]:
        """The provisions that turned and matter: those behind what is needed otherwise, or any where there are none."""
        own = [name for name in self.turned if self._differs(name, old, new)]
        behind = self._behind(old, new)
        moved = [name for name in self.turned if name in behind and self._lets_in(name, old, new)]
        near = [name for name in own if name in behind or self.turned[name].rule.kind in _LET_IN]
        yield from dict.fromkeys([*near, *moved] or own)

    def _differs(self, name: str, old: Seen, new: Seen) -> bool:
        """Whether a provision has another value for the line, or says something else where it may apply."""
        was, now = (_true(seen.values.get(name, {})) for seen in (old, new))
        if was != now:
            return True
        first, second = (seen.decider.law.rules.get(name) for seen in (old, new))
        return bool(was) and first is not None and second is not None and first.extra != second.extra

    def _lets_in(self, name: str, old: Seen, new: Seen) -> bool:
        """Whether a group that turned gained or lost something that stands in the case."""
        turned = self.turned[name]
        if turned.rule.kind != "group":
            return False
        return turned.moved is None or not turned.moved.isdisjoint(old.words | new.words) or _coded(name, old, new)

    def _behind(self, old: Seen, new: Seen) -> set[str]:
        """What the requirements and prohibitions that came out otherwise rest on, and they themselves.

        What has the same value on both sides explains nothing, and neither does what it refers to.
        """
        pending: list[tuple[int, str]] = []
        for name in {*old.needed, *new.needed}:
            was, now = old.needed.get(name), new.needed.get(name)
            if _said(was) != _said(now):
                roots = [name, *_reliefs_that_differ(was, now)]
                there = all(name in seen.decider.law.rules for seen in (old, new))
                if there and (was is None or now is None or was.reach != now.reach):
                    roots += self._reach(name, old, new)
                pending += [(number, root) for root in roots for number in (0, 1)]
        found: set[tuple[int, str]] = set()
        while pending:
            number, name = step = pending.pop()
            seen = (old, new)[number]
            if step not in found and name in seen.decider.law.rules:
                found.add(step)
                if self._moves(name, old, new):
                    pending += [(number, other) for other in self._names(number, name, seen)]
        return {name for _, name in found}

    def _moves(self, name: str, old: Seen, new: Seen) -> bool:
        """Whether a provision may hand on what moved: its values differ, or it keeps none of its own (groups)."""
        if self.turned.get(name) is not None and self.turned[name].rule.kind == "group":
            return True
        was, now = (seen.values.get(name) for seen in (old, new))
        return (was is None and now is None) or _true(was or {}) != _true(now or {})

    def _reach(self, name: str, old: Seen, new: Seen) -> Iterator[str]:
        """The provisions on reach of the instrument of a provision."""
        for seen in (old, new):
            held = seen.decider.law.rules.get(name)
            if held is not None:
                for other in seen.decider.law.of_kind("reach"):
                    if other.rule.instrument == held.rule.instrument:
                        yield other.rule.id

    def _names(self, number: int, name: str, seen: Seen) -> tuple[str, ...]:
        """The provisions and groups that a provision refers to on a side."""
        key = (number, f"{seen.day} {name}")
        if key not in self.named:
            held = seen.decider.law.rules.get(name)
            self.named[key] = () if held is None else tuple(held.version.refers())
        return self.named[key]

    # --- rows of parties ----------------------------------------------------------------------

    def _rows(self, old: Seen, new: Seen) -> Iterator[Cause]:
        """Rows of the parties of the case that came or went."""
        for party, name in dict.fromkeys([*old.rows, *new.rows]):
            was, now = old.rows.get((party, name)), new.rows.get((party, name))
            if was != now:
                what = "came" if was is None else "went" if now is None else "changed"
                yield self._row(party, name, what, now or was or "", old.day, new.day)

    def _row(self, party: str, name: str, what: str, label: str, first: date, second: date) -> Cause:
        known = self.after[0].known.find(party)
        if known is not None and first < second:
            for row in changed_rows(known, first, second):
                if row.list == name:
                    title = f"{row.name}: {row.list}"
                    return Cause(
                        "row", f"{row.entity} {name}", row.cite, title, row.what, row.day, row.detail, row.cite
                    )
        cite = label.partition(" (")[2].removesuffix(")")
        return Cause("row", f"{party} {name}", cite, f"{party}: {name}", what, "", "", cite)


def untraced(was: Iterable[str], now: Iterable[str]) -> Cause:
    """What is named where no provision that turned is found: the provisions that only one of the answers cites."""
    before, after = set(was), set(now)
    cites = [*sorted(after - before), *sorted(before - after)]
    said = ", ".join(cites) or "no provision"
    what = "applies" if after - before else "no longer applies" if before - after else "other"
    return Cause("untraced", f"? {said}", said, "not traced to one change", what, "", "", "")


def _true(values: dict[str, Any]) -> dict[str, Any]:
    """Values without those that say no: a provision that is not there says it too."""
    return {path: value for path, value in values.items() if value is not False}


def _said(need: Needed | None) -> object:
    return None if need is None or need.value is False else (need.value, need.bounds, need.rule.extra)


def _reliefs_that_differ(was: Needed | None, now: Needed | None) -> Iterator[str]:
    before, after = (
        {relief.rule.id: values for relief, *values in need.reliefs} if need is not None else {} for need in (was, now)
    )
    yield from (name for name in {**before, **after} if before.get(name) != after.get(name))


def _coded(name: str, old: Seen, new: Seen) -> bool:
    """Whether a group is one of codes, whose members are not held against words."""
    return any(
        held is not None and held.match == "code" for held in (s.decider.law.rules.get(name) for s in (old, new))
    )


def _elements(case: Case) -> Iterator[tuple[str, Element]]:
    pending = [("case", case.root), *((f"item {number}", item) for number, item in enumerate(case.items))]
    while pending:
        path, element = pending.pop()
        yield path, element
        pending.extend((f"{path}/{of}?", other) for of, other in element.others.items())
        for of, members in element.lists.items():
            pending.extend((f"{path}/{of}{number}", member) for number, member in enumerate(members))


def _hits(resolved: Resolved) -> Iterator[tuple[tuple[str, str], str]]:
    """The rows that screening found for every party, also where it is open whether they are about it."""
    for screened in resolved.screened:
        for hit in screened.hits:
            yield (screened.party, hit.list), f"{hit.name}, {hit.taken} ({hit.cite})"


def _listed(case: Case) -> Iterator[tuple[tuple[str, str], str]]:
    """The rows of every party of a case: by party and list, what tells one row from another."""
    for _, element in _elements(case):
        for row in element.lists.get("listings", ()):
            party = str(element.facts.get("party.entity") or element.facts.get("party.name") or "a party")
            yield (party, str(row.facts.get("listing.list"))), row.label
