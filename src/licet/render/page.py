"""An answer ready to be laid out: the same parts, in the reader's language, for text, Markdown and HTML."""

from __future__ import annotations

from dataclasses import dataclass, field

from licet.render.say import Note

CLEAR, CAUTION, STOP, OPEN = "clear", "caution", "stop", "open"
TONES = {
    "no_licence_required": CLEAR,
    "free": CLEAR,
    "relief_available": CLEAR,
    "hold": CAUTION,
    "licence_required": CAUTION,
    "prohibited": STOP,
    "may_not_buy": STOP,
    "may_not_contract": STOP,
    "may_not_invest": STOP,
    "unknown": OPEN,
    "no_say": OPEN,
}


@dataclass(frozen=True, slots=True)
class Point:
    """One provision, or one question: what it says, where it stands, and what follows from it.

    `notes` say why; `lines` hold further sentences, such as a deadline. `mark` is yes, no or unknown.
    """

    text: str
    cite: str = ""
    id: str = ""
    mark: str = "yes"
    about: str = ""
    lead: str = ""
    notes: tuple[Note, ...] = ()
    lines: tuple[str, ...] = ()
    source: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Points under a heading; `hidden` others are only counted, `more` says so."""

    key: str
    title: str
    points: tuple[Point, ...] = ()
    more: str = ""
    hidden: int = 0

    def __bool__(self) -> bool:
        return bool(self.points)


@dataclass(frozen=True, slots=True)
class Place:
    """One jurisdiction: its outcome and its sections."""

    id: str
    name: str
    has_say: bool
    tone: str
    outcome: str
    still: str
    worst: str
    sections: dict[str, Section] = field(default_factory=dict)

    def points(self) -> int:
        """How many points it shows."""
        return sum(len(section.points) for section in self.sections.values())


@dataclass(frozen=True, slots=True)
class Line:
    """A threshold beside a number of an item."""

    value: str
    op: str
    cite: str
    distance: str
    at: float
    rule: str
    decisive: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of an item with its distance to the lines; `low` and `high` are its ends for a picture."""

    label: str
    about: str
    value: str
    low: float
    high: float | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the proof; `id` is that of a rule, where the step is one."""

    mark: str
    text: str
    cite: str
    id: str
    parts: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The whole answer."""

    language: str
    title: str
    day: str
    tone: str
    outcome: str
    summary: str
    places: tuple[Place, ...]
    parties: Section
    conflicts: Section
    questions: Section
    nothing_open: str
    counted: str
    figures: tuple[Figure, ...]
    coverage: Section
    covered: str
    law: tuple[str, ...]
    sources: tuple[Point, ...]
    proof: tuple[Step, ...]
