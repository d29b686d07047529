"""Labels beside points, none over another: each takes the cheapest of many places around its point.

Places are tried for all labels in turn, the most crowded first, and then again with all others in place, until nothing
moves. Cost grows with the distance from the point and, far faster, with what a label or its leader would cover.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

Numbers: TypeAlias = "np.ndarray[Any, Any]"
Boxes: TypeAlias = "np.ndarray[Any, Any]"  # rows of left, top, right, bottom
HEIGHT = 14.0
_CAPITAL, _SMALL, _NARROW = 7.5, 6.7, 3.9  # how wide signs are at 11 px
_ROUNDS = 6
_GAPS = (8.0, 14.0, 22.0, 32.0, 46.0, 64.0, 86.0, 112.0, 145.0, 185.0)
_TURNS = 24
_SHARES = np.array([0.3, 0.5, 0.7, 0.9])  # of a leader, where it is looked at
_OVER_LABEL, _OVER_MARK, _OVER_LINE, _LEADER, _NEARER = 900.0, 420.0, 55.0, 160.0, 25.0
_APART = 5.0  # so much nearer than to any other mark a label stands to its own, or it costs


@dataclass(frozen=True, slots=True)
class Placed:
    """A label: the lines of its text, its box, and whether a leader joins it to its point."""

    lines: tuple[str, ...]
    box: tuple[float, float, float, float]
    leader: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label to be placed beside a point."""

    lines: tuple[str, ...]
    x: float
    y: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the text."""
        return max(map(wide, self.lines)) + 4, len(self.lines) * HEIGHT


def wide(text: str) -> float:
    """About how wide a text is."""
    return sum(_CAPITAL if c.isupper() else _NARROW if c in " ,.()ijlt" else _SMALL for c in text)


def wrapped(names: Sequence[str], width: int) -> tuple[str, ...]:
    """Names in lines of at most a width, none broken; a comma after each but the last."""
    lines: list[str] = []
    for count, name in enumerate(names, 1):
        said = name + ("," if count < len(names) else "")
        if lines and len(lines[-1]) + 1 + len(said) <= width:
            lines[-1] += f" {said}"
        else:
            lines.append(said)
    return tuple(lines)


def place(
    wanted: Sequence[Wanted], frame: tuple[float, float, float, float], marks: Boxes, lines: Boxes
) -> list[Placed]:
    """A place for each label within the frame, off the marks and, where it can be, off the lines."""
    if not wanted:
        return []
    chosen = _Chosen(wanted, frame, marks, lines)
    order = sorted(range(len(wanted)), key=lambda n: -_crowding(wanted[n], wanted))
    for _ in range(_ROUNDS):
        if sum(map(chosen.move, order)) == 0:
            break
    return [_placed(label, box, marks) for label, box in zip(wanted, chosen.boxes, strict=True)]


class _Chosen:
    """The place of each label so far, and where its leader runs."""

    def __init__(
        self, wanted: Sequence[Wanted], frame: tuple[float, float, float, float], marks: Boxes, lines: Boxes
    ) -> None:
        self.wanted = wanted
        self.places = [_around(label, frame) for label in wanted]
        self.ends = [_nearest(label, boxes) for label, boxes in zip(wanted, self.places, strict=True)]
        self.own = [_costs(*one, marks, lines) for one in zip(wanted, self.places, self.ends, strict=True)]
        self.at = [int(np.argmin(cost)) for cost in self.own]
        self.boxes = np.array([boxes[n] for boxes, n in zip(self.places, self.at, strict=True)])
        self.leaders = np.array([self._leader(number) for number in range(len(wanted))])

    def move(self, number: int) -> bool:
        """Take the cheapest place of one label while all others stay; whether it was another one."""
        others = np.arange(len(self.wanted)) != number
        boxes, ends = self.places[number], self.ends[number]
        cost = self.own[number] + _OVER_LABEL * _touches(boxes, self.boxes[others], 1.5)
        cost += _LEADER * _crossed(self.wanted[number], ends, self.boxes[others])
        cost += _LEADER * _holding(boxes, self.leaders[others].reshape(-1, 2))
        best = int(np.argmin(cost))
        if best == self.at[number]:
            return False
        self.at[number], self.boxes[number] = best, boxes[best]
        self.leaders[number] = self._leader(number)
        return True

    def _leader(self, number: int) -> Numbers:
        """Points along the leader of a label."""
        start = np.array([self.wanted[number].x, self.wanted[number].y])
        points: Numbers = start + _SHARES[:, None] * (self.ends[number][self.at[number]] - start)
        return points


def _around(label: Wanted, frame: tuple[float, float, float, float]) -> Boxes:
    """Boxes all around the point, at growing distances, those within the frame (or the point's own, at worst)."""
    width, height = label.size
    turn = np.linspace(0.0, 2 * np.pi, _TURNS, endpoint=False)
    gap: Numbers = np.repeat(np.array(_GAPS), _TURNS)
    across, up = np.tile(np.cos(turn), len(_GAPS)), np.tile(np.sin(turn), len(_GAPS))
    # The nearest edge of the box, not its middle, keeps the distance: a wide label beside, a low one above.
    x = label.x + across * (gap + width / 2)
    y = label.y + up * (gap + height / 2)
    boxes: Boxes = np.stack([x - width / 2, y - height / 2, x + width / 2, y + height / 2], axis=1)
    left, top, right, bottom = frame
    inside = (boxes[:, 0] >= left) & (boxes[:, 1] >= top) & (boxes[:, 2] <= right) & (boxes[:, 3] <= bottom)
    return boxes[inside] if inside.any() else boxes


def _costs(label: Wanted, boxes: Boxes, ends: Numbers, marks: Boxes, lines: Boxes) -> Numbers:
    """What each place costs by itself."""
    far = np.hypot(ends[:, 0] - label.x, ends[:, 1] - label.y)
    cost = far + _OVER_MARK * _touches(boxes, marks) + _OVER_LINE * _touches(boxes, lines)
    inside = (marks[:, 0] <= label.x) & (label.x <= marks[:, 2]) & (marks[:, 1] <= label.y) & (label.y <= marks[:, 3])
    others = marks[~inside]
    result: Numbers = cost + _LEADER * _crossed(label, ends, others)
    result += _NEARER * (_distances(boxes, others) < far[:, None] + _APART).sum(axis=1)
    return result


def _distances(boxes: Boxes, marks: Boxes) -> Numbers:
    """How far the middle of each mark lies from each box."""
    x, y = (marks[:, 0] + marks[:, 2]) / 2, (marks[:, 1] + marks[:, 3]) / 2
    across = np.maximum(0, np.maximum(boxes[:, None, 0] - x, x - boxes[:, None, 2]))
    up = np.maximum(0, np.maximum(boxes[:, None, 1] - y, y - boxes[:, None, 3]))
    found: Numbers = np.hypot(across, up)
    return found


def _crowding(label: Wanted, wanted: Sequence[Wanted]) -> float:
    return sum(1.0 / (20.0 + float(np.hypot(label.x - other.x, label.y - other.y))) for other in wanted)


def _touches(boxes: Boxes, others: Boxes, margin: float = 0.0) -> Numbers:
    """How many of the others each box covers, a little or wholly."""
    if not len(others):
        return np.zeros(len(boxes))
    across = (boxes[:, None, 0] < others[None, :, 2] + margin) & (boxes[:, None, 2] > others[None, :, 0] - margin)
    up = (boxes[:, None, 1] < others[None, :, 3] + margin) & (boxes[:, None, 3] > others[None, :, 1] - margin)
    found: Numbers = (across & up).sum(axis=1).astype(np.float64)
    return found


def _holding(boxes: Boxes, points: Numbers) -> Numbers:
    """How many of the points lie in each box."""
    x, y = points[None, :, 0], points[None, :, 1]
    held = (boxes[:, None, 0] <= x) & (x <= boxes[:, None, 2]) & (boxes[:, None, 1] <= y) & (y <= boxes[:, None, 3])
    found: Numbers = held.sum(axis=1).astype(np.float64)
    return found


def _nearest(label: Wanted, boxes: Boxes) -> Numbers:
    """The point of each box that lies nearest to the point of the label."""
    x = np.clip(label.x, boxes[:, 0], boxes[:, 2])
    y = np.clip(label.y, boxes[:, 1] + 3, boxes[:, 3] - 3)
    found: Numbers = np.stack([x, y], axis=1)
    return found


def _crossed(label: Wanted, ends: Numbers, others: Boxes) -> Numbers:
    """How many of the others the leader to each end runs over, by points along it."""
    start = np.array([label.x, label.y])
    points = start + _SHARES[None, :, None] * (ends[:, None, :] - start)
    x, y = points[:, :, 0, None], points[:, :, 1, None]
    hit = (others[:, 0] < x) & (x < others[:, 2]) & (others[:, 1] < y) & (y < others[:, 3])
    found: Numbers = hit.sum(axis=(1, 2)).astype(np.float64)
    return found


def _placed(label: Wanted, box: Numbers, marks: Boxes) -> Placed:
    end = _nearest(label, box[None, :])[0]
    far = float(np.hypot(end[0] - label.x, end[1] - label.y))
    left, top, right, bottom = (float(edge) for edge in box)
    near = (_distances(box[None, :], marks) < far + _APART).sum() > 1  # the label's own mark is one of them
    leader = (float(end[0]), float(end[1])) if near or far > _GAPS[0] + 4 else None
    return Placed(label.lines, (left, top, right, bottom), leader)


def spread(wanted: Sequence[float], height: float, top: float, bottom: float) -> list[float]:
    """Heights for rows of text one above the other, each as near to its own as it can be."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    at = [0.0] * len(wanted)
    last = top - height / 2
    for n in order:
        last = at[n] = max(wanted[n], last + height)
    limit = bottom + height / 2
    for n in reversed(order):
        limit = at[n] = min(at[n], limit - height)
    return at
