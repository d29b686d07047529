"""The interview: which question next, and what an answer does to the case.

Only facts that can still change the outcome are asked. The rule that is nearest to being decided goes
first: once a licence is needed, whatever could only ask for another one need not be asked. Among its
facts the one is chosen that, over the answers it may get, leaves the least open. Yes/no facts of one
thing are put as one checklist, and what is said of several parties alike is asked once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from licet.facts.case import Case
from licet.facts.dictionary import CLOSED_WHEN_GIVEN, own_name
from licet.facts.elements import Element, line
from licet.facts.truth import Truth
from licet.logic.ask import Open, OpenFact
from licet.logic.decide import Bounds, Decider, Line, Needed
from licet.rules import tree
from licet.services.check import Checker
from licet.services.samples import samples_of

CANDIDATES = 12
TRIALS, CROWD = 240, 50  # answers tried of a case of one item; parties, owners and rows that take as long as an item
GROUPED = ("complete.listings", "complete.owners", "complete.rates")
NO_SIGN = "none_after_inquiry"
CHECKLIST = 8


@dataclass(slots=True)
class Asked:
    """A question put to a person: one fact, or a checklist of several; `rules` wait for the answer."""

    parts: list[tuple[str, Element]] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)

    @property
    def fact(self) -> str:
        """The fact, or the first one of a checklist."""
        return self.parts[0][0]

    @property
    def elements(self) -> list[Element]:
        """The things it is about."""
        return [element for _, element in self.parts]

    @property
    def about(self) -> str:
        """What it is about, in words; empty for the case as a whole."""
        return ", ".join(dict.fromkeys(element.label for element in self.elements if element.root is not element))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A requirement for a line, and the open facts that it waits for."""

    line: Line
    need: Needed
    facts: dict[tuple[str, int], str]


