"""Facts of a case that cannot all be true: found before anything is decided, so that no answer rests on them.

Seven kinds: a declared code that the parameters rule out, a stated measure that its inputs do not come to, two facts of
which the dictionary says that they exclude each other, owners that hold more than the whole, a list of parties that is
said to be complete and names nobody, a paper for a provision that there is not, and a transfer inside one country that
leaves it.
Besides being of no use, each of these would let a further fact move an outcome instead of narrowing it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from licet.facts.dictionary import level, own_name
from licet.facts.elements import Element
from licet.facts.errors import Problem, nearest, quoted
from licet.facts.numbers import Interval, exact_text
from licet.facts.truth import word
from licet.logic import words
from licet.logic.evaluate import Evaluator, Node
from licet.logic.measured import Exact, measure
from licet.logic.owned import WHOLE
from licet.logic.prove import Prover
from licet.rules import tree
from licet.rules.codes import ancestors
from licet.rules.snapshot import InForce

CODE = "E_CONTRADICTION"
_PROVISION = re.compile(r"[a-z]{2,}\.")  # the id of a provision begins with its jurisdiction; 740.12 is a citation


class Contradictions:
    """What the law of one day and the dictionary hold against each other; worked out once for all cases of the day."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.law = evaluator.law
        self.dictionary = self.law.law.dictionary
        self.measures = tuple(fact for fact, held in self.law.measures.items() if held.value)
        self.entries = [held for held in self.law.of_kind("entry") if "scheme" in held.extra and "code" in held.extra]
        self.schemes = tuple(dict.fromkeys(_scheme(held) for held in self.entries))
        self.coded: dict[tuple[str, str], list[int]] = {}
        for number, held in enumerate(self.entries):
            self.coded.setdefault((_scheme(held), held.extra["code"]), []).append(number)
        self.refuting = [
            (held, *held.extra["refutes"].split("=")) for held in self.law.of_kind("reach") if "refutes" in held.extra
        ]
        self.pairs: dict[str, list[tuple[str, str, str]]] = {}
        for fact in self.dictionary.facts.values():
            for value, others in fact.contradicts.items():
                self.pairs.setdefault(level(fact.name), []).extend((fact.name, value, other) for other in others)

    @cached_property
    def lines(self) -> dict[str, set[Fraction]]:
        """The literals with which the law of the day compares each measure."""
        return _lines(self.law.rules.values(), self.measures)

    def case(self, root: Element) -> Iterator[Problem]:
        """Contradictions of the case as a whole and of its parties, whatever its items."""
        yield from self._whatever_the_day(root)
        yield from self._refuted(root)
        yield from _nobody(root)
        pending = list(root.lists.get("parties", ()))
        while pending:
            party = pending.pop()
            owners = party.lists.get("owners", ())
            pending.extend(owners)
            yield from self._excluded(party, "party")
            if owners:
                yield from _too_many_shares(party)

    def whole(self, root: Element) -> Iterator[Problem]:
        """Contradictions of the case as a whole that are such on every day."""
        yield from self._whatever_the_day(root)
        yield from _nobody(root)

    def _whatever_the_day(self, root: Element) -> Iterator[Problem]:
        yield from self._excluded(root, "case")
        for paper in root.lists.get("held", ()):
            yield from self._addressed(paper)
        start, end = root.facts.get("shipment.from"), root.facts.get("shipment.to")
        if (
            root.facts.get("act") == "in_country_transfer"
            and isinstance(start, str)
            and isinstance(end, str)
            and start != end
        ):
            text = f"an in-country transfer stays in one country, but goes from {start} to {end}"
            yield Problem(CODE, text, hint="say act: export or reexport, or correct the countries")

    def _addressed(self, paper: Element) -> Iterator[Problem]:
        """A paper for a provision that is named like one of this law and is none: it would count for nothing."""
        name = paper.facts.get("evidence.for")
        known = self.law.law
        if not isinstance(name, str) or _PROVISION.match(name) is None:
            return
        if name in known.rules or name in known.instruments or any(rule.startswith(f"{name}.") for rule in known.rules):
            return
        text = f"{paper.label} is said to be for {quoted(name)}, and no provision is called so"
        yield Problem(CODE, text, hint=nearest(name, known.rules) or "licet law list shows the provisions")

    def item(self, item: Element) -> Iterator[Problem]:
        """Contradictions of an item and of its components. The line must have been settled."""
        for element in (item, *item.lists.get("components", ())):
            yield from self._excluded(element, "item")
            if any(fact in element.facts for fact in self.schemes):
                yield from self._codes(element)
            for fact in self.measures:
                if fact in element.facts:
                    yield from self._stated(fact, element)

    def without_other(self, item: Element) -> None:
        """Forget the kind `other` of an item or component whose code belongs to things of some kind.

        `other` says that no kind of the dictionary fits; beside such a code it says nothing of the item.
        """
        for element in (item, *item.lists.get("components", ())):
            other = element.facts.get("item.kind") == "other"
            if other and self.declared(element):
                del element.facts["item.kind"]

    # --- each kind ----------------------------------------------------------------------------

    def declared(self, item: Element) -> list[InForce]:
        """The entries whose paragraph is declared, or one beneath it, in the order of the files."""
        found: set[int] = set()
        for fact in self.schemes:
            codes = item.facts.get(fact, frozenset())
            for code in codes if isinstance(codes, frozenset) else (codes,):
                for above in ancestors(code):
                    found.update(self.coded.get((fact, above), ()))
        return [self.entries[number] for number in sorted(found)]

    def _codes(self, item: Element) -> Iterator[Problem]:
        """Declared codes whose paragraph the parameters rule out."""
        for held in self.declared(item):
            if self._ruled_out(held, item):
                yield self._code(held, _scheme(held), item)

    def _ruled_out(self, held: InForce, item: Element) -> bool:
        """Whether the parameters of a version of the day rule the item out."""
        node = self.evaluator.node(held.rule.id)
        return node is not None and any(part.parts[0].value(item) is False for part in declared_parts(node))

    def _code(self, held: InForce, fact: str, item: Element) -> Problem:
        reason = Prover(self.evaluator).reason(held.rule.id, item, ("item",))
        why = "; ".join(text for text, _ in reason[:3])
        said = f"{item.label}: {fact} says {words.text(item.facts[fact])}"
        text = f"{said}, but its parameters rule out {held.extra['code']} ({held.rule.cite}) on {self.law.day}: {why}"
        return Problem(CODE, text, hint="correct the parameters, or the declared code")

    def _stated(self, fact: str, element: Element) -> Iterator[Problem]:
        """A measure given beside its inputs, where both cannot be right."""
        scale, given = self.dictionary.facts[fact].scale, element.facts[fact]
        computed = measure(self.evaluator, fact, element)
        if not _agree(given, scale, computed, lambda: self.lines.get(fact, ())):
            said = _text(_fractions(given, scale))
            yield Problem(
                CODE,
                f"{element.label}: {fact} is given as {said}, but what it is computed from comes to "
                f"{_text(computed)} on {self.law.day}",
                hint=f"correct one of them, or leave out {fact}",
            )

    def apart(self, fact: str, element: Element) -> bool:
        """Whether a stated measure is another than the computed one, be it by rounding."""
        given = _fractions(element.facts[fact], self.dictionary.facts[fact].scale)
        return _gap(given, measure(self.evaluator, fact, element)) is not None

    def _excluded(self, element: Element, kind: str) -> Iterator[Problem]:
        """Facts that the dictionary says exclude each other."""
        for fact, value, other in self.pairs.get(kind, ()):
            if element.facts.get(other) is True and says(element.facts.get(fact), value):
                about = "" if kind == "case" else f"{element.label}: "
                yield Problem(
                    CODE,
                    f"{about}{fact} says {value}, but {other} says yes",
                    hint=f"correct one of them ({', '.join(self.dictionary.facts[fact].values) or 'yes, no'})",
                )

    def _refuted(self, root: Element) -> Iterator[Problem]:
        """Values of a fact that a rule refutes, once what it reads is stated."""
        for held, fact, value in self.refuting:
            rule = held.rule
            if says(root.facts.get(fact), value) and self.evaluator.lifted(rule.id, ("case",))(root) is True:
                why = "; ".join(text for text, _ in Prover(self.evaluator).reason(rule.id, root, ("case",))[:4])
                yield Problem(
                    CODE, f"{fact} says {value}, but: {rule.title} ({why})", hint=f"correct {fact}, or the rest"
                )


