"""The answer of one test in words and numbers: the share, who holds it, and what would settle what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from licet.facts.numbers import exact_text
from licet.facts.truth import Truth
from licet.parties.owners.model import ONE_PERCENT, SCALE, UNKNOWN_SHARE, Graph, Share
from licet.parties.owners.reason import BY_CONTROL, Step, control_steps, steps
from licet.parties.owners.settle import Settling, Unknown, settling, together
from licet.parties.owners.solve import Solution
from licet.rules.snapshot import InForce
from licet.services.own_answer import (
    DISPROVEN,
    OPEN,
    PROVEN,
    HolderAnswer,
    RowAnswer,
    SettlingAnswer,
    ShareAnswer,
    SpanAnswer,
    StepAnswer,
    TestAnswer,
    WholeAnswer,
)
from licet.services.own_facts import Entities
from licet.services.own_law import Test, Whole

SETTLES_SHOWN = 6
_VALUES = {True: PROVEN, False: DISPROVEN, None: OPEN}
_YES_NO = ("no", "yes")


class Sayer:
    """Says what was found, with the names and rows of one graph."""

    def __init__(self, graph: Graph, entities: Entities) -> None:
        self.graph, self.entities = graph, entities

    def test(self, test: Test, solution: Solution | None, name: str, given: Mapping[str, Truth]) -> TestAnswer:
        """One ownership rule for one entity."""
        rule, version = test.held.rule, test.held.version
        value = None if solution is None else solution.owned(name)
        share = UNKNOWN_SHARE if solution is None else solution.share(name)
        path = [] if solution is None else steps(solution, name)
        settles: list[Settling] = []
        some: list[Unknown] = []
        if solution is not None and value is None:
            settles = settling(solution.test, solution.at, name)
            some = [] if settles else together(solution.test, solution.at, name)
        told = tuple(self.settling(one, test) for one in settles[:SETTLES_SHOWN])
        return TestAnswer(
            id=rule.id,
            jurisdiction=rule.id.partition(".")[0],
            title=rule.title,
            cite=rule.cite,
            sources=_sources(test.held),
            value=_VALUES[value],
            share=shown(share),
            threshold=test.held.extra["threshold"],
            compare=test.held.extra.get("compare", "at_least"),
            gather="" if test.params is None else test.params.gather,
            right="" if test.params is None else test.params.right,
            standing=version.status,
            unknown=test.unknown,
            steps=tuple(_step(step) for step in path),
            rows=tuple(self.rows(test, path, given, solution)),
            settles=told,
            together=tuple(self.unknown(unknown, test) for unknown in some),
            leads_to=test.leads_to,
            text=self.text(test, value, share, path, told, some),
        )

    def text(
        self,
        test: Test,
        value: Truth,
        share: Share,
        path: list[Step],
        settles: tuple[SettlingAnswer, ...],
        some: list[Unknown],
    ) -> str:
        """The line: `proven (X 25 % + Y 30 % = 55 %)`, `disproven (at most 40 %)`, `open: settles if …`."""
        if test.params is None:
            return f"open: {test.unknown}"
        if value is True:
            return f"proven ({_sum(path[0].holders)})"
        if value is False:
            return f"disproven ({'nothing counts' if share[1] == 0 else 'at most ' + _percent(share[1])})"
        between = f"between {_percent(share[0])} and {_percent(share[1])}"
        if settles:
            return f"open ({between}): settles if {settles[0].text}"
        if some:
            asked = "; ".join(self.unknown(unknown, test) for unknown in some)
            return f"open ({between}): settles only if all of these are known: {asked}"
        return f"open ({between})"

    def settling(self, one: Settling, test: Test) -> SettlingAnswer:
        """What an unknown would do."""
        unknown = one.unknown
        numbers = unknown.kind in ("share", "rest")
        return SettlingAnswer(
            kind=unknown.kind,
            owner=unknown.owner,
            owned=unknown.owned,
            within=_span(unknown.ends, numbers),
            proves=None if one.proves is None else _span(one.proves, numbers),
            disproves=None if one.disproves is None else _span(one.disproves, numbers),
            text=f"{self.asked(unknown, test)}: {_does(one)}",
        )

    def asked(self, unknown: Unknown, test: Test) -> str:
        """That an unknown is known, as a clause."""
        said = self.unknown(unknown, test)
        return f"{said} is known" if unknown.kind == "share" else f"it is known {said}"

    def unknown(self, unknown: Unknown, test: Test) -> str:
        """An unknown as it is asked for."""
        owner, owned = unknown.owner, unknown.owned
        votes = test.params is not None and test.params.right == "votes"
        match unknown.kind:
            case "share":
                return f"{owner}'s {'votes in' if votes else 'share of'} {owned}"
            case "rest":
                whole = f"{owned}'s {'votes' if votes else 'shares'}"
                return f"how much of {whole} owners not named that count hold (of {_percent(unknown.ends[1])})"
            case "row":
                screened = self.graph.entities[owner].screened
                return f"whether {owner} {'counts as a holder' if screened else 'is on a list that counts'}"
            case "control":
                return f"whether {owner} controls {owned}"
            case "controllers":
                return f"whether anybody not named that counts controls {owned}"
        return f"whether {owner} and {owned} act jointly"

    def rows(
        self, test: Test, path: list[Step], given: Mapping[str, Truth], solution: Solution | None
    ) -> Iterable[RowAnswer]:
        """The rows that make the owners in the path count."""
        if solution is None:
            return
        for name in dict.fromkeys(holder for step in path for holder, _ in step.holders):
            for row in self.entities.counting_rows(test.counts, name, {}):
                barred = row.facts.get("listing.exceptions_barred")
                yield RowAnswer(
                    owner=name,
                    list=row.facts["listing.list"],
                    footnotes=tuple(sorted(row.facts.get("listing.footnotes", ()))),
                    scope=row.facts.get("listing.scope", ""),
                    policy=row.facts.get("listing.policy", ""),
                    exceptions_barred="" if barred is None else _YES_NO[barred],
                )

    def whole(self, whole: Whole, solutions: list[Solution], name: str, value: Truth, controlled: Truth) -> WholeAnswer:
        """A rule that joins ownership with control."""
        rule = whole.held.rule
        path = next((found for solution in solutions if (found := control_steps(solution, name))), [])
        missing = tuple(dict.fromkeys(self.missing(name))) if value is None and controlled is None else ()
        return WholeAnswer(
            id=rule.id,
            jurisdiction=rule.id.partition(".")[0],
            title=rule.title,
            cite=rule.cite,
            sources=_sources(whole.held),
            value=_VALUES[value],
            controlled=_VALUES[controlled],
            tests=whole.tests,
            steps=tuple(_step(step) for step in path),
            missing=missing,
            leads_to=whole.leads_to,
            text=_whole_text(value, controlled, path, missing),
        )

    def missing(self, name: str) -> Iterable[str]:
        """What is not known of control over an entity."""
        for control in self.graph.controls:
            if control.owned == name and control.value is None:
                yield f"whether {control.holder} controls {name}"
        entity = self.graph.entities[name]
        if entity.can_be_owned and not entity.control_complete:
            yield f"whether anybody else that counts controls {name} (if nobody, say complete: [control of {name}])"


def shown(share: Share) -> ShareAnswer:
    """A share as exact decimals."""
    return ShareAnswer(exact_text(share[0], SCALE), exact_text(share[1], SCALE))


def _percent(value: int) -> str:
    return f"{exact_text(value, SCALE)} %"


def _range(share: Share) -> str:
    low, high = share
    return _percent(low) if low == high else f"{exact_text(low, SCALE)} to {_percent(high)}"


def _sum(holders: tuple[tuple[str, Share], ...]) -> str:
    """`X 25 % + Y 30 % = 55 %`; what is held at least, where a share is a range."""
    parts = [f"{name} {_range(share)}" for name, share in holders]
    least = sum(share[0] for _, share in holders)
    said = " + ".join(parts)
    exact = all(low == high for _, (low, high) in holders)
    if len(parts) == 1 and exact:
        return said
    return f"{said} = {_percent(least)}" if exact else f"{said}, so at least {_percent(least)}"


def _step(step: Step) -> StepAnswer:
    blank = ShareAnswer("", "")
    return StepAnswer(
        step.name,
        step.by,
        tuple(HolderAnswer(holder, blank if step.by == BY_CONTROL else shown(share)) for holder, share in step.holders),
    )


def _sources(held: InForce) -> tuple[str, ...]:
    return tuple(f"{source.cite} ({source.basis}, read {source.read})" for source in held.version.sources)


def _span(ends: Share, numbers: bool) -> SpanAnswer:
    low, high = (exact_text(end, SCALE) if numbers else _YES_NO[end] for end in ends)
    return SpanAnswer(low, high)


def _does(one: Settling) -> str:
    """`>= 12 % proves, < 7 % disproves`."""
    numbers = one.unknown.kind in ("share", "rest")
    said = [(one.proves, "proves"), (one.disproves, "disproves")]
    return ", ".join(f"{_values(span, one.unknown.ends, numbers)} {verb}" for span, verb in said if span is not None)


def _values(span: Share, ends: Share, numbers: bool) -> str:
    """A span of values as people compare with it: a line is named with the least change."""
    if not numbers:
        return _YES_NO[span[0]] if span[0] == span[1] else "either answer"
    low, high = span
    if span == ends:
        return "any value"
    if low == high != ends[1]:
        return f"exactly {_percent(low)}"
    if high == ends[1]:
        return f"{'>' if _round(low - 1) else '>='} {_percent(low - 1 if _round(low - 1) else low)}"
    if low == ends[0]:
        return f"{'<' if _round(high + 1) else '<='} {_percent(high + 1 if _round(high + 1) else high)}"
    return f"{_percent(low)} to {_percent(high)}"


def _round(value: int) -> bool:
    """Whether a share is a whole number of per cent, which is what a line of the law looks like."""
    return value % ONE_PERCENT == 0


def _whole_text(value: Truth, controlled: Truth, path: list[Step], missing: tuple[str, ...]) -> str:
    if value is True and controlled is True and path:
        return f"proven (controlled by {', '.join(holder for holder, _ in path[0].holders)})"
    if value is not None:
        return _VALUES[value]
    return f"open: not known is {'; '.join(missing)}" if missing else "open"
