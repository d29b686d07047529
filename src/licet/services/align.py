"""`licet align`: which countries control a technology, since when, and from where it could still be had.

The matrix is made by running the law: each reference item is sold from each place on every day on which the place's own
law changed. Only the law of the place of export counts, not what another state asks of goods of its own abroad.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from licet.facts.countries import country_hint, country_names
from licet.facts.elements import Element, line
from licet.facts.errors import CaseError, nearest, quoted
from licet.logic.answers import Answers
from licet.logic.decide import HOLD, RELIEF, Bounds, Decider, Line
from licet.rules.law import Law
from licet.rules.model import Instrument
from licet.rules.snapshot import snapshot
from licet.services.align_model import (
    NO,
    UNKNOWN,
    UNREAD,
    YES,
    AlignAnswer,
    Control,
    ItemAnswer,
    Joining,
    Place,
    ReferenceItem,
    Row,
    Stretch,
    Technology,
)
from licet.services.align_read import read_places, read_technology, read_template, reference_case
from licet.services.align_turns import Turns, touched
from licet.services.check import Checker

_DAY = timedelta(days=1)
_MEMBERS = "eu.group.members"
NEARLY_ALL = 0.8  # of the places: one whose law was read long ago does not hold the day back


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: sales to which country, over which days, and on which day it is told where the item can be had.

    Without that day it is the last for which the law was read.
    """

    to: str
    start: date
    end: date
    on: date | None = None
    items: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def align(
    checker: Checker, root: Path, name: str, asked: Asked, progress: Callable[[str], None] = lambda _: None
) -> AlignAnswer:
    """The matrix of a technology. Raises CaseError, LawError."""
    if asked.to not in country_names():
        raise CaseError.one("E_COUNTRY", f"{quoted(asked.to)} is no country", hint=country_hint(asked.to))
    if asked.start > asked.end:
        raise CaseError.one("E_DATE", f"{asked.start} is after {asked.end}")
    if asked.on is not None and not asked.start <= asked.on <= asked.end:
        raise CaseError.one("E_DATE", f"{asked.on} does not lie between {asked.start} and {asked.end}")
    technology = _only(read_technology(root, name), asked.items)
    places = _places(read_places(root), asked.places)
    sales = Sales(checker, root, technology, asked)
    rows: dict[str, list[Row]] = {item.id: [] for item in technology.items}
    for place in places:
        progress(place.name)
        for item, row in sales.rows(place):
            rows[item].append(row)
    source = technology.makers_source
    every = [row for found in rows.values() for row in found]
    on = asked.on.isoformat() if asked.on is not None else _last_read(every, asked.end.isoformat())
    return AlignAnswer(
        technology=technology.id,
        title=technology.title,
        to=asked.to,
        start=asked.start.isoformat(),
        end=asked.end.isoformat(),
        on=on,
        law=checker.law.hash,
        makers=technology.makers,
        makers_source=source.cite if source is not None else "",
        items=tuple(_answer(item, tuple(rows[item.id]), technology, on) for item in technology.items),
        regimes=technology.regimes,
    )


def _only(technology: Technology, wanted: tuple[str, ...]) -> Technology:
    known = {item.id: item for item in technology.items}
    for name in wanted:
        if name not in known:
            hint = nearest(name, known) or f"one of {', '.join(known)}"
            raise CaseError.one("E_ITEM", f"{technology.id} has no item {quoted(name)}", hint=hint)
    return replace(technology, items=tuple(known[name] for name in wanted)) if wanted else technology


def _places(known: tuple[Place, ...], wanted: tuple[str, ...]) -> tuple[Place, ...]:
    by_code = {place.code: place for place in known}
    for code in wanted:
        if code not in country_names():
            raise CaseError.one("E_COUNTRY", f"{quoted(code)} is no country", hint=country_hint(code))
    return tuple(by_code.get(code, Place(code, country_names()[code][0])) for code in wanted) or known


