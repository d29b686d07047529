"""The short answer to a line, put together from what was worked out for all lines at once.

The parts of the answer are those of `licet.services.brief`. What an open provision asks of a line is asked of the
scalar engine once, and told again for every line of which the same is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from licet.facts.case import Case
from licet.facts.elements import Element, line
from licet.facts.truth import Truth
from licet.logic.alike.signature import Need, Signatures
from licet.logic.alike.values import NO, UNKNOWN, YES, Truths
from licet.logic.answers import strictness
from licet.logic.decide import CASE, Bounds, Decider, Line, Needed
from licet.services.brief import Brief, composed

_TRUTHS: tuple[Truth, ...] = (False, None, True)
_Asked = tuple[tuple[str, str], ...]  # facts with what tells their elements apart


@dataclass(slots=True)
class Told:
    """Puts answers together; keeps what provisions ask, by the numbers of it."""

    facts: dict[tuple[str, int], _Asked] = field(default_factory=dict)

    def answer(self, signs: Signatures, when: int, place: int, case: Callable[[], Case]) -> Brief | None:
        """The short answer to a line, by one of the laws; None where only the line itself tells it."""
        decider = signs.deciders[when]
        found = Line(Element({}), None)
        here = [need for need in signs.needs if need.lines.start <= place < need.lines.stop]
        needs = [(need, _needed(need, place)) for need in here if need.value[place - need.lines.start] != NO]
        order = {held.rule.id: number for number, held in enumerate(h for of in decider.needs.values() for h in of)}
        needs.sort(key=lambda each: order[each[1].rule.rule.id])
        instruments = decider.law.law.instruments
        for _, needed in needs:
            found.needed.setdefault(instruments[needed.rule.rule.instrument].jurisdiction, []).append(needed)
        at = slice(place, place + 1)
        bounds = {
            name: found.bounds(name)
            for name in dict.fromkeys(instrument.jurisdiction for instrument in decider.instruments)
            if signs.has_say(decider, name, at)[0]
        }
        policies = self._policies(signs, place, found, bounds)
        if policies is None:
            return None
        act = signs.values.codes(signs.values.lines.all, "act", "act")
        buying = act is not None and signs.governs["export"][place] == NO
        coverage = "none" if not bounds else "partial" if signs.missing[place] else "complete"
        overall = found.overall()
        questions = self._questions(signs, needs, overall, place, _Asker(decider, case)) if needs else ()
        return composed([found], bounds, buying, coverage, policies, questions)

    @staticmethod
    def _policies(signs: Signatures, place: int, found: Line, bounds: dict[str, Bounds]) -> list[str] | None:
        """The policies that apply, by jurisdiction, the strictest first; None where a row of a list says one."""
        said: dict[str, None] = {}
        for jurisdiction in bounds:
            needs = found.needed.get(jurisdiction, ())
            wanted = (held for need in needs for held in signs.policies_of(need.rule.rule.id, place))
            words = [held.extra["policy"] for held in {held.rule.id: held for held in wanted}.values()]
            if "row" in words:
                return None
            said |= {f"{jurisdiction} {word}": None for word in sorted(words, key=lambda word: -strictness(word))}
        return list(said)

    def _questions(
        self, signs: Signatures, needs: list[tuple[Need, Needed]], overall: Bounds, place: int, asker: _Asker
    ) -> tuple[str, ...]:
        """Open facts, the one most provisions wait for first (as `Decider.open_facts` and `Report.questions`)."""
        opened: dict[tuple[str, str], dict[str, None]] = {}
        done: set[str] = set()
        by_jurisdiction: dict[str, list[tuple[Need, Needed]]] = {}
        instruments = signs.values.law.instruments
        for pair in needs:
            by_jurisdiction.setdefault(instruments[pair[1].rule.rule.instrument].jurisdiction, []).append(pair)
        for need, needed in (pair for pairs in by_jurisdiction.values() for pair in pairs):
            if needed.bounds.worst <= overall.best or needed.bounds.best == needed.bounds.worst:
                continue
            if needed.value is None and needed.reach is None and signs.no_act[place]:
                opened.setdefault(("act", "case"), {})[needed.rule.rule.id] = None
            for rule in _asks(need, needed, signs, place):
                if rule not in done:
                    done.add(rule)
                    for fact in self._facts(rule, int(signs.asked.over(rule)[place]), asker):
                        opened.setdefault(fact, {})[rule] = None
        ranked = sorted(opened, key=lambda fact: -len(opened[fact]))
        return tuple(dict.fromkeys(fact for fact, _ in ranked))

    def _facts(self, rule: str, number: int, asker: _Asker) -> _Asked:
        if not number:
            return ()
        key = rule, number
        if key not in self.facts:
            self.facts[key] = asker.facts(rule)
        return self.facts[key]


@dataclass(slots=True)
class _Asker:
    """Asks the scalar engine about one case, which is read when first asked."""

    decider: Decider
    read: Callable[[], Case]
    case: Case | None = None

    def facts(self, rule: str) -> _Asked:
        """The open facts of a rule, with the places of their elements in the case."""
        if self.case is None:
            self.case = self.read()
            line(self.case.root, self.case.items[0] if self.case.items else None)
        found = self.decider.asker.asks(rule, self.case.root, CASE)
        return tuple((fact, _place(element, self.case.root)) for fact, element in found.values())


def _place(element: Element, root: Element) -> str:
    """What tells an element of a case from the others."""
    if element is root:
        return "case"
    if element is root.item:
        return "item"
    above = element.up if element.up is not None else root
    if element.others_of:
        return f"{_place(above, root)} other {element.others_of}"
    for of, members in above.lists.items():
        for number, member in enumerate(members):
            if member is element:
                return f"{_place(above, root)} {of} {number}"
    return f"element {id(element)}"


def _at(values: Truths, need: Need, place: int) -> int:
    return int(values[place - need.lines.start])


def _needed(need: Need, place: int) -> Needed:
    """The requirement for one line."""
    reliefs = tuple(
        (relief, _TRUTHS[_at(lifted, need, place)], _TRUTHS[_at(barred, need, place)])
        for relief, _, lifted, barred in need.reliefs
        if _at(lifted, need, place) != NO
    )
    value, reach = _TRUTHS[_at(need.value, need, place)], _TRUTHS[_at(need.reach, need, place)]
    bounds = Bounds(_at(need.best, need, place), _at(need.worst, need, place))
    return Needed(need.shape.held, value, reach, reliefs, bounds)


def _asks(need: Need, needed: Needed, signs: Signatures, place: int) -> Iterator[str]:
    """The provisions that a requirement waits for, in the order in which they are asked."""
    if needed.value is None:
        if needed.reach is None:
            yield from (rule for rule in need.shape.reach if signs.values.over(rule)[place] == UNKNOWN)
        if signs.values.over(needed.rule.rule.id)[place] == UNKNOWN:
            yield needed.rule.rule.id
    for relief, bars, lifted, barred in need.reliefs:
        may, off = _at(lifted, need, place), _at(barred, need, place)
        if may == NO or off == YES:
            continue
        if may == UNKNOWN:
            yield relief.rule.id
        if off == UNKNOWN:
            yield from (bar for bar in bars if signs.values.over(bar)[place] == UNKNOWN)
