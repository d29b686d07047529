"""Days whose picture is the same, and the chips that stand on the same spot: what one panel of the picture shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from licet.logic.measured import Exact
from licet.render.chips_words import LATER
from licet.render.clean import one_line
from licet.services.chips import Day, Spot, Status
from licet.services.chips_law import Field


@dataclass(frozen=True, slots=True)
class Mark:
    """Chips on one spot with one status. `later` are those announced only after the first day of the panel."""

    spot: Spot
    kind: str
    code: str
    labels: tuple[str, ...]

    @property
    def text(self) -> str:
        """All labels in one line."""
        return ", ".join(self.labels)


@dataclass(frozen=True, slots=True)
class Panel:
    """Days with the same lines, areas and statuses; `coming` says that the lines bind only from the field's day on."""

    days: tuple[date, ...]
    field: Field
    marks: tuple[Mark, ...]
    not_drawn: tuple[str, ...]
    coming: bool


def panels(days: Iterable[Day]) -> tuple[Panel, ...]:
    """One panel for each run of days that look the same. Days for which the law draws no line have none."""
    groups: list[list[Day]] = []
    for day in days:
        if day.field is None:
            continue
        if groups and _look(groups[-1][0]) == _look(day):
            groups[-1].append(day)
        else:
            groups.append([day])
    return tuple(_panel(group) for group in groups)


def _look(day: Day) -> object:
    """Everything a panel shows but the date."""
    field = day.field
    assert field is not None
    lines = [(line.fact, line.at) for line in field.lines]
    return field.codes, lines, field.areas, field.since > day.on, _statuses(day), day.spots


def _statuses(day: Day) -> list[tuple[str, str]]:
    return [(status.kind, status.code) for status in day.statuses]


def _panel(group: list[Day]) -> Panel:
    first = group[0]
    assert first.field is not None
    drawn = [status for status in first.statuses if drawable(first.spots[status.chip.id].up)]
    missing = [_label(status) for status in first.statuses if status not in drawn]
    coming = first.field.since > first.on
    days = tuple(day.on for day in group)
    return Panel(days, first.field, tuple(_marks(drawn, first.spots)), tuple(missing), coming)


def _marks(statuses: list[Status], spots: dict[str, Spot]) -> Iterator[Mark]:
    """Chips on one spot, and chips whose ranges overlap so closely that no eye could part them, share a mark."""
    shared: dict[tuple[Spot, str, str], list[str]] = {}
    for status in statuses:
        shared.setdefault((spots[status.chip.id], status.kind, status.code), []).append(_label(status))
    for (spot, kind, code), labels in shared.items():
        yield Mark(spot, kind, code, tuple(labels))


def _label(status: Status) -> str:
    return one_line(status.chip.label) + ("" if status.announced else LATER)


def drawable(number: Exact) -> bool:
    """Whether a number has a place on an axis by powers."""
    low, _ = number
    return low is not None and low > 0
