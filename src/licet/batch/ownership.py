"""The ownership test in SQL: shares summed over owners, which were worked out one level lower in the tree."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from licet.batch import sql
from licet.batch.context import HIGH, LOW, TRUTH, WIDE, Context
from licet.batch.quantities import Pair, compare, constant
from licet.batch.relations import base
from licet.rules import tree

WHOLE = 100 * 10**4
WITHOUT_OWNERS = ("person", "government")


class Owners:
    """Compiles ownership tests; `rule` makes the column of the rule that says whether an owner counts."""

    def __init__(self, context: Context, rule: Callable[[str], str]) -> None:
        self.context, self.rule = context, rule

    def column(self, node: tree.Owned) -> str:
        """The column of an ownership test; owners were worked out one level lower."""
        context, label, row = self.context, self.context.label("owned", node), base("party").last
        self.rule(node.counts)
        for part, aggregate in _SHARES.items():
            inner = partial(self.held, part, label, node.fact)
            context.fold("party", "owner", label + part, WIDE, inner, aggregate, known=True)

        def finish() -> str:
            test = ">" if node.more_than else ">="
            return compare(test, self.share(node, label), constant(node.threshold))

        def caught() -> str:
            counts = context.read(row, node.counts)
            return sql.disjunction([counts, context.read(row, label)]) if node.chain else counts

        context.define("party", label, TRUTH, finish)
        context.define("party", label + " caught", TRUTH, caught)
        return label

    def held(self, part: str, label: str, share: str) -> str:
        """What one owner adds to a sum (or a largest) of shares: the stated share if the owner is caught, or may be."""
        owner = base("party").into("owner").last
        low = f"coalesce({self.context.fact(owner, share, LOW)}, 0)"
        if part == " known":
            return low
        high = f"coalesce({self.context.fact(owner, share, HIGH)}, {WHOLE})"
        caught = self.context.read(owner, label + " caught")
        if part == " others":
            return sql.choose((f"{caught} IS FALSE", low), otherwise="0")
        return sql.choose((caught, low) if part.endswith("least") else (f"{caught} IS NOT FALSE", high), otherwise="0")

    def share(self, node: tree.Owned, label: str) -> Pair:
        """The share held by owners that count: summed, or the largest single one; an open list leaves the rest open.

        Where only the shares of one holder count together, sure is the largest single one and possible the sum.
        """
        read, row = self.context.read, base("party").last
        known = f"coalesce({read(row, label + ' known')}, 0)"
        closed, kind = self.context.closed(row, "owners", "party"), self.context.fact(row, "party.kind")
        settled = f"{closed} OR {sql.within(kind, WITHOUT_OWNERS)}"
        rest = sql.choose((settled, "0"), (f"{known} < {WHOLE}", f"{WHOLE} - {known}"), otherwise="0")
        summed = node.aggregate or node.own
        least, most = " least" if node.aggregate else " largest least", " most" if summed else " largest most"
        low, high = (f"coalesce({read(row, label + part)}, 0)" for part in (least, most))
        top = f"({high} + {rest})" if summed else sql.choose((f"{high} > {rest}", high), otherwise=rest)
        # What owners that do not count leave for all others; never less than what is sure.
        left = f"({WHOLE} - coalesce({read(row, label + ' others')}, 0))"
        capped = sql.choose((f"{top} > {left}", left), otherwise=top)
        return Pair(low, sql.choose((f"{capped} < {low}", low), otherwise=capped))


_SHARES = {
    " known": "sum({})",
    " others": "sum({})",
    " least": "sum({})",
    " most": "sum({})",
    " largest least": "max({})",
    " largest most": "max({})",
}
