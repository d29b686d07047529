"""A small order book and its map, and runs over it in this process."""

from __future__ import annotations

from pathlib import Path

from licet.services.check import Checker, Options
from licet.services.orders.mapping import read_map
from licet.services.orders.run import Finished, deliver, run
from licet.services.orders.wanted import Wanted

HEADER = "no,date,to,thing,dc,tpp,who,amount\n"
MAP = """line: no
on: date
constants: {act: export, complete: [items, parties], shipment: {from: DE}}
facts: {shipment.to: to, item.name: thing, item.datacenter: dc, item.tpp: tpp}
parties: [{role: [purchaser, end_user], name: who}]
value: {column: amount, currency: EUR}
"""


def book(folder: Path, lines: int = 9) -> Path:
    """A book of lines that can be decided, but for every fifth."""
    rows = [f"L{n},2024-03-0{n % 3 + 1},CN,thing {n},yes,{n},Firm {n % 2},{n}" for n in range(lines)]
    rows = [row.replace("2024", "soon") if n % 5 == 4 else row for n, row in enumerate(rows)]
    path = folder / "book.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    Path(f"{path}.map.yaml").write_text(MAP, encoding="utf-8")
    return path


def wanted(table: Path, out: Path, part: int = 2, **more: object) -> Wanted:
    """What to do with it."""
    options = more.pop("options", Options())
    return Wanted(table, Path(f"{table}.map.yaml"), out, options, part=part, **more)  # type: ignore[arg-type]


def decide(checker: Checker, what: Wanted) -> Finished:
    """Decide the lines, without making the result."""
    return run(checker, read_map(what.map, checker.law.dictionary), what, lambda progress: None)


def whole(checker: Checker, what: Wanted) -> Finished:
    """Decide the lines and make the result."""
    finished = decide(checker, what)
    deliver(finished, what.out, what.out.suffix[1:])
    return finished
