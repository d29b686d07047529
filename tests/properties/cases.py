"""Cases made up from the dictionary, the law's own values and the example cases.

A case starts from one of the examples (or from nothing) on a day at which some law changed; a few of its facts
take values at, below and above the lines of that day's law. A poorer case leaves out part of what the richer says.
"""

from __future__ import annotations

import copy
import os
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from licet.facts.case import Case, read_case
from licet.facts.dictionary import ELEMENT, level
from licet.facts.elements import Element, line
from licet.facts.yamltext import read_yaml
from licet.logic.decide import Bounds, Decider
from licet.services.check import Checker
from licet.services.home import open_checker
from licet.services.samples import OTHER, Samples
from tests.examples import CASES

EXAMPLES = Path(__file__).parents[2] / "examples"
DERIVED = ("case.on", "case.minute", "item.bom")  # worked out, or the name of a file beside the case
DAYS = 12


EFFORT = int(os.environ.get("LICET_TEST_EFFORT", "1"))


def often(count: int) -> settings:
    """So many generated cases, times LICET_TEST_EFFORT; a larger effort looks where the usual one does not."""
    return settings(max_examples=count * EFFORT, derandomize=EFFORT == 1)


@dataclass
class Thing:
    """An element of a case before it is built: facts, lists, and which lists are closed."""

    facts: dict[str, Any] = field(default_factory=dict)
    label: str = ""
    lists: dict[str, list[Thing]] = field(default_factory=dict)
    closed: dict[str, bool | None] = field(default_factory=dict)

    def all(self) -> list[Thing]:
        """This and everything beneath it."""
        return [self, *(inner for members in self.lists.values() for member in members for inner in member.all())]


@dataclass
class Draft:
    """A case before it is built, with the day it is decided on. `root` also lists the items."""

    day: date
    root: Thing

    def copy(self) -> Draft:
        """One that can be changed by itself."""
        return copy.deepcopy(self)


@cache
def checker() -> Checker:
    """The checker that all properties use."""
    return open_checker()


def decider(day: date) -> Decider:
    """The decider of a day."""
    return checker().decider(day, False)


@cache
def samples(day: date) -> Samples:
    """Values near the lines of the law of a day."""
    return Samples(decider(day).law)


@cache
def examples() -> tuple[Thing, ...]:
    """The example cases as things, and one that says nothing."""
    found = [Thing(label="case", lists={"items": [], "parties": [], "held": []}, closed={"held": True})]
    for path in CASES:
        case = read_case(read_yaml(path.read_text(encoding="utf-8"), path.name), checker().law.dictionary)
        root = _thing(case.root)
        root.lists["items"] = [_thing(item) for item in case.items]
        found.append(root)
    return tuple(found)


def _thing(element: Element) -> Thing:
    facts = {name: value for name, value in element.facts.items() if name not in DERIVED}
    lists = {of: [_thing(member) for member in members] for of, members in element.lists.items()}
    return Thing(facts, element.label, lists, dict(element.closed))


@cache
def days() -> tuple[date, ...]:
    """Days at which much law changed, the day before and after, and the last day read."""
    counts: dict[date, int] = {}
    law = checker().law
    for rule in law.rules.values():
        for version in rule.versions:
            day = version.start.date() if isinstance(version.start, datetime) else version.start
            if day > law.encoded_from:
                counts[day] = counts.get(day, 0) + 1
    often = sorted(counts, key=lambda day: (-counts[day], day))[:DAYS]
    return tuple(sorted({*often, *(day - timedelta(days=1) for day in often)}))


def build(draft: Draft) -> Case:
    """The case as the engine sees it."""
    root = _element(draft.root)
    items = root.lists.pop("items", [])
    root.facts["case.on"] = (draft.day.toordinal(),) * 2
    return Case(draft.root.label, draft.day, None, root, items)


def _element(thing: Thing) -> Element:
    element = Element(dict(thing.facts), thing.label)
    for of, members in thing.lists.items():
        element.add(of, [_element(member) for member in members], thing.closed.get(of))
    for of, closed in thing.closed.items():
        element.closed.setdefault(of, closed)
    return element


# --- making cases ----------------------------------------------------------------------------


@st.composite
def drafts(draw: st.DrawFn, changes: int = 8) -> tuple[Draft, Random]:
    """A case that does not contradict itself, and a source of further choices about it."""
    choose = draw(st.randoms(use_true_random=False))
    draft = Draft(draw(st.sampled_from(days())), copy.deepcopy(draw(st.sampled_from(examples()))))
    for _ in range(draw(st.integers(0, changes))):
        change(draft, choose)
    drop_measures(draft)
    return draft, choose


def change(draft: Draft, choose: Random) -> None:
    """Give one thing of the case another value for one fact, or one more member."""
    thing, kind = choose.choice(things(draft))
    if kind == "case" and choose.random() < 0.3:
        add_member(draft.root, choose.choice(["items", "parties"]), choose)
        return
    if kind == "party" and choose.random() < 0.5:
        add_member(thing, choose.choice(["listings", "owners"]), choose)
        return
    if kind == "item" and choose.random() < 0.2:
        add_member(thing, choose.choice(["rates", "components"]), choose)
        return
    set_fact(draft, thing, kind, choose)


