"""The answer of `licet impact` (`licet.impact/1`). Values are sums of the amounts of lines; None where none has one."""

from __future__ import annotations

from dataclasses import dataclass

SCHEMA = "licet.impact/1"
NOTHING, FLIPS = 0, 30  # exit codes


@dataclass(frozen=True, slots=True)
class Move:
    """Lines that went from one outcome to another, or kept theirs for other reasons; of how many items, worth what."""

    before: str
    after: str
    lines: int
    items: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Cause:
    """What changed: a provision, a party's row on a list, or what could not be traced further.

    `kind` is `provision`, `row` or `untraced`; `what` is new, changed, ended, came, went … and `day` the first day on
    which it is so (empty where there is none); `text` is what the version says it changed, `source` where that stands.
    """

    kind: str
    id: str
    cite: str
    title: str
    what: str
    day: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class ChangeAnswer:
    """What one change does: causes that move the same lines are one change. A line may be moved by several.

    `lines`, `items` and `value` are of the lines that flip, `others` counts those whose outcome stays.
    """

    number: int
    causes: tuple[Cause, ...]
    lines: int
    items: int
    value: float | None
    others: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class SideAnswer:
    """One of the two laws or days: what it is called, the day on which every line was asked (if one), and the law."""

    name: str
    on: str
    law: str


@dataclass(frozen=True, slots=True)
class ImpactAnswer:
    """The whole answer.

    Of `lines` compared, those in `flips` have another outcome, those in `reasons` the same for other reasons (another
    provision, policy, jurisdiction or bound), and `open` only another coverage or other questions. `rejected` lines
    could not be decided on one of the sides and are compared nowhere. `examined` sorts of lines were asked for causes,
    `assumed` took those of a line that moved alike.
    """

    schema: str
    table: str
    before: SideAnswer
    after: SideAnswer
    currency: str
    lines: int
    value: float | None
    flipped: int
    flips: tuple[Move, ...]
    reasons: tuple[Move, ...]
    open: int
    rejected: int
    examined: int
    assumed: int
    changes: tuple[ChangeAnswer, ...]
    exit_code: int
