"""Places for the boxes and lines of a graph of owners: owners above, what they own beneath, rings allowed.

A layered drawing in the usual four steps (break rings, layers, order, places), for graphs of up to a few hundred boxes.
The layout libraries at hand are not pure Python (Graphviz), under a copyleft licence (grandalf), or bring a whole graph
toolkit whose layered layout breaks no rings and routes no lines (networkx), so this is our own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

GAP_X, GAP_Y, THIN = 34.0, 92.0, 14.0
SWEEPS, PASSES = 12, 24

Edge = tuple[str, str]
Point = tuple[float, float]


@dataclass(slots=True)
class Box:
    """A box by its middle, or a place where a long line passes a layer (`thin`)."""

    name: str
    width: float
    height: float
    layer: int = 0
    x: float = 0.0
    y: float = 0.0
    thin: bool = False


@dataclass(slots=True)
class Drawing:
    """Where all boxes stand, through which points each line runs (from owner to owned), and the size of the whole."""

    boxes: dict[str, Box]
    lines: dict[Edge, list[Point]] = field(default_factory=dict)
    upward: set[Edge] = field(default_factory=set)
    width: float = 0.0
    height: float = 0.0


def draw(sizes: dict[str, tuple[float, float]], edges: Iterable[Edge]) -> Drawing:
    """The drawing of a graph. `sizes`: width and height of every box, in the order in which they should stand."""
    boxes = {name: Box(name, width, height) for name, (width, height) in sizes.items()}
    wanted = list(dict.fromkeys(edge for edge in edges if edge[0] in boxes and edge[1] in boxes))
    upward = _backward(list(boxes), wanted)
    down = [(owned, owner) if (owner, owned) in upward else (owner, owned) for owner, owned in wanted]
    _layers(boxes, down)
    chains = {edge: _chain(boxes, flat) for edge, flat in zip(wanted, down, strict=True)}
    links = [pair for chain in chains.values() for pair in pairwise(chain)]
    rows = _ordered(boxes, links)
    _place(boxes, rows, links)
    drawing = Drawing({name: box for name, box in boxes.items() if not box.thin}, upward=upward)
    for edge, chain in chains.items():
        points = _points([boxes[name] for name in chain])
        drawing.lines[edge] = points[::-1] if edge in upward else points
    _ports(drawing)
    drawing.width = max((box.x + box.width / 2 for box in boxes.values()), default=0.0)
    drawing.height = max((box.y + box.height / 2 for box in boxes.values()), default=0.0)
    return drawing


# --- rings and layers ------------------------------------------------------------------------------------


def _backward(names: list[str], edges: list[Edge]) -> set[Edge]:
    """Lines that close a ring, found by walking down from those nobody owns; drawn upwards."""
    beneath: dict[str, list[str]] = {}
    owned = {second for _, second in edges}
    for first, second in edges:
        beneath.setdefault(first, []).append(second)
    state: dict[str, int] = {}
    found: set[Edge] = set()
    for start in sorted(names, key=lambda name: name in owned):
        stack = [(start, iter(beneath.get(start, ())))] if start not in state else []
        state.setdefault(start, 1)
        while stack:
            name, children = stack[-1]
            for child in children:
                if child not in state:
                    state[child] = 1
                    stack.append((child, iter(beneath.get(child, ()))))
                    break
                if state[child] == 1:
                    found.add((name, child))
            else:
                state[name] = 2
                stack.pop()
    return found


def _layers(boxes: dict[str, Box], edges: list[Edge]) -> None:
    """Each box beneath all that own it; those nobody owns come down to just above what they own."""
    above: dict[str, list[str]] = {name: [] for name in boxes}
    beneath: dict[str, list[str]] = {name: [] for name in boxes}
    for first, second in edges:
        above[second].append(first)
        beneath[first].append(second)
    waiting = {name: len(owners) for name, owners in above.items()}
    pending = [name for name, count in waiting.items() if not count]
    while pending:
        name = pending.pop(0)
        for child in beneath[name]:
            boxes[child].layer = max(boxes[child].layer, boxes[name].layer + 1)
            waiting[child] -= 1
            if not waiting[child]:
                pending.append(child)
    for name, box in boxes.items():
        if not above[name] and beneath[name]:
            box.layer = min(boxes[child].layer for child in beneath[name]) - 1


def _chain(boxes: dict[str, Box], edge: Edge) -> list[str]:
    """The boxes a line runs through: its ends, and a thin place in every layer between."""
    first, last = boxes[edge[0]], boxes[edge[1]]
    chain = [first.name]
    for layer in range(first.layer + 1, last.layer):
        name = f"{first.name}\0{last.name}\0{layer}"
        boxes[name] = Box(name, THIN, 0.0, layer, thin=True)
        chain.append(name)
    return [*chain, last.name]


# --- order within a layer --------------------------------------------------------------------------------


def _ordered(boxes: dict[str, Box], links: list[Edge]) -> list[list[str]]:
    """Rows of names, ordered so that few lines cross."""
    rows: list[list[str]] = [[] for _ in range(max((box.layer for box in boxes.values()), default=-1) + 1)]
    for name, box in boxes.items():
        rows[box.layer].append(name)
    best, fewest = [list(row) for row in rows], _crossings(rows, links)
    above, beneath = _neighbours(links)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        for first, second in pairwise(rows) if sweep % 2 == 0 else pairwise(rows[::-1]):
            _by_middle(second, first, above if sweep % 2 == 0 else beneath)
        crossings = _crossings(rows, links)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    return best


def _by_middle(row: list[str], other: list[str], side: dict[str, list[str]]) -> None:
    """Sort a row by the mean place of its neighbours in the row beside it."""
    place = {name: index for index, name in enumerate(other)}
    here = {name: index for index, name in enumerate(row)}

    def middle(name: str) -> float:
        near = [place[one] for one in side.get(name, ()) if one in place]
        return sum(near) / len(near) if near else here[name]

    row.sort(key=lambda name: (middle(name), here[name]))


def _crossings(rows: list[list[str]], links: list[Edge]) -> int:
    place = {name: (number, index) for number, row in enumerate(rows) for index, name in enumerate(row)}
    between: dict[int, list[tuple[int, int]]] = {}
    for first, second in links:
        between.setdefault(place[first][0], []).append((place[first][1], place[second][1]))
    count = 0
    for pairs in between.values():
        pairs.sort()
        for index, (_, end) in enumerate(pairs):
            count += sum(1 for start, other in pairs[index + 1 :] if other < end and start > pairs[index][0])
    return count


def _neighbours(links: list[Edge]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    above: dict[str, list[str]] = {}
    beneath: dict[str, list[str]] = {}
    for first, second in links:
        above.setdefault(second, []).append(first)
        beneath.setdefault(first, []).append(second)
    return above, beneath


# --- places ----------------------------------------------------------------------------------------------


def _place(boxes: dict[str, Box], rows: list[list[str]], links: list[Edge]) -> None:
    """Boxes near the middle of their neighbours, never closer than the gap; rows under each other."""
    above, beneath = _neighbours(links)
    for row in rows:
        _apart([boxes[name] for name in row], [0.0] * len(row))
    for number in range(PASSES):
        for row in rows if number % 2 == 0 else rows[::-1]:
            side = above if number % 2 == 0 else beneath
            wished = []
            for name in row:
                near = side.get(name) or [*above.get(name, ()), *beneath.get(name, ())]
                wished.append(sum(boxes[one].x for one in near) / len(near) if near else boxes[name].x)
            _apart([boxes[name] for name in row], wished)
    left = min((box.x - box.width / 2 for box in boxes.values()), default=0.0)
    y = 0.0
    for row in rows:
        height = max((boxes[name].height for name in row), default=0.0)
        for name in row:
            box = boxes[name]
            box.x, box.y = box.x - left, y + height / 2
            if box.thin:
                box.height = height
        y += height + GAP_Y


def _apart(row: list[Box], wished: list[float]) -> None:
    """The wished places, pushed apart from the left and from the right; the mean of both keeps the gaps."""
    right, left = list(wished), list(wished)
    for index in range(1, len(row)):
        right[index] = max(right[index], right[index - 1] + _gap(row[index - 1], row[index]))
    for index in range(len(row) - 2, -1, -1):
        left[index] = min(left[index], left[index + 1] - _gap(row[index], row[index + 1]))
    for box, one, other in zip(row, right, left, strict=True):
        box.x = (one + other) / 2


def _gap(first: Box, second: Box) -> float:
    return (first.width + second.width) / 2 + GAP_X


def _points(chain: list[Box]) -> list[Point]:
    """From the foot of the first box through the thin places to the head of the last."""
    first, last = chain[0], chain[-1]
    # Straight down through every layer in between, so that a line bends only where no box can be.
    through = [(box.x, box.y + side * box.height / 2) for box in chain[1:-1] for side in (-1, 1)]
    return [(first.x, first.y + first.height / 2), *through, (last.x, last.y - last.height / 2)]


def _ports(drawing: Drawing) -> None:
    """Lines leave and reach a box side by side, in the order in which they come, so that their labels do not meet."""
    for box in drawing.boxes.values():
        for foot in (True, False):
            y = box.y + box.height / 2 if foot else box.y - box.height / 2
            ends = [(points, 0) for edge, points in drawing.lines.items() if edge[0] == box.name and points[0][1] == y]
            ends += [
                (points, -1) for edge, points in drawing.lines.items() if edge[1] == box.name and points[-1][1] == y
            ]
            ends.sort(key=lambda end: end[0][1 if end[1] == 0 else -2][0])
            step = box.width / (len(ends) + 1)
            for number, (points, index) in enumerate(ends, 1):
                points[index] = (box.x - box.width / 2 + step * number, y)
