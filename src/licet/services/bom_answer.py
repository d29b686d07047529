"""What `licet bom` hands out: the contract `licet.bom/1`, as plain data.

Amounts are exact decimals as text, rounded outwards where they do not end. The JSON Schema in `schemas/` describes
these classes.
"""

from __future__ import annotations

from dataclasses import dataclass

SCHEMA = "licet.bom/1"
OVER, WITHIN, OPEN, NO_LIMIT = "over", "within", "open", "no_limit"


@dataclass(frozen=True, slots=True)
class AmountAnswer:
    """Between what and what an amount lies, both included; `most` is empty where there is no bound."""

    least: str
    most: str


@dataclass(frozen=True, slots=True)
class RuleRef:
    """A provision that decides, or may: `value` is yes or unknown."""

    id: str
    cite: str
    title: str
    value: str


@dataclass(frozen=True, slots=True)
class LimitAnswer:
    """A share (per cent) that brings the product under a rule: above it, or from it on (`inclusive`).

    `applies`: yes, or unknown where the rule turns on more than the share; `now` is what the rule says to the share.
    """

    percent: str
    inclusive: bool
    applies: str
    now: str
    rule: RuleRef


@dataclass(frozen=True, slots=True)
class SettlesAnswer:
    """One open input that alone settles whether the product is over its limit, with all else as it stands.

    `over` and `within` are the values that do: a range of amounts, or yes/no; empty where none does.
    """

    part: str
    name: str
    fact: str
    over: AmountAnswer | None
    within: AmountAnswer | None
    over_if: str
    within_if: str
    text: str


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """A part in the order of the tree.

    `line` and `content` are for one whole product, `share` is its content in per cent of the price of the product;
    `counts`: whether it is controlled US-origin content itself; `asks`: what the law asks where that is open.
    """

    id: str
    name: str
    depth: int
    kind: str
    origin: str
    us_origin: str
    code: str
    quantity: AmountAnswer
    value: AmountAnswer
    line: AmountAnswer
    content: AmountAnswer
    share: AmountAnswer
    counts: str
    why: str
    asks: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ContentAnswer:
    """The controlled US-origin content for the destination, and what follows from it.

    `verdict`: over, within, open, or no_limit where no rule of the day turns on the content. `value` is the content as
    an amount. `law` tells whether the law of the day says which parts count (without it the bill has to).
    """

    percent: AmountAnswer
    value: AmountAnswer
    price: AmountAnswer
    verdict: str
    limits: tuple[LimitAnswer, ...]
    settles: tuple[SettlesAnswer, ...]
    parts: tuple[PartAnswer, ...]
    law: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DependenceAnswer:
    """What could stop one part from reaching the buyer from where it is made.

    `stopped`: yes, no or unknown; `outcome`, `best` and `worst` as in a decision; `rules` those that stop it, then
    those that may, first those that are open for few parts; `asks` a question that is open; `covered`: all that has a
    say is encoded.
    """

    id: str
    name: str
    kind: str
    made_in: str
    foundry: str
    foundry_country: str
    node_nm: str
    designer: str
    stopped: str
    outcome: str
    best: str
    worst: str
    rules: tuple[RuleRef, ...]
    asks: str
    covered: bool


@dataclass(frozen=True, slots=True)
class DecisionAnswer:
    """The decision for the product itself, in short."""

    outcome: str
    best: str
    worst: str
    coverage: str
    rules: tuple[RuleRef, ...]
    duties: tuple[RuleRef, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BomAnswer:
    """The whole answer for a bill, a destination and a day."""

    schema: str
    engine: str
    title: str
    product: str
    on: str
    origin: str
    to: str
    end_user: str
    currency: str
    law: str
    content: ContentAnswer
    dependence: tuple[DependenceAnswer, ...]
    decision: DecisionAnswer
    exit_code: int
