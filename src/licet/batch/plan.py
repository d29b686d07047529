"""A snapshot compiled: the input columns it reads, the statements in their layers, and the result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from licet.batch import sql
from licet.batch.conditions import Conditions
from licet.batch.context import LIMIT, WORDS, Context
from licet.batch.depth import nesting
from licet.batch.layers import Layers, empty_tables, exported
from licet.batch.outcome import Outcome
from licet.batch.questions import Questions
from licet.batch.relations import Column
from licet.facts.dictionary import COLLECTIONS
from licet.rules.snapshot import Snapshot

RESULTS = ("best", "worst", "jurisdictions", "reaches", "entries", "needs", "values", "questions")
LEVELLED = ("item", "party")
INPUTS = ("case", "item", "rate", "party", "listing", "evidence")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a snapshot comes to in SQL.

    `inputs` are the fact columns of each relation; `limits` the digits a number may have before it is widened;
    `others` says for each list how deep the law looks into the unknown others of an open one. `prepare` makes the
    tables of finished rows. `starts` (which take the parameter `level`) and `levels` are run for each level of items
    and parties, the deepest first; `lines` once; `result` then gives a row per line.
    """

    law: Snapshot
    inputs: dict[str, list[Column]]
    limits: dict[str, int]
    others: dict[str, int]
    prepare: list[str]
    starts: dict[str, list[str]]
    levels: dict[str, list[str]]
    lines: list[str]
    result: str

    def statements(self) -> list[str]:
        """Every statement, in order, each level once."""
        levels = [text for group, texts in self.levels.items() for text in (*self.starts[group], *texts)]
        return [*self.prepare, *levels, *self.lines, self.result]


def compile_plan(law: Snapshot, questions: bool = True, values: Iterable[str] = ()) -> Plan:
    """The plan of a snapshot, with the values of further rules. Raises LawError for law that cannot be compiled."""
    context = Context(law)
    outcome = Outcome(Questions(Conditions(context)))
    _results(outcome, questions, [*values])
    relations = context.relations
    wanted = exported(relations)
    layers = {group: Layers(relations, group) for group in ("item", "party", "case")}
    columns = ", ".join(f"line.{sql.name(result)}" for result in RESULTS if questions or result != "questions")
    return Plan(
        law=law,
        inputs={relation: relations.facts(relation) for relation in INPUTS},
        limits=_limits(context),
        others={of: nesting(law, of) for of in COLLECTIONS},
        prepare=empty_tables(wanted),
        starts={group: layers[group].starts() for group in LEVELLED},
        levels={group: layers[group].statements(wanted) for group in LEVELLED},
        lines=[*layers["case"].starts(), *layers["case"].statements(wanted)],
        result=f"SELECT line.line, {columns} FROM case_done AS line",
    )


def _limits(context: Context) -> dict[str, int]:
    """The digits each number may have, its decimals included."""
    scales = {fact: known.scale for fact in context.limits if (known := context.law.law.dictionary.find(fact))}
    return {fact: min(LIMIT, limit + scales.get(fact, 0)) for fact, limit in context.limits.items()}


def _results(outcome: Outcome, questions: bool, values: list[str]) -> None:
    define = outcome.context.define
    for end in ("best", "worst"):
        outcome.overall(end)
    define("case", "jurisdictions", "", lambda: _jurisdictions(outcome))
    define("case", "reaches", "", lambda: _reaches(outcome))
    define("case", "entries", "", lambda: _entries(outcome))
    define("case", "needs", "", lambda: _needs(outcome))
    define("case", "values", "", lambda: _values(outcome, values, questions))
    if questions:
        define("case", "questions", WORDS, outcome.asks)


def _jurisdictions(outcome: Outcome) -> str:
    """Those that have a say, or may, with their bounds."""
    rows = []
    for jurisdiction in outcome.jurisdictions():
        ends = {end: outcome.bounds(jurisdiction, end) for end in ("best", "worst")}
        rows.append((outcome.has_say(jurisdiction), struct({"id": sql.text(jurisdiction)} | ends)))
    return present(rows)


def _reaches(outcome: Outcome) -> str:
    """The instruments that reach the line, or may."""
    rows = [(i.id, outcome.instrument_reach(i)) for i in outcome.instruments]
    return present([(f"{value} IS NOT FALSE", struct({"id": sql.text(rule), "value": value})) for rule, value in rows])


def _entries(outcome: Outcome) -> str:
    """The list entries that describe the item, or may."""
    values = {rule: outcome.value(rule) for rule in outcome.entries}
    rows = [
        (f"({value}) IS NOT FALSE", struct({"id": sql.text(rule), "value": value})) for rule, value in values.items()
    ]
    return present(rows)


def _needs(outcome: Outcome) -> str:
    """The requirements and prohibitions that apply, or may, with what each comes to."""
    rows = []
    for instrument in outcome.instruments:
        for held in outcome.needs[instrument.id]:
            value = outcome.need(held, instrument)
            ends = {end: outcome.bound(held, instrument, end) for end in ("best", "worst")}
            rows.append((f"{value} IS NOT FALSE", struct({"id": sql.text(held.rule.id), "value": value} | ends)))
    return present(rows)


def _values(outcome: Outcome, rules: list[str], questions: bool) -> str:
    """Further rules that hold or may, with what each asks."""
    rows = []
    for rule in rules:
        value = outcome.value(rule)
        asked = outcome.rule_asks(rule) if questions else sql.NOTHING
        fields = {"id": sql.text(rule), "value": value, "asks": f"list_sort(list_distinct({asked}))"}
        rows.append((f"({value}) IS NOT FALSE", struct(fields)))
    return present(rows)


def struct(fields: dict[str, str]) -> str:
    """A struct literal."""
    return "{" + ", ".join(f"{sql.text(key)}: {value}" for key, value in fields.items()) + "}"


def present(rows: list[tuple[str, str]]) -> str:
    """The structs whose test holds, as a list."""
    listed = ", ".join(sql.choose((test, value)) for test, value in rows)
    return f"list_filter([{listed}], lambda row: row IS NOT NULL)" if rows else "[]"