def _nobody(root: Element) -> Iterator[Problem]:
    """A list of parties that is said to be complete and names nobody."""
    if "act" in root.facts and root.closed.get("parties") is True and not root.lists.get("parties"):
        text = f"parties are said to be complete, but nobody is named, and somebody takes part in every {_act(root)}"
        yield Problem(CODE, text, hint="name who gets it, or leave parties out of complete")


def _too_many_shares(party: Element) -> Iterator[Problem]:
    """Owners that hold more than the whole even by the least each may hold."""
    for fact, what in (("owner.share", ""), ("owner.votes", " of the votes")):
        total = sum((owner.facts.get(fact) or (0, None))[0] or 0 for owner in party.lists["owners"])
        if total > WHOLE:
            text = f"{party.label}: its owners hold {exact_text(total, 4)} %{what} together, more than the whole"
            yield Problem(CODE, text, hint="correct the shares, and name each owner once")


def _act(root: Element) -> str:
    return str(root.facts["act"]).replace("_", " ")


def _scheme(held: InForce) -> str:
    return f"item.declared.{held.extra['scheme']}"


def declared_parts(node: Node) -> Iterator[Node]:
    """The compiled parameters-or-code conditions of an entry: one for each version that touches the day."""
    if isinstance(node.source, tree.Declared):
        yield node
        return
    for part in node.parts:
        yield from declared_parts(part)


