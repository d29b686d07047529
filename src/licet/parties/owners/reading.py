"""Reading a graph of owners: the strict YAML of `licet own`, in the style of a case.

Every mistake is told with its place, all of them together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from licet.facts.dictionary import FactType
from licet.facts.errors import CaseError, Problem, nearest, quoted
from licet.facts.numbers import plain
from licet.facts.truth import WORDS, Truth
from licet.facts.values import fail, read_value
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, is_empty
from licet.parties.owners.model import (
    ALWAYS,
    SCALE,
    UNKNOWN_SHARE,
    WHOLE,
    Control,
    Entity,
    Graph,
    Holding,
    Joint,
    Listing,
    Share,
    Span,
)

MAX_EDGES = 5_000
KEYS = ("own", "on", "target", "entities", "holdings", "controls", "joint", "complete", "votes")
_ENTITY = ("name", "other", "kind", "country", "entity", "listed")
_KINDS = ("firm", "person", "government", "university", "vessel", "aircraft", "trust")
_LISTING = ("list", "from", "until", "footnotes", "scope", "policy", "exceptions_barred")
_HOLDING = ("owner", "owned", "share", "votes", "from", "until", "source")
_CONTROL = ("holder", "owned", "by", "value", "from", "until", "source")
_JOINT = ("holders", "value", "from", "until", "source")
_CLOSES: dict[str, Callable[[Entity], Entity]] = {
    "owners": lambda entity: replace(entity, owners_complete=True),
    "listings": lambda entity: replace(entity, screened=True),
    "control": lambda entity: replace(entity, control_complete=True),
}
_SHARE = FactType("share", "number", unit="%", scale=SCALE, low=0)
_TRUTH = FactType("value", "yes_no")
T = TypeVar("T")


def read_graph(node: Node) -> Graph:
    """The graph in a file. Raises CaseError with every problem found."""
    if not isinstance(node, Mapping):
        fail(node, "E_OWN", "a graph of owners is a mapping", "start with own:, on:, entities:, holdings:")
    return _Reader(node).graph()


def read_holdings(node: Node) -> Graph:
    """A graph of holdings alone, as a case may carry it. Raises CaseError."""
    return read_graph(Mapping(node.place, {"holdings": node}, {"holdings": node.place}))


class _Reader:
    def __init__(self, root: Mapping) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.entities: dict[str, Entity] = {}
        self.declared = "entities" in root.entries

    def graph(self) -> Graph:
        self.only(self.root, KEYS)
        self.entities = {entity.name: entity for entity in self.read("entities", self.entity)}
        holdings = tuple(self.read("holdings", self.holding))
        controls = tuple(self.read("controls", self.control))
        joints = tuple(self.read("joint", self.joint))
        self.complete()
        targets = tuple(self.named(node) for node in _items(self.root.entries.get("target")))
        on, follow = self.day(self.root, "on"), self.votes_follow()
        if self.problems:
            raise CaseError(self.problems)
        title = _word(self.root.entries.get("own"))
        return Graph(title, on, targets, self.entities, holdings, controls, joints, follow)

    def read(self, key: str, reader: Callable[[Mapping], T]) -> Iterator[T]:
        """The members of a list, those that can be read; the rest are problems."""
        items = _items(self.root.entries.get(key))
        if len(items) > MAX_EDGES:
            raise CaseError.one("E_TOO_MANY", f"{key}: {len(items):,} here, at most {MAX_EDGES:,}", items[0].place)
        for item in items:
            try:
                if not isinstance(item, Mapping):
                    fail(item, "E_VALUE", f"{key}: expected a mapping")
                yield reader(item)
            except CaseError as error:
                self.problems.extend(error.problems)

    def only(self, node: Mapping, keys: tuple[str, ...]) -> None:
        for key in node.entries:
            if key not in keys:
                hint = nearest(key, keys) or f"one of {', '.join(keys)}"
                self.problems.append(Problem("E_UNKNOWN_KEY", f"there is no key {quoted(key)}", node.keys[key], hint))

    # --- the lists --------------------------------------------------------------------------------

    def entity(self, node: Mapping) -> Entity:
        self.only(node, _ENTITY)
        name, kind = _required(node, "name"), _word(node.entries.get("kind"))
        if kind and kind not in _KINDS:
            hint = nearest(kind, _KINDS) or f"one of {', '.join(_KINDS)}"
            fail(node.entries["kind"], "E_VALUE", f"{quoted(kind)} is no kind of entity", hint)
        if name in self.entities:
            fail(node, "E_DUPLICATE_KEY", f"{name} is declared twice, first at {self.entities[name].place}")
        listed = node.entries.get("listed")
        entity = Entity(
            name=name,
            other=_word(node.entries.get("other")),
            kind=kind,
            country=_word(node.entries.get("country")),
            entity=_word(node.entries.get("entity")),
            listings=tuple(self.listing(item) for item in _items(listed) if _word(item) != "none"),
            # `listed: []` and `listed: none` say that somebody looked and found nothing.
            screened=listed is not None and not is_empty(listed) and not _names(listed),
            place=node.place,
        )
        self.entities[name] = entity
        return entity

    def listing(self, node: Node) -> Listing:
        if isinstance(node, Scalar):
            return Listing(node.text)
        if not isinstance(node, Mapping):
            fail(node, "E_VALUE", "listed: expected names of lists, or mappings with list:")
        self.only(node, _LISTING)
        barred = node.entries.get("exceptions_barred")
        return Listing(
            list=_required(node, "list"),
            span=self.span(node),
            footnotes=tuple(_word(item) for item in _items(node.entries.get("footnotes"))),
            scope=_word(node.entries.get("scope")),
            policy=_word(node.entries.get("policy")),
            exceptions_barred=None if barred is None else read_value(_TRUTH, barred),
        )

    def holding(self, node: Mapping) -> Holding:
        self.only(node, _HOLDING)
        owner, owned = self.known(node, "owner"), self.known(node, "owned")
        if owner == owned:
            fail(node, "E_OWN", f"{owner} cannot own itself", "leave shares a firm holds in itself out")
        if self.entities[owned].kind and not self.entities[owned].can_be_owned:
            fail(node, "E_OWN", f"{owned} is a {self.entities[owned].kind} and has no owners")
        votes = node.entries.get("votes")
        return Holding(
            owner=owner,
            owned=owned,
            share=share(node.entries.get("share")),
            votes=None if votes is None else share(votes),
            span=self.span(node),
            source=_word(node.entries.get("source")),
            place=node.place,
        )

    def control(self, node: Mapping) -> Control:
        self.only(node, _CONTROL)
        holder, owned = self.known(node, "holder"), self.known(node, "owned")
        if holder == owned:
            fail(node, "E_OWN", f"{holder} cannot control itself")
        return Control(
            holder=holder,
            owned=owned,
            value=_truth(node),
            by=_word(node.entries.get("by")),
            span=self.span(node),
            source=_word(node.entries.get("source")),
            place=node.place,
        )

    def joint(self, node: Mapping) -> Joint:
        self.only(node, _JOINT)
        holders = tuple(self.named(item) for item in _items(node.entries.get("holders")))
        if len(set(holders)) < 2:
            fail(node, "E_OWN", "a joint arrangement has two holders or more", "write holders: [X, Y]")
        source = _word(node.entries.get("source"))
        return Joint(holders, _truth(node), self.span(node), source, node.place)

    # --- names and closing ------------------------------------------------------------------------

    def known(self, node: Mapping, key: str) -> str:
        """The entity a key names. In a file that declares entities every name must be one of them."""
        _required(node, key)
        return self.named(node.entries[key])

    def named(self, node: Node) -> str:
        name = _word(node)
        if not name:
            fail(node, "E_VALUE", "expected the name of an entity")
        if name not in self.entities:
            if self.declared:
                fail(node, "E_OWN", f"{quoted(name)} is not among the entities", nearest(name, self.entities))
            self.entities[name] = Entity(name, place=node.place)
        return name

    def complete(self) -> None:
        """`complete: [owners of B, listings, control of C]`."""
        for item in _items(self.root.entries.get("complete")):
            what, _, name = _word(item).partition(" of ")
            if what not in _CLOSES:
                hint = "write complete: [owners of B, listings, control of B]"
                self.problems.append(Problem("E_UNKNOWN_KEY", f"complete: {quoted(what)} is unknown", item.place, hint))
            elif name and name not in self.entities:
                hint = nearest(name, self.entities)
                self.problems.append(Problem("E_OWN", f"complete: no entity {quoted(name)}", item.place, hint))
            else:
                for each in [name] if name else list(self.entities):
                    self.entities[each] = _CLOSES[what](self.entities[each])

    def votes_follow(self) -> bool:
        """`votes: as_shares`."""
        node = self.root.entries.get("votes")
        if node is None or is_empty(node):
            return False
        if _word(node) not in ("as_shares", "unknown"):
            self.problems.append(
                Problem("E_VALUE", f"votes: {quoted(_word(node))} is not as_shares", node.place, "write as_shares")
            )
        return _word(node) == "as_shares"

    # --- dates ------------------------------------------------------------------------------------

    def span(self, node: Mapping) -> Span:
        start, end = self.day(node, "from"), self.day(node, "until")
        if start is not None and end is not None and end < start:
            fail(node, "E_RANGE", f"ends on {end}, before it begins on {start}")
        return Span(start, end) if start or end else ALWAYS

    def day(self, node: Mapping, key: str) -> date | None:
        value = node.entries.get(key)
        if value is None or is_empty(value) or _word(value) == "unknown":
            return None
        try:
            return date.fromisoformat(_word(value))
        except ValueError:
            text = f"{key}: {quoted(_word(value))} is not a date"
            self.problems.append(Problem("E_DATE", text, value.place, "write YYYY-MM-DD"))
            return None


def share(node: Node | None) -> Share:
    """A part of the whole: `50`, `12.5 %`, `[20, 30]`, `20..30`, or `unknown`. Raises CaseError."""
    read = None if node is None else read_value(_SHARE, node)
    low, high = read or (None, None)
    found = (low or 0, WHOLE if high is None else high)
    if node is not None and found[1] > WHOLE:
        fail(node, "E_OWN", f"a share of {plain(found[1], SCALE)} % is more than the whole")
    return found if read else UNKNOWN_SHARE


def _items(node: Node | None) -> list[Node]:
    if node is None or is_empty(node):
        return []
    return node.items if isinstance(node, Sequence) else [node]


def _names(listed: Node) -> bool:
    return any(_word(item) != "none" for item in _items(listed))


def _word(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Scalar) else ""


def _required(node: Mapping, key: str) -> str:
    text = _word(node.entries.get(key))
    if not text:
        fail(node, "E_VALUE", f"{key}: is missing", f"add {key}:")
    return text


def _truth(node: Mapping) -> Truth:
    value = node.entries.get("value")
    if value is None:
        return True
    word = _word(value)
    if word not in WORDS:
        fail(value, "E_VALUE", f"{quoted(word)} is not yes, no or unknown")
    return WORDS[word]
