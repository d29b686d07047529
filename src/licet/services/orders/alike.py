"""Lines that the law cannot tell apart, decided once: which these are is found for all lines of a day at once.

Only plain lines go this way: at most one item without parts, parties without owners and rows of lists. All others, and
those whose facts contradict each other, are decided one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from licet.facts.case import Case
from licet.facts.dictionary import level, own_name
from licet.facts.elements import Element
from licet.logic.alike.asked import Asked, Constants, Names
from licet.logic.alike.domain import Domain
from licet.logic.alike.elements import MISSING, Elements
from licet.logic.alike.faults import Faults
from licet.logic.alike.signature import Signatures
from licet.logic.alike.values import Kept, Looked, Values
from licet.logic.contradictions import Contradictions
from licet.logic.decide import RELIEF, Decider
from licet.logic.declared import PREFIX, telling, untold
from licet.logic.evaluate import Evaluator, Node
from licet.rules.law import Law
from licet.rules.snapshot import snapshot
from licet.services.check import Checker, Options, ungoverned
from licet.services.orders.pieces import Pieces
from licet.services.orders.rows import Rows

MAX_ROWS = 600_000  # distinct elements kept; then all are forgotten


@dataclass(slots=True)
class Alike:
    """Numbers the lines of a law: those with the same number have the same short answer."""

    checker: Checker
    options: Options
    rows: Rows
    counts: Callable[[str], bool]
    names: Names = field(default_factory=Names)
    kept: Kept = field(default_factory=Kept)
    asks: dict[int, tuple[Node, Looked]] = field(default_factory=dict)
    constants: Constants = field(default_factory=dict)
    faults: dict[Hashable, Looked] = field(default_factory=dict)
    told: dict[Hashable, bool] = field(default_factory=dict)
    elements: Elements = field(init=False)
    pieces: Pieces = field(init=False)
    wrong: list[bool] = field(default_factory=list)
    recognised: dict[str, bool] = field(default_factory=dict)
    ranges: frozenset[str] = field(init=False)
    contradictions: Contradictions = field(init=False)

    def __post_init__(self) -> None:
        self.ranges = frozenset(self.checker.law.fact_measures())
        # Of these only what is so on every day is asked.
        self.contradictions = Contradictions(Evaluator(snapshot(self.checker.law, self.checker.law.encoded_from)))
        self.forget()

    def make_room(self) -> None:
        """Forget all elements if they are too many."""
        if sum(table.size for table in self.elements.tables.values()) > MAX_ROWS:
            self.forget()

    def forget(self) -> None:
        """Forget all elements; what tests say is bound to their numbers."""
        self.elements = Elements(shared(self.checker.law), self.counts)
        self.pieces = Pieces(self.rows, self.elements, self._is_plain, self._whole)
        self.kept, self.asks, self.constants, self.faults, self.wrong = Kept(), {}, {}, {}, []

    # --- cases as rows --------------------------------------------------------------------------

    def _whole(self, root: Element, row: int) -> None:
        """Note whether a case as a whole contradicts itself on every day."""
        if row == len(self.wrong):
            self.wrong.append(any(True for _ in self.contradictions.whole(root)))

    def _is_plain(self, case: Case) -> bool:
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

    def numbers(
        self, lines: Sequence[tuple[int, int]], decider: Decider
    ) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
        """The number of each line under the law of a day, and whether its facts contradict each other."""
        roots = np.array([root for root, _ in lines], np.int64)
        items = np.array([item for _, item in lines], np.int64)
        at = Domain(self.elements, ("case",), (roots,), items, np.arange(len(lines)))
        values = Values(decider.evaluator, self.elements, at, self.kept)
        signs = Signatures(decider, values, Asked(values, self.names, self.asks, self.constants), self.names)
        signs.work_out()
        self._coverage(signs, decider)
        wrong = Faults(decider.contradictions, values, self.faults).lines_with(np.array(self.wrong, np.bool_))
        return signs.numbers, wrong

    def _coverage(self, signs: Signatures, decider: Decider) -> None:
        """What says that an answer is not the whole one."""
        lines = signs.values.lines
        rows, inverse = np.unique(lines.at[0], return_inverse=True)
        facts = (
            self._facts("case", int(row), ("shipment.from", "shipment.exporter_country", "shipment.via"))
            for row in rows
        )
        missing = np.array([any(True for _ in ungoverned(decider, each)) for each in facts], np.bool_)
        signs.add("other law", missing[inverse])
        self._untold(signs, decider)
        self._age(signs, decider)

    def _facts(self, kind: str, row: int, facts: Sequence[str]) -> dict[str, object]:
        found = {}
        for fact in facts:
            column = self.elements.tables[kind].codes(fact)
            if column is not None and column[row] > MISSING:
                found[fact] = self.elements.value(fact, int(column[row]))
        return found

    def _untold(self, signs: Signatures, decider: Decider) -> None:
        """Codes declared for a list with a say that no provision tells, where it may come out clear."""
        lines = signs.values.lines
        assert lines.item is not None
        for fact in sorted(self.elements.tables["item"].columns):
            if not fact.startswith(PREFIX):
                continue
            scheme = fact.removeprefix(PREFIX)
            column = signs.values.codes(lines, fact, fact)
            assert column is not None
            codes = [
                code for code in np.unique(column).tolist() if code > MISSING and self._is_untold(fact, code, decider)
            ]
            if codes:
                best, _ = signs.bounds(scheme)
                signs.add(("untold", scheme), np.isin(column, codes) & (best <= RELIEF))

    def _is_untold(self, fact: str, code: int, decider: Decider) -> bool:
        law = decider.law
        key = fact, code, hash(telling(law, fact.removeprefix(PREFIX)))
        if key not in self.told:
            item = Element({fact: self.elements.value(fact, code)})
            self.told[key] = any(True for _ in untold(law, item))
        return self.told[key]

    def _age(self, signs: Signatures, decider: Decider) -> None:
        """Whether the day lies beyond what was read, of the instruments that have a say."""
        day, age = decider.law.day, self.options.law_age
        old, any_say = np.zeros(signs.size, np.bool_), np.zeros(signs.size, np.bool_)
        for instrument in decider.instruments:
            reach = signs.reach.get(instrument.id)
            if reach is not None and decider.needs[instrument.id]:
                any_say |= reach != 0
                if day - instrument.checked_to > age:
                    old |= reach != 0
        oldest = min(i.checked_to for i in decider.law.law.instruments.values())
        signs.add("too old", np.where(any_say, old, day - oldest > age))


def shared(law: Law) -> frozenset[str]:
    """The facts of a case as a whole that rules about items, parties and their rows read."""
    found: set[str] = set()
    for rule in law.rules.values():
        if rule.subject not in ("case", "route"):
            for version in rule.versions:
                found.update(own_name(fact) for fact in version.reads() if level(fact) == "case")
    return frozenset(found - {"case.on"})
