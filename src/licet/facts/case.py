"""Reading a case: the shape of `licet.case/1`, typed by the dictionary."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from licet.facts.dictionary import CLOSED_WHEN_GIVEN, COLLECTIONS, ELEMENT, Dictionary, level, own_name
from licet.facts.elements import Element
from licet.facts.errors import CaseError, Place, Problem, nearest, quoted
from licet.facts.numbers import day_number, minute_number
from licet.facts.truth import WORDS, Truth, conjunction
from licet.facts.values import fail, read_value
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, is_empty

SCHEMA = "licet.case/1"
MAX_ITEMS = 200  # decided one by one
MAX_PROBLEMS = 50  # told at once; each looks for the nearest right word
MAX_MEMBERS = 5_000  # items, components, parties, owners, rows … together
LABELS = {
    "items": ("id", "name", "model"),
    "parties": ("name", "entity"),
    "owners": ("name", "entity"),
    "components": ("id", "name", "model"),
}
ALIASES = {"party.role": "party.roles", "owner.role": "owner.roles", "item.declared": "item.declared.us"}
_US_NUMBER = re.compile(r"\d[A-E]\d{3}|EAR99")
LISTS_OF = {
    "item": ("rates", "components"),
    "component": ("rates", "components"),
    "party": ("listings", "owners"),
    "owner": ("listings", "owners"),
}


@dataclass(slots=True)
class Case:
    """A case as read. `root` holds the facts of the case as a whole and its lists of parties and evidence.

    `holdings` is the graph of shares beside the parties as it stands in the file, until services hang it under them;
    `file` the name of the file, beside which a bill of materials that an item names is looked for.
    """

    title: str
    on: date | None
    moment: datetime | None
    root: Element
    items: list[Element] = field(default_factory=list)
    holdings: Node | None = None
    file: str = ""

    @property
    def lines(self) -> list[Element | None]:
        """What is decided one by one: each item, or the case alone where it has none."""
        return [*self.items] or [None]

    def dissolve(self) -> None:
        """Free what the elements hold, at once; the case is of no use afterwards."""
        for element in (self.root, *self.items):
            element.dissolve()


def read_case(node: Node, dictionary: Dictionary) -> Case:
    """A case file. Raises CaseError with every problem found."""
    if not isinstance(node, Mapping):
        fail(node, "E_CASE", "a case is a mapping of facts", "start with case:, on:, act:, shipment:")
    return _Reader(dictionary).case(node)


class _Reader:
    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self.problems: list[Problem] = []
        self.count = 0

    def report(self, *problems: Problem) -> None:
        """Keep problems to be told together; raise CaseError where there are too many."""
        self.problems.extend(problems)
        if len(self.problems) > MAX_PROBLEMS:
            rest = Problem("E_TOO_MANY", f"only the first {MAX_PROBLEMS} problems are told", self.problems[-1].place)
            raise CaseError([*self.problems[:MAX_PROBLEMS], rest])

    def case(self, node: Mapping) -> Case:
        root = Element({}, "case")
        complete = self.complete(node, ("parties", "items", "components", "listings", "owners", "rates", "held"))
        items = self.members(node, "items", "item", complete)
        root.closed["items"] = complete.get("items")
        for of in ("parties", "held"):
            root.add(of, self.members(node, of, ELEMENT[of], complete), self.closed(of, node, complete))
        holdings = node.entries.get("holdings")
        if holdings is not None:
            # What holds for the owners a party names holds for those that the graph gives it.
            root.closed |= {of: complete.get(of) for of in ("owners", "listings")}
        skip = {"schema", "case", "on", "items", "parties", "held", "complete", "holdings"}
        self.facts(node, "", root, skip)
        on, moment = self.when(node)
        if on is not None:
            root.facts["case.on"] = (day_number(on),) * 2
        if moment is not None:
            root.facts["case.minute"] = (minute_number(moment),) * 2
        if self.problems:
            raise CaseError(self.problems)
        title = node.entries.get("case")
        words = title.text if isinstance(title, Scalar) else ""
        return Case(words, on, moment, root, items, holdings, node.place.file)

    def when(self, node: Mapping) -> tuple[date | None, datetime | None]:
        value = node.entries.get("on")
        if value is None or is_empty(value):
            return None, None
        try:
            on, moment = parse_day(value.text if isinstance(value, Scalar) else "")
        except ValueError as bad:
            self.report(Problem("E_DATE", f"on: {bad}", value.place, "write YYYY-MM-DD, or YYYY-MM-DDTHH:MM+ZZ:ZZ"))
            return None, None
        return on, moment

    def complete(self, node: Mapping, allowed: tuple[str, ...]) -> dict[str, Truth]:
        """`complete: [parties, items]`, or `complete: {parties: no}`."""
        value = node.entries.get("complete")
        if value is None or is_empty(value):
            return {}
        found: dict[str, Truth] = {}
        words: list[tuple[Node, str, Truth]] = []
        if isinstance(value, Mapping):
            for key, entry in value.entries.items():
                text = entry.text if isinstance(entry, Scalar) else ""
                if text not in WORDS:
                    self.report(
                        Problem("E_VALUE", f"complete.{key}: {quoted(text)} is not yes, no or unknown", entry.place)
                    )
                words.append((entry, key, WORDS.get(text)))
        else:
            entries = value.items if isinstance(value, Sequence) else [value]
            words = [(entry, entry.text if isinstance(entry, Scalar) else "", True) for entry in entries]
        for entry, word, truth in words:
            if word not in allowed:
                hint = nearest(word, allowed) or f"one of {', '.join(allowed)}"
                self.report(
                    Problem("E_UNKNOWN_KEY", f"complete: {quoted(word)} is not a list of this", entry.place, hint)
                )
            found[word] = truth
        return found

    def closed(self, of: str, node: Mapping, complete: dict[str, Truth]) -> Truth:
        if of == "held":
            entry = node.entries.get("held")
            return None if isinstance(entry, Scalar) and entry.text == "unknown" else True
        if of in CLOSED_WHEN_GIVEN and of in node.entries:
            return True
        return complete.get(of)

    def members(self, node: Mapping, of: str, kind: str, inherited: dict[str, Truth]) -> list[Element]:
        """The elements of a list in a mapping."""
        value = node.entries.get(of)
        if value is None or is_empty(value) or (isinstance(value, Scalar) and value.text in ("unknown", "none")):
            return []
        entries = value.items if isinstance(value, Sequence) else [value]
        self.count += len(entries)
        if self.count > MAX_MEMBERS or (of == "items" and len(entries) > MAX_ITEMS):
            limit = (
                f"{MAX_ITEMS:,} items" if self.count <= MAX_MEMBERS else f"{MAX_MEMBERS:,} things in all lists together"
            )
            text = f"{of}: {len(entries):,} here, a case holds at most {limit}"
            raise CaseError([*self.problems, Problem("E_TOO_MANY", text, value.place, "give it as several cases")])
        found = []
        for number, entry in enumerate(entries, 1):
            if isinstance(entry, Mapping):
                found.append(self.element(entry, of, kind, f"{of}[{number}]", inherited))
            else:
                self.report(Problem("E_VALUE", f"{of}: expected a mapping of facts", entry.place))
        return found

    def element(self, node: Mapping, of: str, kind: str, path: str, inherited: dict[str, Truth]) -> Element:
        element = Element({}, self.label(node, of, path))
        lists = LISTS_OF.get(kind, ())
        complete = inherited | self.complete(node, lists) if lists else inherited
        for inner in lists:
            element.add(inner, self.members(node, inner, ELEMENT[inner], complete), self.closed(inner, node, complete))
        if kind == "item":
            _flatten(element)
        self.facts(node, kind, element, {*lists, "complete"} if lists else set())
        return element

    def label(self, node: Mapping, of: str, path: str) -> str:
        for key in LABELS.get(of, ()):
            value = node.entries.get(key)
            if isinstance(value, Scalar) and value.text:
                return value.text
        return path

    def facts(self, node: Mapping, prefix: str, element: Element, skip: set[str]) -> None:
        """Every key of a mapping as facts of an element, nested keys joined by dots."""
        for key, value in node.entries.items():
            if key in skip or (prefix in ("item", "component", "party", "owner") and key == "id"):
                continue
            name = f"{prefix}.{key}" if prefix else key
            if isinstance(value, Mapping) and (value.entries or self.branch(name)):
                self.facts(value, name, element, set())
                continue
            if name in ("item.value", "component.value"):
                self.fact(*self.money(name, value), node.keys[key], element)
            else:
                self.fact(ALIASES.get(name, name), value, node.keys[key], element)

    def branch(self, name: str) -> bool:
        """Whether facts stand beneath this name."""
        return any(known.startswith(f"{own_name(name)}.") for known in self.dictionary.facts)

    def fact(self, name: str, value: Node, place: Place, element: Element) -> None:
        fact = self.dictionary.find(name)
        if fact is None:
            siblings = [known for known in self.dictionary.facts if level(known) == level(own_name(name))]
            short = {known.partition(".")[2] if level(known) != "case" else known for known in siblings}
            word = name.partition(".")[2] if level(name) != "case" else name
            lists = [of for of, owner in COLLECTIONS.items() if owner == level(name)]
            self.report(
                Problem(
                    "E_UNKNOWN_KEY",
                    f"there is no fact {quoted(name)[1:-1]}",
                    place,
                    nearest(word, [*short, *lists, "case", "on", "items"]),
                )
            )
            return
        try:
            read = read_value(fact, value)
        except CaseError as error:
            self.report(*error.problems)
            return
        if read is not None:
            us = own_name(name) == "item.declared.us"
            element.facts[own_name(name)] = frozenset(map(_us_code, read)) if us else read

    def money(self, name: str, node: Node) -> tuple[str, Node]:
        """`1200000 USD` as the fact value_usd; another currency leaves that fact unknown."""
        text = node.text.strip() if isinstance(node, Scalar) else ""
        amount, _, currency = text.partition(" ")
        if len(currency) != 3 or not currency.isupper():
            self.report(Problem("E_UNIT", f"value: {quoted(text)} names no currency", node.place, "write 1200000 USD"))
        stated = amount if currency == "USD" else "unknown"
        return f"{name.partition('.')[0]}.value_usd", Scalar(stated, True, node.place)


def _us_code(word: str) -> str:
    """A US control number as the list writes it: `3a001.A.2` and `EAR 99` are 3A001.a.2 and EAR99."""
    bare = "".join(word.split()).removeprefix("ECCN")
    number, paragraph = bare[:5].upper(), bare[5:].lower()
    return number + paragraph if _US_NUMBER.fullmatch(number) else word


def _flatten(item: Element) -> None:
    """Components at any depth count as components of the item; the list is closed where every list given is.

    Which component holds another is kept as its fact `within`.
    """
    found: list[Element] = []
    closed = [item.closed["components"]]
    pending = list(item.lists["components"])
    while pending:
        component = pending.pop(0)
        found.append(component)
        beneath = component.lists.pop("components")
        if beneath:
            closed.append(component.closed["components"])
            pending.extend(beneath)
            for inner in beneath:
                inner.facts.setdefault("item.within", component.label)
        component.closed.pop("components")
    item.add("components", found, conjunction(closed))


def parse_day(text: str) -> tuple[date, datetime | None]:
    """`2023-11-20`, or a moment with zone, as its day and moment. Raises ValueError."""
    if len(text) == 10:
        return date.fromisoformat(text), None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{quoted(text)} names no time zone")
    return moment.date(), moment
