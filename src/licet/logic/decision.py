"""A decision as it is handed out: the contract `licet.decision/1`, as plain data.

The JSON Schema in `schemas/` is generated from these classes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SCHEMA = "licet.decision/1"


@dataclass(frozen=True, slots=True)
class OutcomeBounds:
    """The best and the worst outcome still possible."""

    best: str
    worst: str


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """What one rule says: `yes`, `unknown` (or `no`, in `reliefs` that would help but for an unmet condition).

    `item`, `party` and `row` tell what it binds to; `detail` holds the keys of its kind, such as lifts or policy.
    """

    id: str
    kind: str
    value: str
    cite: str
    title: str
    source: str
    since: str
    status: str = "in_force"
    item: str = ""
    party: str = ""
    detail: dict[str, str] = field(default_factory=dict)
    why: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JurisdictionAnswer:
    """One jurisdiction that has a say, or may have (`say`: yes or unknown), or from which only a risk comes (no).

    `authorities` are those to which one applies, or which must be told, where something is needed for certain.
    """

    id: str
    say: str
    outcome: str
    bounds: OutcomeBounds
    reach: tuple[RuleAnswer, ...] = ()
    entries: tuple[RuleAnswer, ...] = ()
    requirements: tuple[RuleAnswer, ...] = ()
    prohibitions: tuple[RuleAnswer, ...] = ()
    reliefs: tuple[RuleAnswer, ...] = ()
    bars: tuple[RuleAnswer, ...] = ()
    policies: tuple[RuleAnswer, ...] = ()
    duties: tuple[RuleAnswer, ...] = ()
    flags: tuple[RuleAnswer, ...] = ()
    exposures: tuple[RuleAnswer, ...] = ()
    authorities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """An open fact that can still change the outcome; `settles` names the rules that wait for it."""

    fact: str
    of: str
    ask: str
    why: str
    who: str
    settles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a number is from the line that decides; `op` is the comparison that would hold beyond it."""

    fact: str
    item: str
    value: str
    op: str
    line: str
    distance: str
    rule: str
    cite: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that has a say and is not encoded."""

    id: str
    what: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether all that has a say is encoded: complete, partial or none."""

    level: str
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class LawUsed:
    """Which law decided: a hash of its text, and up to which day its sources were read."""

    snapshot: str
    checked_to: str
    as_read: bool


@dataclass(frozen=True, slots=True)
class ListsUsed:
    """Which lists of parties were used, and the day of each; `notes` say which are stale, missing or uncertain."""

    snapshot: str
    names: dict[str, str]
    recognised: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedAs:
    """An entry of a list that a party may be: the name that matched, the score (of 1), and why.

    `taken` tells whether the row counts in this decision: yes; no, because somebody decided that it is another
    party; or unknown, and then somebody has to decide. `because` says why it is so.
    """

    list: str
    entry: str
    name: str
    alias: str
    score: float
    taken: str
    because: str
    cite: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyScreened:
    """A party held against the lists: `clear`, `listed`, `possible` (a hit to decide) or `open` (lists are missing)."""

    party: str
    result: str
    hits: tuple[ListedAs, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A provision that takes part in a conflict of laws."""

    jurisdiction: str
    id: str
    cite: str
    title: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One law demands what another forbids. `value` is yes, or unknown where either side is open.

    kind: licence_and_ban (the authority of one may permit what the other forbids), or blocking (the second forbids
    to comply with the first).
    """

    kind: str
    value: str
    first: Side
    second: Side


@dataclass(frozen=True, slots=True)
class ProofNode:
    """A step of the proof: its value, its words, the paragraph it comes from, what it rests on."""

    value: str
    text: str
    cite: str
    parts: tuple[ProofNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The whole answer for a case on a day."""

    schema: str
    engine: str
    case: str
    on: str
    outcome: str
    bounds: OutcomeBounds
    coverage: Coverage
    exit_code: int
    law: LawUsed
    lists: ListsUsed
    jurisdictions: tuple[JurisdictionAnswer, ...]
    questions: tuple[Question, ...]
    conflicts: tuple[Conflict, ...]
    margins: tuple[Margin, ...]
    proof: tuple[ProofNode, ...] = ()
    screening: tuple[PartyScreened, ...] = ()
