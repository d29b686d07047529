"""A law of a few made-up facts, for tests of single operators: each condition is a rule of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tests.parity.arrays import disagreements
from tests.parity.compare import by_scalar
from tests.parity.naive import by_naive

from licet.facts.case import Case
from licet.facts.dictionary import Dictionary, FactType
from licet.facts.elements import Element
from licet.facts.errors import Place
from licet.facts.truth import Truth
from licet.rules import tree
from licet.rules.expression import Expressions
from licet.rules.law import Law
from licet.rules.model import MeasureCase, Rule, Version
from licet.rules.snapshot import InForce, Snapshot

DAY = date(2024, 1, 1)
NUMBERS = {"item.a": 2, "item.b": 0, "rate.x": 1, "rate.y": 0, "component.a": 2}
QUOTIENT, LARGEST, STEPPED = "item.quotient", "item.largest", "item.stepped"
GROUPS = {
    "g.exact": (frozenset({"AA", "BB"}), "exact", True),
    "g.open": (frozenset({"AA"}), "exact", False),
    "g.prefix": (frozenset({"8541", "85"}), "prefix", True),
    "g.empty": (frozenset[str](), "exact", True),
    "us.codes": (frozenset({"3A001", "4A090.b.1"}), "code", True),
}
WITHOUT = frozenset({"3A001.z", "3A001.a.2"})
ENTRIES = {"us.entry.in": "3A001.b", "us.entry.out": "3A001.z.1", "us.entry.above": "4A090", "us.entry.other": "5A002"}


def number(name: str, scale: int = 2, low: int | None = 0) -> FactType:
    """A number fact."""
    return FactType(name, "number", scale=scale, low=low)


def dictionary() -> Dictionary:
    """Facts of every type, for every kind of element."""
    facts = [
        FactType("act", "enum"),
        number("case.free", 1, None),
        *(FactType(name, "yes_no") for name in ("case.p", "item.p", "item.q", "party.p", "listing.p", "evidence.p")),
        *(FactType(name, "text") for name in ("case.t", "item.t", "item.u", "party.kind", "party.name", "listing.t")),
        *(FactType(name, "set", of="text") for name in ("item.s", "item.declared.us", "party.s")),
        number("item.a", 2),
        number("item.b", 0),
        number("rate.x", 1),
        number("rate.y", 0),
        number(QUOTIENT, 3),
        number(LARGEST, 1),
        number(STEPPED, 3),
        number("owner.share", 4),
    ]
    return Dictionary({fact.name: fact for fact in facts})


FACTS = dictionary()


def condition(text: str) -> tree.Condition:
    """An expression over the made-up facts."""
    return Expressions(FACTS).condition(text, Place())


def value(text: str) -> tree.Number:
    """A number over the made-up facts."""
    return Expressions(FACTS).number(text, Place())


def measures() -> dict[str, tuple[MeasureCase, ...]]:
    """A quotient, a maximum over a list, and a measure of two cases."""
    return {
        QUOTIENT: (MeasureCase(None, value("item.a / item.b")),),
        LARGEST: (MeasureCase(None, tree.Aggregate("max", "rates", value("rate.x * rate.y"))),),
        STEPPED: (MeasureCase(condition("NOT item.p"), value("0")), MeasureCase(None, value("item.a / item.b"))),
    }


def rule(name: str, kind: str, subject: str, when: tree.Condition | None, **extra: object) -> InForce:
    """A rule in force."""
    cases = measures().get(str(extra.get("gives")), ())
    version = Version(DAY, None, (), "in_force", "", when, value=cases, extra=dict(extra))
    made = Rule(name, kind, subject, name, name, "", "act", (version,))
    return InForce(made, version, when or tree.Always(value=True))


def law_of(conditions: Sequence[tuple[str, tree.Condition]]) -> Snapshot:
    """A snapshot with a rule `r0`, `r1` … for each pair of a subject and a condition."""
    held = {f"r{n}": rule(f"r{n}", "flag", subject, when) for n, (subject, when) in enumerate(conditions)}
    held["counts"] = rule("counts", "flag", "party", condition("party.p"))
    held["row"] = rule("row", "flag", "listing", condition("listing.p"))
    held |= {fact: rule(fact, "measure", "item", None, gives=fact) for fact in measures()}
    for name, (members, match, known) in GROUPS.items():
        group = rule(name, "group", "route", None)
        without = WITHOUT if match == "code" else frozenset()
        held[name] = InForce(group.rule, group.version, group.when, members, match, known, without)
    held |= {name: rule(name, "entry", "item", condition(f"item.t = '{name}'"), code=c) for name, c in ENTRIES.items()}
    law = Law("", FACTS, {}, {name: each.rule for name, each in held.items()})
    return Snapshot(law, DAY, held, {fact: held[fact] for fact in measures()})


def element(facts: Mapping[str, object], **lists: tuple[Sequence[Element], Truth]) -> Element:
    """An element with its lists and whether each is complete."""
    found = Element(dict(facts))
    for of, (members, closed) in lists.items():
        found.add(of, list(members), closed)
    return found


def case(root: Element, *items: Element) -> Case:
    """A case of these items."""
    root.lists.setdefault("parties", [])
    root.lists.setdefault("held", [])
    return Case("", DAY, None, root, list(items))


Values = list[dict[str, tuple[Truth, tuple[str, ...]]]]


def both(law: Snapshot, cases: Sequence[Case]) -> tuple[Values, Values]:
    """For each line the rules that hold or may, with what they ask: by closures, and by the naive interpreter.

    Where lines can be asked all at once, the arrays have to say the same as the closures.
    """
    rules = [name for name in law.rules if name.startswith("r") and name != "row"]
    answers = list(by_scalar(law, cases, rules))
    _, wrong = disagreements(law, cases, rules, answers)
    assert not wrong, "\n".join(wrong[:20])
    naive: Values = [answer["values"] for answer in by_naive(law, cases, rules)]  # type: ignore[misc]
    return [answer.values for answer in answers], naive