def set_fact(draft: Draft, thing: Thing, kind: str, choose: Random) -> None:
    """One fact of a thing at a value that the law of the day compares it with, or near it."""
    element = {"component": "item", "owner": "party"}.get(kind, kind)
    dictionary = checker().law.dictionary
    names = [name for name in dictionary.names(element) if not name.startswith("complete.") and name not in DERIVED]
    name = "owner.share" if kind == "owner" and choose.random() < 0.4 else choose.choice(names)
    if name == "owner.share":
        thing.facts[name] = (choose.choice([0, 10, 25, 50]) * 10**4,) * 2
        return
    values = samples(draft.day).of(name, dictionary)
    if not values:
        return
    value = choose.choice(values)
    known = dictionary.facts[name]
    if known.type == "date" and value[0] < 1:
        return
    if known.type == "country" and value == OTHER:
        value = "BR"
    if known.type == "number" and choose.random() < 0.3:
        other = choose.choice(values)
        value = (min(value[0], other[0]), max(value[1], other[1]))
    thing.facts[name] = value


def add_member(thing: Thing, of: str, choose: Random) -> None:
    """One more, nameless member of a list."""
    members = thing.lists.setdefault(of, [])
    member = Thing(label=f"{of}[{len(members) + 1}]")
    if of == "rates":
        for name, amount in (("rate.tops", choose.choice([300, 600, 2000])), ("rate.bits", 8)):
            member.facts[name] = (amount * 10 ** checker().law.dictionary.facts[name].scale,) * 2
        thing.closed["rates"] = True
    elif of == "owners":
        member.facts = {"owner.share": (choose.choice([10, 25, 30]) * 10**4,) * 2}
    members.append(member)


def things(draft: Draft) -> list[tuple[Thing, str]]:
    """Everything in the case with the kind of element it is."""
    found: list[tuple[Thing, str]] = [(draft.root, "case")]
    for thing, _ in found:
        for of, members in thing.lists.items():
            found.extend((member, ELEMENT.get(of, "item")) for member in members)
    return found


def drop_measures(draft: Draft) -> None:
    """No measure is stated beside its inputs: what a stated figure does there has tests of its own."""
    for thing in draft.root.all():
        for fact in decider(draft.day).law.measures:
            if fact in thing.facts and level(fact) == "item":
                del thing.facts[fact]


# --- poorer cases ----------------------------------------------------------------------------


def poorer(draft: Draft, choose: Random, share: float = 0.3) -> Draft:
    """The same case with some facts left out, ranges widened, lists opened and members of open lists dropped."""
    poor = draft.copy()
    for thing, kind in things(poor):
        for name in list(thing.facts):
            if kind != "evidence" and choose.random() < share:
                _loosen(thing, name, choose)
        for of, closed in list(thing.closed.items()):
            if of not in ("items", "held", "rates") and closed is True and choose.random() < share / 2:
                thing.closed[of] = None
        for of in ("parties", "components", "listings", "owners"):
            if thing.lists.get(of) and thing.closed.get(of) is not True and choose.random() < share:
                thing.lists[of] = [member for member in thing.lists[of] if choose.random() < 0.5]
        if thing.lists.get("rates") and choose.random() < share / 2:
            thing.lists["rates"], thing.closed["rates"] = [], None
    return poor


def _loosen(thing: Thing, name: str, choose: Random) -> None:
    value = thing.facts[name]
    if isinstance(value, tuple) and choose.random() < 0.5 and name != "owner.share":
        low, high = value
        thing.facts[name] = (max(0, low - choose.choice([0, 1, 1000])), high + choose.choice([0, 1, 1000]))
        return
    del thing.facts[name]


# --- what they come to -----------------------------------------------------------------------


def contradicts_itself(draft: Draft) -> bool:
    """Whether the case is one that is refused."""
    case = build(draft)
    return any(True for _ in checker().contradictions(case, decider(draft.day)))


def outcomes(draft: Draft) -> dict[str, Bounds]:
    """The bounds of the whole case and of each jurisdiction."""
    case, judge = build(draft), decider(draft.day)
    found: dict[str, Bounds] = {"": Bounds()}
    for instrument in judge.instruments:
        found[instrument.jurisdiction] = Bounds()
    for item in case.lines:
        decided = judge.decide(line(case.root, item), item)
        found[""] = found[""].join(decided.overall())
        for jurisdiction in decided.needed:
            found[jurisdiction] = found[jurisdiction].join(decided.bounds(jurisdiction))
    return found


def contains(wide: Bounds, narrow: Bounds) -> bool:
    """Whether every outcome of the narrower bounds lies within the wider."""
    return wide.best <= narrow.best and narrow.worst <= wide.worst
