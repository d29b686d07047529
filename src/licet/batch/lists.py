"""Lists in SQL: how their rows are joined, and what can be worked out once per element instead of once per line."""

from __future__ import annotations

from licet.batch.relations import KEYS, RELATION, Row
from licet.facts.dictionary import COLLECTIONS, ELEMENT, level
from licet.rules import tree
from licet.rules.check import Scope, can_lift
from licet.rules.model import Rule

LINKED = {"party": ("line_party", "party", "id"), "evidence": ("line_evidence", "evidence", "id")}
PARENT = {"listing": "party", "owner": "parent", "component": "parent", "rate": "item"}
WITH_RULES = frozenset({"party", "owner", "listing", "component"})


def join(parent: Row, child: Row, table: str) -> tuple[str, str]:
    """The rows of a list: what to join, and on what. `table` holds the child rows."""
    of_line = parent.relation == "case"
    key = f"{parent.alias}.{'item' if of_line else KEYS[parent.relation]}"
    if child.kind in LINKED and of_line:
        link, column, own = LINKED[child.kind]
        tables = f"{link} AS link ON link.line = {parent.alias}.line JOIN {table} AS {child.alias}"
        return tables, f"{child.alias}.{own} = link.{column}"
    return f"{table} AS {child.alias}", f"{child.alias}.{PARENT[child.kind]} = {key}"


def local(node: tree.Condition, scope: Scope, rules: dict[str, Rule]) -> bool:
    """Whether a condition reads nothing but what belongs to these elements, so that it has one value per element."""
    if not all(_reaches(fact, scope) for fact in tree.facts_of(node)):
        return False
    if isinstance(node, tree.Owned):
        return scope[-1] in ("party", "owner")
    if isinstance(node, tree.Refer) and node.rule in rules:
        return can_lift(rules[node.rule].subject, scope)
    inner = scope
    if isinstance(node, tree.Some | tree.Every):
        if COLLECTIONS[node.of] not in ("item", "party"):
            return False
        inner = (*scope, ELEMENT[node.of])
    return all(local(part, inner, rules) for part in tree.children(node))


def _reaches(fact: str, scope: Scope) -> bool:
    kind = level(fact)
    return kind in scope or (kind == "party" and scope[0] == "listing")


def own_relation(kind: str) -> str:
    """The relation of an element that may carry columns of its own, else nothing."""
    return RELATION[kind] if kind in WITH_RULES else ""


def done(row: Row) -> str:
    """The table of rows worked out before: lower in a tree, or of another subject."""
    return row.relation if row.relation in ("rate", "evidence") else f"{row.relation}_done"