class Interview:
    """An interview over one case. The case is changed as answers come in."""

    def __init__(self, checker: Checker, case: Case) -> None:
        self.checker, self.case = checker, case
        self.decider: Decider
        self.decider, _ = checker.prepare(case)
        self.samples = samples_of(self.decider.law)
        self.declined: set[tuple[str, int]] = set()
        self.keys: dict[tuple[str, int], str] = {}
        self.keep = frozenset[str]()  # what elements need not forget, as long as no answer has changed them
        self.count = 0

    def bounds(self) -> Bounds:
        """The bounds of the case as it stands."""
        return _overall(self._decided())

    def _decided(self) -> list[Line]:
        """All lines as they stand."""
        found = list[Line]()
        for item in self.case.lines:
            found.append(self.decider.decide(line(self.case.root, item, self.keep), item))
            self.keep = self.checker.kept()
        return found

    def _waiting(self) -> list[Waiting]:
        """The requirements that can still make the outcome worse, with what they wait for and nobody declined."""
        lines, found = self._decided(), list[Waiting]()
        floor = _overall(lines).best
        for one in lines:
            one.settle(len(lines) == 1, self.keep)
            for need, asks in self.decider.asked_needs(one, floor):
                open_ = {key: fact for key, (fact, _) in asks.items() if key not in self.declined}
                if open_:
                    found.append(Waiting(one, need, open_))
        return found

    def _opened(self, waiting: Waiting) -> Open:
        """The facts that a requirement waits for, with the rules in between."""
        if self.case.root.item is not waiting.line.item:
            waiting.line.settle(False, self.keep)
        opened = self.decider.opened(waiting.need, waiting.line)
        return {key: opened[key] for key in waiting.facts}

    def _openness(self) -> int:
        """How many facts can still change the outcome and were not declined; none where it is settled."""
        lines, opened = self._decided(), set[tuple[str, int]]()
        bounds = _overall(lines)
        if bounds.best == bounds.worst:
            return 0
        for one in lines:
            one.settle(len(lines) == 1, self.keep)
            opened.update(self.decider.asked(one, bounds.best))
        return len(opened - self.declined)

    def next(self) -> Asked | None:
        """The best question; None where the outcome is settled or nothing more can be asked."""
        needs = self._waiting()
        if not needs:
            return None
        nearest = min(needs, key=self._length)
        questions = self._widened(self._grouped(self._opened(nearest).values()), self._everything(needs))
        if len(questions) == 1:
            return questions[0]
        tried = self._affordable(questions[:CANDIDATES])
        return min(tried, key=self._left_open) if len(tried) > 1 else questions[0]

    def _affordable(self, questions: list[Asked]) -> list[Asked]:
        """As many of the first questions as can be tried before who waits for one loses patience."""
        root, lines = self.case.root, len(self.case.lines)
        others = sum(1 for party in root.lists.get("parties", ()) for _ in party.all())
        left, found = TRIALS // (lines * (1 + others // CROWD)), list[Asked]()
        for question in questions:
            left -= max(1, len(self.samples.of(question.fact, self.checker.law.dictionary)))
            if left < 0:
                break
            found.append(question)
        return found

    def _length(self, waiting: Waiting) -> tuple[bool, int]:
        """Law that is sure to reach the case comes first, then the rule with the fewest questions."""
        return waiting.need.reach is not True, len({self._key(*key) for key in waiting.facts})

    def _everything(self, needs: list[Waiting]) -> list[OpenFact]:
        """All open facts, each with the rules in between of the last requirement that waits for it."""
        last: Open = {}
        for waiting in reversed(needs):
            fresh = waiting.facts.keys() - last.keys()
            if fresh:
                opened = self._opened(waiting)
                last.update((key, opened[key]) for key in fresh)
        return [last[key] for key in dict.fromkeys(key for waiting in needs for key in waiting.facts)]

    def _widened(self, questions: list[Asked], everything: Iterable[OpenFact]) -> list[Asked]:
        """The questions with the other open facts of the same checklists."""
        wider = {self._key(asked.fact, id(asked.elements[0])): asked for asked in self._grouped(everything)}
        return [wider[self._key(asked.fact, id(asked.elements[0]))] for asked in questions]

    def _key(self, fact: str, element: int) -> str:
        """What belongs into one question: a checklist, a fact of several parties, or a fact of an element by itself."""
        key = self.keys.get((fact, element))
        if key is None:
            key = self.keys[fact, element] = self._key_of(fact, element)
        return key

    def _key_of(self, fact: str, element: int) -> str:
        known = self.checker.law.dictionary.find(fact)
        if fact in GROUPED:
            return fact
        if known is not None and known.type == "yes_no" and not fact.startswith("complete."):
            return fact if fact.startswith("party.") else f"{fact.partition('.')[0]} {element}"
        if known is not None and NO_SIGN in known.values:
            return NO_SIGN
        return f"{fact} {element}"

    def _grouped(self, opened: Iterable[OpenFact]) -> list[Asked]:
        """Questions, the ones most rules wait for first; a checklist holds the facts that matter most."""
        found: dict[str, Asked] = {}
        for item in sorted(opened, key=lambda item: -len(item.rules)):
            asked = found.setdefault(self._key(item.fact, id(item.element)), Asked())
            if len(asked.parts) < CHECKLIST:
                asked.parts.append((item.fact, item.element))
                asked.rules.extend(rule for rule in item.rules if rule not in asked.rules)
        return sorted(found.values(), key=lambda asked: -len(asked.rules))

    def _left_open(self, asked: Asked) -> float:
        """How much is left open on average over the answers; less is better."""
        if asked.fact.startswith("complete."):
            return self._try_complete(asked)
        answers = self.samples.of(asked.fact, self.checker.law.dictionary)
        if not answers:
            return float(self._openness())
        before = [dict(element.facts) for element in asked.elements]  # a range may be known already
        total = 0.0
        for value in answers:
            for fact, element in asked.parts:
                element.facts[fact] = value
                element.changed()
            total += self._openness()
            for element, facts in zip(asked.elements, before, strict=True):
                element.facts = dict(facts)
                element.changed()
        return total / len(answers)

    def _try_complete(self, asked: Asked) -> float:
        of = asked.fact.partition(".")[2]
        before = [element.closed.get(of) for element in asked.elements]
        for element in asked.elements:
            element.closed[of] = True
            element.changed()
        score = self._openness()
        for element, value in zip(asked.elements, before, strict=True):
            element.closed[of] = value
            element.changed()
        return score

    # --- answers ------------------------------------------------------------------------------

    def decline(self, asked: Asked) -> None:
        """I don't know: the fact stays open and is not asked again."""
        self.count += 1
        self.declined.update((fact, id(element)) for fact, element in asked.parts)

    def answer(self, asked: Asked, values: list[Any]) -> None:
        """One value for each part of the question; None leaves that one open."""
        self.count += 1
        for (fact, element), value in zip(asked.parts, values, strict=True):
            if value is None or _is_range(value):
                self.declined.add((fact, id(element)))  # a range is all that is known: it is not asked again
            if value is not None:
                element.facts[own_name(fact)] = value
        self._refresh()

    def complete(self, asked: Asked, closed: Truth, members: list[list[Element]]) -> None:
        """Whether the lists asked about are complete, with further members of each."""
        self.count += 1
        of = asked.fact.partition(".")[2]
        for element, further in zip(asked.elements, members, strict=True):
            if further:
                element.add(of, [*element.lists.get(of, []), *further], element.closed.get(of))
            if closed is True:
                element.closed[of] = True
            else:
                self.declined.add((asked.fact, id(element)))
        self._refresh()

    def rates(self, asked: Asked, pairs: list[tuple[Any, Any]]) -> None:
        """A measure given by what it is computed from: pairs such as 1979@8 for tops and bits."""
        self.count += 1
        of, first, second = self.pair_of(asked.fact) or ("", "", "")
        said = [{first: left, second: right} for left, right in pairs]
        members = [
            Element({name: value for name, value in facts.items() if value is not None}, f"{of}[{number}]")
            for number, facts in enumerate(said, 1)
        ]
        for element in asked.elements:
            element.add(of, members, True if of in CLOSED_WHEN_GIVEN else None)
        self._refresh()

    def pair_of(self, fact: str) -> tuple[str, str, str] | None:
        """The list and the two facts a measure multiplies over it, if it is of that form."""
        held = self.decider.law.measures.get(fact)
        value = held.value[0].value if held is not None and len(held.value) == 1 else None
        match value:
            case tree.Aggregate(
                of=of, value=tree.Arith(left=tree.NumberFact(name=left), right=tree.NumberFact(name=right))
            ):
                return of, left, right
        return None

    def _refresh(self) -> None:
        """Parties named in an answer may be known ones; the act may select other instruments."""
        self.keep = frozenset()
        self.checker.resolve(self.case, self.decider.law.day)


def _overall(lines: list[Line]) -> Bounds:
    overall = Bounds()
    for one in lines:
        overall = overall.join(one.overall())
    return overall


def _is_range(value: Any) -> bool:
    return isinstance(value, tuple) and value[0] != value[1]
