"""What the law of a day says to a bill of materials: which parts count for a destination, and from which share on.

Neither the parts that count nor the shares stand here. Whether a part counts is a rule of the law; the shares are found
by asking every rule that decides reach, with a share at each number it is compared with and one just above.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from licet.chain.elements import as_item
from licet.chain.model import Component
from licet.chain.ranges import Range
from licet.facts.dictionary import own_name
from licet.facts.elements import Element, line
from licet.facts.errors import CaseError, Problem
from licet.facts.numbers import Interval
from licet.facts.truth import Truth, word
from licet.logic.decide import CASE, Decider
from licet.rules import tree
from licet.rules.snapshot import InForce

CONTROLLED = "us.ear.content.controlled"
CONTENT = "item.us_controlled_content"
US_ORIGIN = "item.us_origin"
REEXPORT = "reexport"
_RANK: dict[Truth, int] = {False: 0, None: 1, True: 2}


@dataclass(frozen=True, slots=True)
class Limit:
    """A share from which on (`inclusive`) or above which a rule reaches the product.

    `above` is what the rule says to more than that: unknown where it turns on more than the share. `now` is what it
    says to the share as counted.
    """

    rule: InForce
    percent: Fraction
    inclusive: bool
    above: Truth
    now: Truth


class Controlled:
    """Whether a part, as a US-origin item, is controlled to the destination of a case; asked of the law once a part."""

    def __init__(self, decider: Decider, root: Element) -> None:
        self.decider = decider
        # Each part is asked about as if it were reexported by itself to where the product goes. Who takes part does not
        # matter to what is counted (part 744 is left out), so the parties stay behind.
        self.root = Element(root.facts | {"act": REEXPORT}, root.label)
        self.known = CONTROLLED in decider.law.law.rules
        self.memo: dict[str, Truth] = {}

    def __call__(self, part: Component) -> Truth:
        """What the law says, else what the bill says."""
        law = self.by_law(part)
        return part.controlled if law is None else law

    def by_law(self, part: Component) -> Truth:
        """What the law says alone; unknown where no such law is encoded."""
        if not self.known:
            return None
        if part.id not in self.memo:
            self.memo[part.id] = self.decider.value(CONTROLLED, self.line(part))
        return self.memo[part.id]

    def line(self, part: Component) -> Element:
        """The case with the part as its item."""
        item = as_item(part)
        item.facts[US_ORIGIN] = True
        return line(self.root, item)

    def open_facts(self, part: Component) -> list[str]:
        """The facts of the part that the law still asks for; none where it is settled."""
        if not self.known or self.by_law(part) is not None:
            return []
        opened = self.decider.asker.asks(CONTROLLED, self.line(part), CASE)
        return list(dict.fromkeys(fact for fact, _ in opened.values()))

    def contradictions(self, product: Component) -> Iterator[Problem]:
        """Parts of which the bill says something else than the law."""
        for depth, part in product.walk():
            if depth and part.controlled is not None and part.truth(US_ORIGIN) is not False:
                law = self.by_law(part)
                if law is not None and law is not part.controlled:
                    said = f"{part.id}: controlled says {word(part.controlled)}, by law it is {word(law)}"
                    hint = "correct it or leave it out; what decides is its ECCN and the destination"
                    yield Problem("E_CONTRADICTION", f"{said} ({CONTROLLED})", part.place, hint)


def scaled_share(decider: Decider, percent: Range) -> Interval:
    """A share as the fact keeps it, rounded outwards. Raises CaseError where the law does not know the fact."""
    fact = decider.law.law.dictionary.find(CONTENT)
    if fact is None:
        raise CaseError.one("E_BOM", f"this law has no fact {CONTENT}", hint="use the law that comes with Licet")
    unit = 10**fact.scale
    return floor(percent.low * unit), None if percent.high is None else ceil(percent.high * unit)


def limits(decider: Decider, root: Element, item: Element) -> list[Limit]:
    """The shares that rules of reach turn on for this case and item, the lowest that is sure to reach it last of all.

    Above that one nothing else matters. The line has to be settled; the item's own share is put back.
    """
    scale = decider.law.law.dictionary.facts[CONTENT].scale
    unit = 10**scale
    stated = item.facts.get(CONTENT)
    found: list[Limit] = []
    for at in sorted({value * unit // 10**given for value, given in _lines(decider)}):
        new = [limit for held in _reaches(decider) if (limit := _limit(decider, held, root, item, at)) is not None]
        found += new
        if any(limit.above is True for limit in new):
            break
    if stated is not None:
        item.facts[CONTENT] = stated
    return [_now(decider, limit, root, item) for limit in found]


def _limit(decider: Decider, held: InForce, root: Element, item: Element, at: int) -> Limit | None:
    """A rule that says more just above a share than at it, or at it than just below."""
    below, here, above = (_says(decider, held, root, item, share) for share in (at - 1 if at else None, at, at + 1))
    unit = 10 ** decider.law.law.dictionary.facts[CONTENT].scale
    if _RANK[above] > _RANK[here]:
        return Limit(held, Fraction(at, unit), False, above, None)
    if at and _RANK[here] > _RANK[below]:
        return Limit(held, Fraction(at, unit), True, here, None)
    return None


def _says(decider: Decider, held: InForce, root: Element, item: Element, share: int | None) -> Truth:
    if share is None:
        return None
    item.facts[CONTENT] = (share, share)
    return decider.value(held.rule.id, line(root, item))


def _now(decider: Decider, limit: Limit, root: Element, item: Element) -> Limit:
    now = decider.value(limit.rule.rule.id, line(root, item))
    return Limit(limit.rule, limit.percent, limit.inclusive, limit.above, now)


def _reaches(decider: Decider) -> list[InForce]:
    """The rules that decide by themselves whether an instrument reaches a case."""
    return [held for held in decider.law.of_kind("reach") if held.extra.get("general") != "no"]


def _lines(decider: Decider) -> set[tuple[int, int]]:
    """The numbers that the law of the day compares the share with, each with its scale."""
    found = set()
    for held in decider.law.rules.values():
        for node in tree.walk(held.when):
            match node:
                case tree.Compare(left=tree.NumberFact(name=name), right=tree.Const(value=value, scale=scale)):
                    if own_name(name) == CONTENT:
                        found.add((value, scale))
    return found