def says(value: object, stated: str) -> bool:
    """Whether a fact has the value that a word of the dictionary stands for."""
    return word(value) == stated if isinstance(value, bool) else value == stated


# --- numbers ---------------------------------------------------------------------------------


def _agree(given: Interval, scale: int, computed: Exact, lines: Callable[[], Iterable[Fraction]]) -> bool:
    """Whether a stated number can be the computed one: they overlap, or differ by rounding that crosses no line."""
    low, high = _fractions(given, scale)
    gap = _gap((low, high), computed)
    if gap is None:
        return True
    below, above = gap
    end = given[1] if above != low else given[0]
    assert end is not None
    return above - below <= _half_a_place(end, scale) and not any(below <= line <= above for line in lines())


def _gap(left: Exact, right: Exact) -> tuple[Fraction, Fraction] | None:
    """What lies between two intervals; None where they overlap."""
    if left[1] is not None and right[0] is not None and left[1] < right[0]:
        return left[1], right[0]
    if right[1] is not None and left[0] is not None and right[1] < left[0]:
        return right[1], left[0]
    return None


def _half_a_place(value: int, scale: int) -> Fraction:
    """Half a unit of the last decimal that a number is written with: 0.005 for 5.71."""
    decimals = len(exact_text(value, scale).partition(".")[2])
    return Fraction(1, 2 * 10**decimals)


def _fractions(interval: Interval, scale: int) -> Exact:
    low, high = interval
    unit = 10**scale
    return None if low is None else Fraction(low, unit), None if high is None else Fraction(high, unit)


def _text(interval: Exact) -> str:
    """An interval with as many decimals as the dictionary keeps, so that a small difference can be seen."""
    ends = ["" if end is None else _decimals(end) for end in interval]
    return ends[0] if ends[0] == ends[1] else "..".join(ends)


def _decimals(value: Fraction) -> str:
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):.6f}"
    return text.rstrip("0").rstrip(".")


def _lines(rules: Iterable[InForce], measures: tuple[str, ...]) -> dict[str, set[Fraction]]:
    found: dict[str, set[Fraction]] = {}
    for held in rules:
        guards = [case.guard for case in held.value if case.guard is not None]
        for node in (part for when in (held.when, *guards) for part in tree.walk(when)):
            match node:
                case tree.Compare(left=tree.NumberFact(name=name), right=tree.Const(value=value, scale=scale)):
                    if own_name(name) in measures:
                        found.setdefault(own_name(name), set()).add(Fraction(value, 10**scale))
    return found
