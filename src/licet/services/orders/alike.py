"""Lines that the law cannot tell apart, decided once: which these are is found for all lines of a day at once.

Only plain lines go this way: at most one item without parts, parties without owners and rows of lists. All others, and
those whose facts contradict each other, are decided one by one.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from licet.facts.case import Case
from licet.facts.dictionary import level, own_name
from licet.facts.elements import Element, NoneOf
from licet.logic.alike.asked import Asked, Constants, Names
from licet.logic.alike.elements import MISSING, NO_ELEMENT, Elements
from licet.logic.alike.faults import Faults
from licet.logic.alike.laws import Laws, Lines
from licet.logic.alike.looked import Looked
from licet.logic.alike.signature import Signatures
from licet.logic.alike.values import Kept, Values
from licet.logic.carried import Dependents
from licet.logic.contradictions import Contradictions
from licet.logic.decide import RELIEF, Decider
from licet.logic.declared import PREFIX, telling, untold
from licet.logic.evaluate import Evaluator, Node
from licet.logic.territory import ungoverned
from licet.rules.law import Law
from licet.rules.snapshot import snapshot
from licet.services.check import Checker, KnownRows, Options
from licet.services.orders.jobs import Numbers
from licet.services.orders.vectors import Reads

MAX_ROWS = 600_000  # distinct elements kept; then all are forgotten


class Plain(NamedTuple):
    """A line as rows: of the case as a whole, and of its item."""

    root: int
    item: int


@dataclass(slots=True)
class Alike:
    """Numbers the lines of a law: those with the same number have the same short answer.

    `reads` tells what the law can see of facts. `elements` holds the rows of the cases given, until it is
    told to make room: then all rows are others.
    """

    checker: Checker
    options: Options
    reads: Reads
    names: Names = field(default_factory=Names)
    kept: Kept = field(default_factory=Kept)
    asks: dict[int, tuple[Node, Looked]] = field(default_factory=dict)
    constants: Constants = field(default_factory=dict)
    faults: dict[Hashable, Looked] = field(default_factory=dict)
    told: dict[Hashable, bool] = field(default_factory=dict)
    elements: Elements = field(init=False)
    wrong: list[bool] = field(default_factory=list)
    recognised: dict[str, bool] = field(default_factory=dict)
    ranges: frozenset[str] = field(init=False)
    contradictions: Contradictions = field(init=False)
    dependents: Dependents = field(init=False)

    def __post_init__(self) -> None:
        self.ranges = frozenset(self.checker.law.fact_measures())
        self.dependents = self.checker.dependents or Dependents(self.checker.law)
        # Of these only what is so on every day is asked.
        self.contradictions = Contradictions(Evaluator(snapshot(self.checker.law, self.checker.law.encoded_from)))
        self._forget()

    def make_room(self) -> bool:
        """Forget all elements if they are too many."""
        full = sum(table.size for table in self.elements.tables.values()) > MAX_ROWS
        if full:
            self._forget()
        return full

    def _forget(self) -> None:
        self.elements = Elements(shared(self.checker.law), self.reads.counts, self.reads.alike)
        # What tests say is kept by the numbers of values.
        self.kept, self.asks, self.constants, self.faults, self.wrong = Kept(), {}, {}, {}, []

    # --- cases as rows --------------------------------------------------------------------------

    def plain(self, case: Case) -> Plain | None:
        """The rows of a case whose parties are held against no lists; None where it has to be decided by itself."""
        if not self.is_plain(case):
            return None
        root = case.root
        root.facts.pop("case.on", None)
        beside = self.elements.of_case(root)
        for party in root.lists.get("parties", ()):
            party.others.pop("listings", None)
        parties = tuple([self.elements.party(party, beside) for party in root.lists.get("parties", ())])
        return Plain(self.root(root, parties), self.elements.item(case.items[0], beside) if case.items else NO_ELEMENT)

    def root(self, root: Element, parties: tuple[int, ...]) -> int:
        """The row of a case as a whole, whose parties have these rows."""
        row = self.elements.case(root, parties)
        if row == len(self.wrong):
            self.wrong.append(any(True for _ in self.contradictions.whole(root)))
        return row

    def is_plain(self, case: Case) -> bool:
        """Whether a case can be decided together with others."""
        root = case.root
        if len(case.items) > 1 or case.holdings is not None or root.lists.get("held") or "case.minute" in root.facts:
            return False
        return all(map(self._plain_item, case.items)) and all(map(self._plain_party, root.lists.get("parties", ())))

    def _plain_item(self, item: Element) -> bool:
        facts = item.facts
        if any(item.lists.values()) or "item.bom" in facts or facts.get("item.kind") == "other":
            return False
        return all(fact not in facts or facts[fact][0] == facts[fact][1] for fact in self.ranges)

    def _plain_party(self, party: Element) -> bool:
        if any(party.lists.values()):
            return False
        return not any(self._known(str(party.facts.get(fact, ""))) for fact in ("party.entity", "party.name"))

    def _known(self, name: str) -> bool:
        if name not in self.recognised:
            self.recognised[name] = self.checker.known.find(name) is not None
        return self.recognised[name]

    # --- signatures -----------------------------------------------------------------------------

    def numbers(self, days: Sequence[tuple[Decider, Numbers, Numbers]]) -> tuple[Signatures, NDArray[np.bool_]]:
        """The number of each line, given by its rows, by the law of its day; and whether its facts contradict."""
        roots = np.concatenate([rows for _, rows, _ in days])
        items = np.concatenate([rows for _, _, rows in days])
        ends = np.cumsum([len(rows) for _, rows, _ in days]).tolist()
        laws = Laws([decider for decider, *_ in days], self.dependents)
        values = Values(laws, self.elements, Lines(self.elements, roots, items, ends), self.kept)
        signs = Signatures(values, Asked(values, self.names, self.asks, self.constants), self.names)
        signs.work_out()
        for when, decider in enumerate(laws.deciders):
            self._coverage(signs, decider, values.lines.slice(when, when))
        return signs, Faults(values, self.faults).lines_with(np.array(self.wrong, np.bool_))

    def _coverage(self, signs: Signatures, decider: Decider, lines: slice) -> None:
        """What says that the answers of a day are not the whole ones."""
        rows, inverse = np.unique(signs.values.lines.roots[lines], return_inverse=True)
        missing = np.array([self._goes_through(decider, int(row)) for row in rows], np.bool_)
        signs.add_missing("other law", missing[inverse], lines)
        self._untold(signs, decider, lines)
        self._age(signs, decider, lines)

    def _goes_through(self, decider: Decider, row: int) -> bool:
        """Whether a case goes through a country whose export law is not encoded on the day."""
        table, facts = self.elements.tables["case"], {}
        for fact in ("shipment.from", "shipment.exporter_country", "shipment.via"):
            column = table.codes(fact)
            if column is not None and column[row] > MISSING:
                facts[fact] = self.elements.value(fact, int(column[row]))
        return any(True for _ in ungoverned(decider, facts))

    def _untold(self, signs: Signatures, decider: Decider, lines: slice) -> None:
        """Codes declared for a list with a say that no provision tells, where it may come out clear."""
        every = signs.values.lines.all
        for fact in sorted(self.elements.tables["item"].columns):
            column = signs.values.codes(every, fact, fact) if fact.startswith(PREFIX) else None
            if column is None:
                continue
            there = np.unique(column[lines]).tolist()
            codes = [code for code in there if code > MISSING and self._is_untold(fact, code, decider)]
            if codes:
                scheme = fact.removeprefix(PREFIX)
                best = signs.best.get(scheme)
                clear = np.isin(column[lines], codes)
                clear = clear if best is None else clear & (best[lines] <= RELIEF)
                signs.add_missing(("untold", scheme), clear & signs.has_say(decider, scheme, lines), lines)

    def _is_untold(self, fact: str, code: int, decider: Decider) -> bool:
        law = decider.law
        key = fact, code, hash(telling(law, fact.removeprefix(PREFIX)))
        if key not in self.told:
            item = Element({fact: self.elements.value(fact, code)})
            self.told[key] = any(True for _ in untold(law, item))
        return self.told[key]

    def _age(self, signs: Signatures, decider: Decider, lines: slice) -> None:
        """Whether the day lies beyond what was read, of the instruments that have a say."""
        day, age = decider.law.day, self.options.law_age
        size = lines.stop - lines.start
        old, any_say = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
        for instrument in decider.instruments:
            if decider.needs[instrument.id]:
                says = signs.reach[instrument.id][lines] != 0
                any_say |= says
                if day - instrument.checked_to > age:
                    old |= says
        oldest = min(i.checked_to for i in decider.law.law.instruments.values())
        signs.add_missing("too old", np.where(any_say, old, day - oldest > age), lines)


def seen(party: Element, known: KnownRows) -> Element:
    """A party with what a screen tells of its rows."""
    made = Element(party.facts, party.label)
    made.lists, made.closed = party.lists, dict(party.closed)
    if known.in_doubt:
        made.closed["listings"] = None
    if known.not_on is not None:
        made.told["listings"] = {"listing.list": NoneOf(known.not_on)}
    return made


def shared(law: Law) -> frozenset[str]:
    """The facts of a case as a whole that rules about items, parties and their rows read."""
    found: set[str] = set()
    for rule in law.rules.values():
        if rule.subject not in ("case", "route"):
            for version in rule.versions:
                found.update(own_name(fact) for fact in version.reads() if level(fact) == "case")
    return frozenset(found - {"case.on"})