class Sales:
    """Sells the items of one technology, from each place on each day."""

    def __init__(
        self,
        checker: Checker,
        root: Path,
        technology: Technology,
        asked: Asked,
        deciders: dict[date, Decider] | None = None,
    ) -> None:
        self.checker, self.law, self.technology, self.asked = checker, checker.law, technology, asked
        self.template = read_template(root)
        self.deciders = {} if deciders is None else deciders

    def said(self, place: Place, item: ReferenceItem, day: date) -> Stretch:
        """What the place's own law says of an item on one day, as if what was last read of it went on."""
        seller = self._seller(place)
        return self._said(seller, item, day)[0] if seller.begun(day) else _unread(day)

    def rows(self, place: Place) -> Iterator[tuple[str, Row]]:
        """The row of each item at a place."""
        seller = self._seller(place)
        turns = Turns(self.law, seller.jurisdictions)
        for item in self.technology.items:
            yield item.id, _row(seller, tuple(self._stretches(seller, item, turns)))

    def _seller(self, place: Place) -> _Seller:
        own = [i for i in self.law.instruments.values() if i.channel == "export" and governs(self.law, i, place.code)]
        return _Seller(place, tuple(own), tuple(dict.fromkeys(i.jurisdiction for i in own)))

    def _stretches(self, seller: _Seller, item: ReferenceItem, turns: Turns) -> list[Stretch]:
        """The answers for an item, each with the days over which it holds."""
        found: list[Stretch] = []
        days = self._days(seller, turns)
        rested: tuple[date, frozenset[str], Element] | None = None
        for first, after in zip(days, [*days[1:], self.asked.end + _DAY], strict=True):
            last = (after - _DAY).isoformat()
            if not seller.read(first):
                said, rested = _unread(first), None
            elif (
                rested is not None and seller.same(rested[0], first) and not turns.matter(rested[0], first, *rested[1:])
            ):
                said, rested = found[-1], (first, *rested[1:])
            else:
                said, on = self._said(seller, item, first)
                rested = (first, *on)
            _add(found, replace(said, last=last))
        return found

    def _days(self, seller: _Seller, turns: Turns) -> list[date]:
        """The first day asked about, and each on which the law of the seller may have changed."""
        found = {*turns.rules, *(i.encoded_from for i in seller.own), *(i.checked_to + _DAY for i in seller.own)}
        return [self.asked.start, *sorted(day for day in found if self.asked.start < day <= self.asked.end)]

    def _decider(self, day: date) -> Decider:
        """The decider of a day; not kept by the checker, which would hold hundreds of days."""
        if day not in self.deciders:
            before = next(reversed(self.deciders.values()), None)
            self.deciders[day] = self.checker.following(before, snapshot(self.law, day))
        return self.deciders[day]

    def _said(self, seller: _Seller, item: ReferenceItem, day: date) -> tuple[Stretch, tuple[frozenset[str], Element]]:
        """What the law of the day says of an item (`last` is for the caller to fill in), and what that rests on."""
        case = reference_case(self.template, self.technology, item, self._words(seller.place), self.law.dictionary)
        case.on = day
        decider, _ = Checker(self.law, self.checker.known, {(day, False): self._decider(day)}).prepare(case)
        (only,) = case.items
        found = decider.decide(line(case.root, only), only, {i.id for i in seller.own})
        bounds = Bounds()
        for jurisdiction in seller.jurisdictions:
            bounds = bounds.join(found.bounds(jurisdiction))
        value = YES if bounds.best >= HOLD else NO if bounds.worst <= RELIEF else UNKNOWN
        partly = value == NO and not {gap.id for i in seller.own for gap in i.gaps}.isdisjoint(decider.gaps(found))
        said = _told(decider, found, Stretch(day.isoformat(), "", value, partly, (), (), (), ""), seller.jurisdictions)
        return said, (touched([case.root, only], decider.law), only)

    def _words(self, place: Place) -> dict[str, str]:
        union = {member for version in self.law.rules[_MEMBERS].versions for member in version.members}
        told = {"US": place.code == "US", "EU": place.code in union}
        return {"FROM": place.code, "TO": self.asked.to} | {key: "yes" if held else "no" for key, held in told.items()}


@dataclass(frozen=True, slots=True)
class _Seller:
    """A place of export with the instruments that are its own export law."""

    place: Place
    own: tuple[Instrument, ...]
    jurisdictions: tuple[str, ...]

    def read(self, day: date) -> bool:
        """Whether some of its law was read for this day."""
        return any(i.encoded_from <= day <= i.checked_to for i in self.own)

    def begun(self, day: date) -> bool:
        """Whether some of its law is encoded for this day or one before."""
        return any(i.encoded_from <= day for i in self.own)

    def same(self, day: date, other: date) -> bool:
        """Whether on both days the same of its instruments are encoded."""
        return all((i.encoded_from <= day) == (i.encoded_from <= other) for i in self.own)


