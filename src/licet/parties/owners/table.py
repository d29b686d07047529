"""Edges of a graph from a CSV table: owner, owned, share and, where wanted, votes, from, until, source."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from licet.facts.errors import CaseError, Place, Problem, nearest, quoted
from licet.facts.yamltext import Mapping, Scalar, Sequence
from licet.parties.owners.model import Graph
from licet.parties.owners.reading import MAX_EDGES, read_graph

REQUIRED = ("owner", "owned", "share")
COLUMNS = (*REQUIRED, "votes", "from", "until", "source")


def read_table(text: str, file: str) -> Mapping:
    """The rows as the `holdings` of a graph, each cell with its place. Raises CaseError."""
    rows = csv.reader(io.StringIO(text), strict=True)
    holdings = Sequence(Place(file, 1))
    try:
        head = _head(next(rows, []), file)
        holdings.items.extend(_rows(rows, head, file))
    except csv.Error as bad:
        raise CaseError.one("E_CSV", f"this is not CSV: {bad}", Place(file, rows.line_num)) from None
    return Mapping(Place(file, 1), {"holdings": holdings}, {"holdings": Place(file, 1)})


def _head(row: list[str], file: str) -> list[str]:
    names = [name.strip().lower() for name in row]
    for name in names:
        if name not in COLUMNS or names.count(name) > 1:
            hint = nearest(name, COLUMNS) or f"the columns are {', '.join(COLUMNS)}"
            raise CaseError.one("E_CSV", f"the column {quoted(name)} is unknown, or stands twice", Place(file, 1), hint)
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        hint = f"the first line names the columns: {','.join(COLUMNS)}"
        raise CaseError.one("E_CSV", f"the column {missing[0]} is missing", Place(file, 1), hint)
    return names


def _rows(rows: Iterator[list[str]], head: list[str], file: str) -> Iterator[Mapping]:
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        if number > MAX_EDGES + 1:
            raise CaseError.one("E_TOO_MANY", f"more than {MAX_EDGES:,} rows", Place(file, number))
        place = Place(file, number)
        if len(row) != len(head):
            raise CaseError.one("E_CSV", f"{len(row)} cells, the head has {len(head)}", place)
        cells = {name: Scalar(cell.strip(), True, place) for name, cell in zip(head, row, strict=True)}
        kept = {name: cell for name, cell in cells.items() if cell.text}
        yield Mapping(place, dict(kept), dict.fromkeys(kept, place))


def with_table(graph: Graph, table: Graph) -> Graph:
    """A graph with the edges of a table added. Where the graph declares entities, the table's must be among them."""
    unknown = [name for name in table.entities if name not in graph.entities]
    if graph.entities and unknown:
        raise CaseError(
            Problem("E_OWN", f"{quoted(name)} is not among the entities", table.entities[name].place)
            for name in unknown
        )
    return replace(graph, entities=graph.entities or table.entities, holdings=(*graph.holdings, *table.holdings))


def table_graph(text: str, file: str) -> Graph:
    """The graph of a table alone: nothing is known of its entities but their names. Raises CaseError."""
    return read_graph(read_table(text, file))
