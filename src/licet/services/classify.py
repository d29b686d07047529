"""Which entries of the control lists describe an item, by its parameters and by the code it was given.

The answer keeps apart what describes the item, what may, and the neighbours that its figures rule out: entries that
speak of this kind of thing and do not reach it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Sequence as Several
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from licet.facts.case import read_case
from licet.facts.elements import Element, line
from licet.facts.errors import CaseError
from licet.facts.plain import from_plain
from licet.facts.truth import Truth
from licet.facts.yamltext import Mapping, Node, Sequence
from licet.logic.ask import Open
from licet.logic.decide import Decider
from licet.logic.decision import Margin, Question
from licet.logic.narrowed import narrow
from licet.rules.law import Law
from licet.rules.snapshot import InForce, snapshot
from licet.services.controls import Control, controls_of
from licet.services.most import Most

ITEM = ("item",)
_KIND_FACTS = ("item.kind", "item.for_kind", "item.technology_for")
_CATALOGUE = ".list.eccns"
MAX_WHY = 6
SCHEMA = "licet.classification/1"


@dataclass(frozen=True, slots=True)
class EntryFound:
    """An entry and whether it describes the item: `yes`, `unknown` or `no`."""

    code: str
    value: str
    rule: str
    title: str
    cite: str
    why: tuple[str, ...]
    controls: tuple[Control, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredCode:
    """A code the item was given, and what it is controlled for; `known` where the list of the scheme has it."""

    code: str
    known: bool
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class SchemeAnswer:
    """One list: what describes the item, what may, what its figures rule out."""

    scheme: str
    described: tuple[EntryFound, ...]
    open: tuple[EntryFound, ...]
    ruled_out: tuple[EntryFound, ...]
    declared: tuple[DeclaredCode, ...]
    not_by_parameters: int

    @property
    def settled(self) -> bool:
        """Whether each entry told by parameters is decided."""
        return not self.open


@dataclass(frozen=True, slots=True)
class Classification:
    """The answer for one item on one day."""

    item: str
    on: date
    law: str
    schemes: tuple[SchemeAnswer, ...]
    margins: tuple[Margin, ...]
    questions: tuple[Question, ...]

    @property
    def entries(self) -> int:
        """How many entries it tells of."""
        return sum(len(one.described) + len(one.open) + len(one.ruled_out) for one in self.schemes)


def classify(
    law: Law,
    node: Node,
    day: date | None,
    schemes: tuple[str, ...] = (),
    decider: Callable[[date], Decider] | None = None,
    most: Most | None = None,
) -> list[Classification]:
    """Every item of a case, or the one item that the file is about. Raises CaseError.

    `decider` gives what was compiled for a day before; without it the law is compiled anew. `most` is the most of one
    answer, where others wait for it.
    """
    case = read_case(_as_case(node), law.dictionary)
    on = day or case.on or date.today()
    if on < law.encoded_from:
        hint = f"the first day is {law.encoded_from.isoformat()}"
        raise CaseError.one("E_BEFORE_LAW", f"no law is encoded for {on}", hint=hint)
    if not case.items:
        raise CaseError.one("E_NO_ITEM", "there is no item to classify", hint="write its facts, or items: with them")
    classifier = _Classifier(Decider(snapshot(law, on)) if decider is None else decider(on), schemes)
    found = list[Classification]()
    for item in case.items:
        found.append(classifier.item(case.root, item))
        if most is not None:
            most.within(sum(one.entries for one in found), len(found))
    return found


def as_plain(found: Several[Classification]) -> dict[str, Any]:
    """The answer for all items as plain data (`licet.classification/1`)."""
    return {"schema": SCHEMA, "items": [asdict(one) | {"on": one.on.isoformat()} for one in found]}


def from_kept(plain: dict[str, Any]) -> list[Classification]:
    """The answers again from what `as_plain` made of them."""
    return [from_plain(Classification, one | {"on": date.fromisoformat(one["on"])}) for one in plain["items"]]


def _as_case(node: Node) -> Node:
    """A file that holds the facts of one item, as a case with that item; a case as it is."""
    if not isinstance(node, Mapping) or "items" in node.entries:
        return node
    about_case = {key: value for key, value in node.entries.items() if key in ("case", "on", "schema")}
    entries = {key: value for key, value in node.entries.items() if key not in about_case}
    item = Mapping(node.place, entries, {key: node.keys[key] for key in entries})
    items = Sequence(node.place, [item])
    keys = {key: node.keys[key] for key in about_case}
    return Mapping(node.place, {**about_case, "items": items}, {**keys, "items": node.place})


class _Classifier:
    """One law on one day."""

    def __init__(self, decider: Decider, schemes: tuple[str, ...]) -> None:
        self.decider, self.law, self.day = decider, decider.law, decider.law.day
        self.evaluator = decider.evaluator
        self.controls = controls_of(self.law)
        coded = [held for held in self.law.of_kind("entry") if held.rule.subject == "item" and "code" in held.extra]
        self.entries = {
            scheme: [h for h in coded if _scheme(h) == scheme] for scheme in dict.fromkeys(map(_scheme, coded))
        }
        wrong = [scheme for scheme in schemes if scheme not in self.entries]
        if wrong:
            hint = f"one of {', '.join(sorted(self.entries))}"
            raise CaseError.one("E_SCHEME", f"no list of {', '.join(wrong)} is encoded for {self.day}", hint=hint)
        self.wanted = schemes or tuple(self.entries)

    def item(self, root: Element, item: Element) -> Classification:
        """One item against the lists wanted. Raises CaseError where its facts contradict each other."""
        contradictions = self.decider.contradictions
        contradictions.without_other(item)
        narrow(self.evaluator, item)
        problems = list(contradictions.item(line(root, item).item or item))
        if problems:
            raise CaseError(problems)
        bare = Element({fact: item.facts[fact] for fact in _KIND_FACTS if fact in item.facts}, item.label)
        shapes = {name: self._values(Element({}, "case"), bare, self.entries[name]) for name in self.wanted}
        found: Open = {}
        answers = tuple(self._scheme(name, root, item, shapes[name], found) for name in self.wanted)
        line(root, item)
        entries = [held for name in self.wanted for held in self.entries[name]]
        asked = sorted(found.values(), key=lambda each: (-len(each.rules), each.fact))
        questions = tuple(self._question(each.fact, each.element, tuple(each.rules)) for each in asked)
        near = tuple(self.decider.margins.of(entries, item))
        return Classification(item.label, self.day, self.law.law.hash, answers, near, questions)

    def _values(self, root: Element, item: Element, entries: Iterable[InForce]) -> dict[str, Truth]:
        line(root, item)
        return {held.rule.id: self.evaluator.rule(held.rule.id)(item) for held in entries}

    def _scheme(self, scheme: str, root: Element, item: Element, shapes: dict[str, Truth], found: Open) -> SchemeAnswer:
        """One list. A neighbour is an entry that the kind of thing alone does not rule out."""
        values = self._values(root, item, self.entries[scheme])
        answers: dict[str, list[EntryFound]] = {"yes": [], "unknown": [], "no": []}
        for held in self.entries[scheme]:
            value = values[held.rule.id]
            if value is not False or shapes[held.rule.id] is not False:
                answer = self._entry(held, value, item, scheme, found)
                answers[answer.value].append(answer)
        codes = sorted(item.facts.get(f"item.declared.{scheme}", ()))
        declared = tuple(self._declared(scheme, code) for code in codes)
        listed = self._catalogue(scheme)
        told = {held.extra["code"].partition(".")[0] for held in self.entries[scheme]}
        return SchemeAnswer(
            scheme,
            tuple(answers["yes"]),
            tuple(answers["unknown"]),
            tuple(answers["no"]),
            declared,
            len([code for code in listed if code not in told]),
        )

    def _entry(self, held: InForce, value: Truth, item: Element, scheme: str, found: Open) -> EntryFound:
        rule = held.rule
        fresh: Open = {}
        if value is None:
            self.decider.asker.rule(rule.id, item, ITEM, fresh)
            for key, each in fresh.items():
                kept = found.setdefault(key, each)
                kept.rules.extend(name for name in each.rules if name not in kept.rules)
        reason = self.decider.prover.reason(rule.id, item, ITEM)
        return EntryFound(
            code=held.extra["code"],
            value={True: "yes", False: "no", None: "unknown"}[value],
            rule=rule.id,
            title=rule.title,
            cite=rule.cite,
            why=tuple(f"{text} [{cite}]" if cite else text for text, cite in reason[:MAX_WHY]),
            controls=tuple(self.controls.of(scheme, held.extra["code"], rule.id)) if value is not False else (),
            asks=tuple(dict.fromkeys(each.fact for each in fresh.values())),
        )

    def _declared(self, scheme: str, code: str) -> DeclaredCode:
        listed = self._catalogue(scheme)
        known = code.partition(".")[0] in listed or not listed
        return DeclaredCode(code, known, tuple(self.controls.of(scheme, code)))

    def _catalogue(self, scheme: str) -> frozenset[str]:
        """All entries of the list of a scheme, where the law names them."""
        named = (held for held in self.law.of_kind("group") if held.rule.id.endswith(_CATALOGUE))
        return next((held.members for held in named if _scheme(held) == scheme), frozenset())

    def _question(self, fact: str, element: Element, rules: tuple[str, ...]) -> Question:
        known = self.law.law.dictionary.find(fact)
        ask = known.ask_en if known is not None else fact
        codes = [self.law.rules[rule].extra.get("code", rule) for rule in rules]
        return Question(fact, element.label, ask, ", ".join(codes), known.who if known is not None else "", rules)


def _scheme(held: InForce) -> str:
    """The list an entry belongs to: the jurisdiction its id begins with."""
    return held.rule.id.partition(".")[0]