def _unread(day: date) -> Stretch:
    return Stretch(day.isoformat(), day.isoformat(), UNREAD, False, (), (), (), "")


def _told(decider: Decider, found: Line, said: Stretch, jurisdictions: tuple[str, ...]) -> Stretch:
    """With the provisions, entries, lines and policy that stand behind a yes."""
    if said.value != YES or found.item is None:
        return said
    answers = Answers(decider)
    needs = [need for j in jurisdictions for need in found.needed.get(j, ()) if need.bounds.best >= HOLD]
    described = [a for j in jurisdictions for a in answers.of_kind(found, j, "entry", True) if a.value == "yes"]
    held = [decider.law.rules[answer.id] for answer in described]
    lines = [margin for margin in decider.margins.of(held, found.item) if _met(margin.distance, margin.op)]
    policies = [policy for j in jurisdictions for policy in answers.policies(found, j) if policy.value == "yes"]
    return replace(
        said,
        by=tuple(dict.fromkeys(need.rule.rule.cite for need in needs)),
        entries=tuple(dict.fromkeys(answer.cite for answer in described)),
        thresholds=tuple(dict.fromkeys(f"{margin.fact} {margin.op} {margin.line}" for margin in lines)),
        policy=policies[0].detail.get("policy", "") if policies else "",
    )


def governs(law: Law, instrument: Instrument, country: str) -> bool:
    """Whether an instrument is, or was, law of a country."""
    for name in instrument.territory:
        group = law.rules.get(name)
        if name == country or (group is not None and any(country in v.members for v in group.versions)):
            return True
    return False


def _met(distance: str, op: str) -> bool:
    """Whether the item lies on the side of the line that the entry names."""
    if "across" in distance:
        return False
    if distance == "at the line":
        return op in ("<=", ">=", "=")
    return distance.endswith("above") == (op in (">", ">="))


def _add(stretches: list[Stretch], said: Stretch) -> None:
    """Add a stretch, or lengthen the last one where nothing changed."""
    if stretches and replace(said, first="", last="") == replace(stretches[-1], first="", last=""):
        stretches[-1] = replace(stretches[-1], last=said.last)
    else:
        stretches.append(said)


def _row(seller: _Seller, stretches: tuple[Stretch, ...]) -> Row:
    place = seller.place
    return Row(place.code, place.name, seller.jurisdictions, stretches, tuple(controls(stretches)))


def controls(stretches: tuple[Stretch, ...]) -> Iterator[Control]:
    """The controls that a row of stretches makes, each from its first yes to the last before the next no."""
    run: list[Stretch] = []
    before = UNREAD
    for stretch in stretches:
        if stretch.value == YES:
            if not run:
                certain = before == NO
            run.append(stretch)
        elif stretch.value == NO and run:
            yield Control(run[0].first, run[-1].last, not certain)
            run = []
        before = stretch.value
    if run:
        yield Control(run[0].first, run[-1].last, not certain)


def _last_read(rows: Iterable[Row], end: str) -> str:
    """The last of the days for which the law of nearly all places was read of which it ever was."""
    read = [stretch for row in rows for stretch in row.stretches if stretch.value != UNREAD]
    count = {day: sum(s.first <= day <= s.last for s in read) for day in {stretch.last for stretch in read}}
    most = max(count.values(), default=0)
    return max((day for day, found in count.items() if found >= NEARLY_ALL * most), default=end)


def _answer(item: ReferenceItem, rows: tuple[Row, ...], technology: Technology, day: str) -> ItemAnswer:
    since = sorted(row.controls[0].first for row in rows if row.controls and not row.controls[0].at_latest)
    makers = technology.makers or tuple(row.place for row in rows)
    here = {row.place: row.on(day) for row in rows}
    free = tuple(place for place in makers if (s := here.get(place)) is not None and s.value == NO)
    open_ = tuple(place for place in makers if (s := here.get(place)) is None or s.value in (UNKNOWN, UNREAD))
    return ItemAnswer(
        id=item.id,
        name=item.name,
        rows=rows,
        first=since[0] if since else "",
        last=since[-1] if since else "",
        unsure=tuple(row.place for row in rows if row.controls and row.controls[0].at_latest),
        lag=(date.fromisoformat(since[-1]) - date.fromisoformat(since[0])).days if since else None,
        sources=free,
        open=open_,
        joining=tuple(Joining(place, tuple(other for other in free if other != place)) for place in free),
    )
