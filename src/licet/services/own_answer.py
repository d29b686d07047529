"""What `licet own` hands out: the contract `licet.owners/1`, as plain data.

Shares are exact decimals of per cent, as text. The JSON Schema in `schemas/` describes these classes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SCHEMA = "licet.owners/1"
PROVEN, DISPROVEN, OPEN = "proven", "disproven", "open"
EXIT_NOTHING, EXIT_RESTRICTED, EXIT_BLOCKED, EXIT_OPEN = 0, 10, 11, 12


@dataclass(frozen=True, slots=True)
class ShareAnswer:
    """Between what and what a share lies, in per cent."""

    least: str
    most: str


@dataclass(frozen=True, slots=True)
class HolderAnswer:
    """A holder in a step, with its share (both ends empty where it controls)."""

    name: str
    share: ShareAnswer


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """An entity is caught by what these hold of it (`share`), or because they control it (`control`)."""

    name: str
    by: str
    holders: tuple[HolderAnswer, ...]


@dataclass(frozen=True, slots=True)
class SpanAnswer:
    """Values of an unknown, both ends included: per cent for shares, `no` and `yes` for the rest."""

    low: str
    high: str


@dataclass(frozen=True, slots=True)
class SettlingAnswer:
    """An unknown that can settle the test: the values that prove and those that disprove it.

    `kind`: share (of `owned` held by `owner`), rest (what those that count hold of the owners of `owned` not named),
    row (whether `owner` is listed), control (whether `owner` controls `owned`), controllers (whether anybody not named
    does), joint (whether the two act jointly).
    """

    kind: str
    owner: str
    owned: str
    within: SpanAnswer
    proves: SpanAnswer | None
    disproves: SpanAnswer | None
    text: str


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """A row of a list that makes an owner count."""

    owner: str
    list: str
    footnotes: tuple[str, ...]
    scope: str
    policy: str
    exceptions_barred: str


@dataclass(frozen=True, slots=True)
class LeadsTo:
    """A requirement or prohibition that rests on the test. `alone`: it asks for nothing else.

    `standing`: in_force, suspended, not_enforced, scheduled, or unknown where no source shows the law of the day.
    """

    id: str
    kind: str
    effect: str
    cite: str
    title: str
    standing: str
    alone: bool


@dataclass(frozen=True, slots=True)
class TestAnswer:
    """One ownership rule for one entity."""

    id: str
    jurisdiction: str
    title: str
    cite: str
    sources: tuple[str, ...]
    value: str
    share: ShareAnswer
    threshold: str
    compare: str
    gather: str
    right: str
    standing: str
    unknown: str
    steps: tuple[StepAnswer, ...]
    rows: tuple[RowAnswer, ...]
    settles: tuple[SettlingAnswer, ...]
    together: tuple[str, ...]
    leads_to: tuple[LeadsTo, ...]
    text: str


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """A rule that joins ownership tests with control: the tests it names, and who controls (`steps`)."""

    id: str
    jurisdiction: str
    title: str
    cite: str
    sources: tuple[str, ...]
    value: str
    controlled: str
    tests: tuple[str, ...]
    steps: tuple[StepAnswer, ...]
    missing: tuple[str, ...]
    leads_to: tuple[LeadsTo, ...]
    text: str


@dataclass(frozen=True, slots=True)
class FlagAnswer:
    """A warning sign about the owners: yes, or unknown."""

    id: str
    value: str
    title: str
    cite: str
    check: str


@dataclass(frozen=True, slots=True)
class TargetAnswer:
    """All that is said of one entity."""

    name: str
    other: str
    lists: tuple[str, ...]
    screened: bool
    tests: tuple[TestAnswer, ...]
    wholes: tuple[WholeAnswer, ...]
    flags: tuple[FlagAnswer, ...]

    @property
    def rules(self) -> tuple[TestAnswer | WholeAnswer, ...]:
        """Tests and joining rules alike."""
        return (*self.tests, *self.wholes)

    @property
    def leading(self) -> tuple[TestAnswer | WholeAnswer, ...]:
        """The same without the tests that a joining rule names: those are parts of its answer."""
        joined = {rule for whole in self.wholes for rule in whole.tests}
        return tuple(one for one in self.rules if one.id not in joined)


@dataclass(frozen=True, slots=True)
class EntityAnswer:
    """A box of the graph: its rows on the day, and whether its owners are all known."""

    name: str
    other: str
    kind: str
    country: str
    lists: tuple[str, ...]
    screened: bool
    owners_complete: bool


@dataclass(frozen=True, slots=True)
class EdgeAnswer:
    """A line of the graph: a holding (`share`, and `votes` where stated), or a control fact (`by`)."""

    kind: str
    owner: str
    owned: str
    share: ShareAnswer | None
    votes: ShareAnswer | None
    value: str
    by: str
    source: str


@dataclass(frozen=True, slots=True)
class OwnersAnswer:
    """The answer for a graph on a day."""

    schema: str
    engine: str
    title: str
    on: str
    law: str
    lists: str
    recognised: tuple[str, ...]
    exit_code: int
    targets: tuple[TargetAnswer, ...]
    not_yet: tuple[str, ...]
    entities: tuple[EntityAnswer, ...]
    edges: tuple[EdgeAnswer, ...] = field(default=())
