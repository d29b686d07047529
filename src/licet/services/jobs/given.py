"""What was sent for a job: a table, its map, tables that it joins, a proposal; looked through before it is begun."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from licet.facts.dictionary import Dictionary
from licet.facts.errors import CaseError, Place, quoted
from licet.services.check import Options
from licet.services.jobs.model import IMPACT, Wish
from licet.services.lists_view import known_time
from licet.services.orders.mapping import OrderMap, read_map
from licet.services.orders.opened import lists_snapshot
from licet.services.orders.rows import Rows
from licet.services.orders.wanted import Wanted, workers_for
from licet.services.screen_tables import EXCEL, open_table

if TYPE_CHECKING:
    from licet.services.impact.both import Asked

TABLE, MAP, PATCH = "table", "map", "patch"  # folders, each for files of this kind
MAP_FILE = "map.yaml"
PART = 50_000  # lines after which a job that is cut short can go on, and tells how many cases there were
SOON = 2_000_000  # bytes
_NAME = re.compile(r"\w[\w .,()+-]{0,119}")


def safe_name(name: str) -> str:
    """The name of a file that was sent, without folders. Raises CaseError for what no file should be called."""
    bare = name.replace("\\", "/").rpartition("/")[2].strip()
    if not _NAME.fullmatch(bare) or bare.endswith((".", " ")) or len(bare.encode()) > 200:
        hint = "use letters, digits, spaces and -_.,+()"
        raise CaseError.one("E_NAME", f"a file cannot be called {quoted(bare)}", hint=hint)
    return bare


@dataclass(frozen=True, slots=True)
class Sent:
    """The folder of a job, and what is wished."""

    folder: Path
    wish: Wish

    @property
    def table(self) -> Path:
        """The table."""
        return self.folder / TABLE / self.wish.table

    @property
    def map(self) -> Path:
        """Its map, beside which the tables lie that it joins."""
        return self.folder / MAP / MAP_FILE

    @property
    def patch(self) -> Path | None:
        """The proposal that an impact lays over the law, where there is one."""
        return self.folder / PATCH / self.wish.patch if self.wish.patch else None

    @property
    def out(self) -> Path:
        """The result."""
        return self.folder / f"result.{self.wish.form}"

    def orders(self, dictionary: Dictionary) -> OrderMap:
        """The map. It can join tables that were sent with it, and no other file of this machine. Raises CaseError."""
        orders = read_map(self.map, dictionary)
        for join in orders.joins:
            if join.table == MAP_FILE or not _NAME.fullmatch(join.table) or not (orders.folder / join.table).is_file():
                hint = "send it along as a file called joined"
                raise CaseError.one("E_JOIN", f"no table {quoted(join.table)} was sent", Place(MAP_FILE), hint)
        return orders

    def wanted(self) -> Wanted:
        """What is to be done."""
        wish, snapshot = self.wish, lists_snapshot() if self.wish.lists else ""
        return Wanted(
            table=self.table,
            map=self.map,
            out=self.out,
            options=Options(date.fromisoformat(wish.on) if wish.on else None, law_age=timedelta(days=wish.law_age)),
            encoding=wish.encoding,
            sheet=wish.sheet,
            workers=workers_for(0, self.table.stat().st_size, os.cpu_count() or 1),
            lists=bool(snapshot),
            snapshot=snapshot,
            part=PART,
        )

    def compared(self) -> Asked:
        """What an impact compares. Raises LicetError."""
        from licet.services.impact.sides import two_days, two_moments, with_proposal  # noqa: PLC0415 - slow to load

        wish, lists = self.wish, self.wish.lists and bool(lists_snapshot())
        on = date.fromisoformat(wish.on) if wish.on else None
        if self.patch is not None:
            return with_proposal(self.patch, on, lists)
        if wish.moments:
            first, second = known_time(wish.first), known_time(wish.second)
            if first is None or second is None:
                raise CaseError.one(
                    "E_ASK", "two moments of the lists are compared", hint="send known_from and known_to"
                )
            if not lists:
                raise CaseError.one("E_NO_LISTS", "no list of parties is loaded", hint="licet lists sync")
            return two_moments(first, second, on)
        return two_days(date.fromisoformat(wish.first), date.fromisoformat(wish.second), lists)

    def look_through(self, dictionary: Dictionary) -> None:
        """Whether the job can be begun: what is wrong with the map, the columns or the proposal. Raises LicetError.

        What has to be read whole for that, and is large, is left to the process of the job.
        """
        orders = self.orders(dictionary)
        if self.wish.kind == IMPACT:
            self.compared()
        if is_soon_read(self.table, *(orders.folder / join.table for join in orders.joins)):
            table = open_table(self.table, self.wish.encoding, self.wish.sheet)
            Rows(orders, table.columns, table.name, dictionary)


def is_soon_read(table: Path, *joined: Path) -> bool:
    """Whether a table can be looked at by a process that has others waiting: workbooks are read whole, as are joins."""
    whole = [*joined, *([table] if table.suffix.lower() in EXCEL else [])]
    return sum(path.stat().st_size for path in whole) <= SOON
