"""Layers: in which order columns are worked out, and the statements that do it.

Each group of relations (items; parties with their listings; lines) is worked out stage by stage. A stage first joins
what is brought from other relations and folded over lists, then adds expressions over the row, as nested selects.
"""

from __future__ import annotations

from dataclasses import dataclass

from licet.batch.lists import done, join
from licet.batch.relations import ALIAS, GROUP, KEYS, TREES, Column, Relations, Row, Use, View
from licet.batch.sql import name

GIVEN = -1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column is worked out: its stage, and the select within the stage."""

    stage: int
    step: int = 0


class Layers:
    """The statements of one group of relations."""

    def __init__(self, relations: Relations, group: str) -> None:
        self.group, self.relations = group, relations
        self.members = [relation for relation, of in GROUP.items() if of == group]
        self.places: dict[tuple[str, str], Place] = {}
        self.tables = {relation: f"{relation}_now" for relation in self.members}

    # --- order ----------------------------------------------------------------------------------

    def place(self, column: Column) -> Place:
        """The stage and the step of a column, after everything it uses."""
        key = (column.relation, column.name)
        if key not in self.places:
            self.places[key] = self._placed(column)
        return self.places[key]

    def _placed(self, column: Column) -> Place:
        if column.fact:
            return Place(GIVEN)
        needs = [self.place(self.relations.columns[use.relation, use.name]) for use in self.waits(column)]
        latest = max((need.stage for need in needs), default=GIVEN)
        if column.source or column.fold:
            return Place(latest + 1)
        stage = max(latest, 0)
        return Place(stage, 1 + max((need.step for need in needs if need.stage == stage), default=0))

    def waits(self, column: Column) -> list[Use]:
        """The columns of this group a column needs; those beneath in a tree and of other groups are there."""
        return [use for use in column.uses if not use.beneath and GROUP.get(use.relation) == self.group]

    # --- statements -----------------------------------------------------------------------------

    def statements(self, exported: dict[str, list[Column]]) -> list[str]:
        """All statements for one level of the group, after those that start it."""
        made = []
        placed = {
            key: self.place(column) for key, column in self.relations.columns.items() if column.relation in self.members
        }
        for stage in range(max((place.stage for place in placed.values()), default=GIVEN) + 1):
            before = dict(self.tables)
            for relation in self.members:
                columns = [
                    column for column in self.relations.of(relation) if placed[relation, column.name].stage == stage
                ]
                if columns:
                    made.append(self.extend(relation, stage, columns, before))
        for relation in self.members:
            made.append(self.finish(relation, exported.get(relation, [])))
        return made

    def starts(self) -> list[str]:
        """The input rows of a level; its number is the parameter `level`."""
        chosen = "" if self.group == "case" else " WHERE level = $level"
        return [f"CREATE OR REPLACE TEMP TABLE {r}_now AS SELECT * FROM {r}_in{chosen}" for r in self.members]

    def extend(self, relation: str, stage: int, columns: list[Column], before: dict[str, str]) -> str:
        """The rows of a relation with the columns of one stage."""
        alias = ALIAS.get(relation, relation)
        joined = self.joined(relation, columns, before)
        steps = max((self.places[relation, column.name].step for column in columns), default=0)
        for step in range(1, steps + 1):
            own = [column for column in columns if self.places[relation, column.name].step == step]
            added = ",\n  ".join(f"{column.sql} AS {name(column.name)}" for column in own)
            joined = f"SELECT {alias}.*,\n  {added}\nFROM ({joined}) AS {alias}"
        table = f"{relation}_{stage}"
        self.tables[relation] = table
        return f"CREATE OR REPLACE TEMP TABLE {table} AS\n{joined}"

    def joined(self, relation: str, columns: list[Column], before: dict[str, str]) -> str:
        """The rows with what is brought and folded."""
        alias, key = ALIAS.get(relation, relation), KEYS[relation]
        added, tables = [f"{alias}.*"], f"{before[relation]} AS {alias}"
        for source in sorted({column.source for column in columns} - {""}):
            table, on = before.get(source, f"{source}_done"), f"{source}.id = {alias}.{source}"
            tables += f"\n  LEFT JOIN {table} AS {source} ON {on}"
        added += [f"{column.sql} AS {name(column.name)}" for column in columns if column.source]
        for kind, known in sorted({(column.fold, column.known) for column in columns if column.fold}):
            folds = [column for column in columns if column.fold == kind and column.known is known]
            of = f"known_{kind}" if known else f"each_{kind}"
            added += [f"{of}.{name(column.name)}" for column in folds]
            tables += (
                f"\n  LEFT JOIN ({self.folded(relation, kind, folds, before)}) AS {of} ON {of}.key = {alias}.{key}"
            )
        return f"SELECT {', '.join(added)}\nFROM {tables}"

    def folded(self, relation: str, kind: str, columns: list[Column], before: dict[str, str]) -> str:
        """The folds over one list, grouped by the row they belong to."""
        parent, inner = Row(relation, ALIAS.get(relation, relation), relation), dict[str, str]()
        child = View((parent,)).into(kind).last
        for column in columns:
            inner.setdefault(column.inner, f"v{len(inner)}")
        values = ", ".join(f"{sql} AS {label}" for sql, label in inner.items())
        table = done(child) if kind in TREES or child.relation not in before else before[child.relation]
        tables, on = join(parent, child, table)
        chosen = f" WHERE {child.alias}.missing IS NULL" if columns[0].known else ""
        source = f"{before[relation]} AS {parent.alias} JOIN {tables} ON {on}{chosen}"
        rows = f"SELECT {parent.alias}.{KEYS[relation]} AS key, {values}\nFROM {source}"
        results = ", ".join(f"{c.sql.replace('{}', inner[c.inner])} AS {name(c.name)}" for c in columns)
        return f"SELECT key, {results} FROM ({rows}) GROUP BY key"

    def finish(self, relation: str, columns: list[Column]) -> str:
        """The rows of the level kept for the levels above and for the lines."""
        if relation == "case":
            return f"CREATE OR REPLACE TEMP VIEW case_done AS SELECT * FROM {self.tables[relation]}"
        listed = ", ".join([*keys(relation), *(name(column.name) for column in columns)])
        return f"INSERT INTO {relation}_done ({listed}) SELECT {listed} FROM {self.tables[relation]}"


def keys(relation: str) -> list[str]:
    """The columns that place a row: its own key and what it belongs to."""
    return {
        "case": ["line", "item"],
        "item": ["id", "parent", "missing"],
        "party": ["id", "parent", "missing"],
        "listing": ["id", "party", "missing"],
    }[relation]


def exported(relations: Relations) -> dict[str, list[Column]]:
    """The columns of each relation that other groups, or rows higher in the tree, read."""
    wanted: dict[tuple[str, str], Column] = {}
    for column in relations.columns.values():
        for use in column.uses:
            if use.relation in GROUP and (use.beneath or GROUP[use.relation] != GROUP.get(column.relation)):
                wanted[use.relation, use.name] = relations.columns[use.relation, use.name]
    found: dict[str, list[Column]] = {}
    for (relation, _), column in wanted.items():
        found.setdefault(relation, []).append(column)
    return found


def empty_tables(relations: dict[str, list[Column]]) -> list[str]:
    """Tables for the finished rows, typed and empty."""
    made = []
    for relation in ("item", "party", "listing"):
        columns = [f"{key} {'VARCHAR' if key == 'missing' else 'BIGINT'}" for key in keys(relation)]
        columns += [f"{name(column.name)} {column.type}" for column in relations.get(relation, [])]
        made.append(f"CREATE OR REPLACE TEMP TABLE {relation}_done ({', '.join(columns)})")
    return made
