"""The case that facts are written into: things by their keys, in the shape of `licet.case/1`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from licet.facts.case import LABELS
from licet.facts.dictionary import level
from licet.facts.errors import CaseError, Place, quoted
from licet.facts.nodes import written
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, is_empty
from licet.services.proposed.model import COMPLETE_OF, MOST_ITEMS, MOST_KEY, MOST_THINGS, ONE_PLACE

# The lists that lead to a thing of each kind: of the first key, of those between, of the last one.
_WAYS = {
    "item": ("items", "", ""),
    "component": ("items", "components", "components"),
    "rate": ("items", "components", "rates"),
    "party": ("parties", "", ""),
    "owner": ("parties", "owners", "owners"),
    "listing": ("parties", "owners", "listings"),
    "evidence": ("held", "", ""),
}
_INNER = {"item": "component", "party": "owner"}  # they have the same facts, so a key inside another means these
_INSIDE = ("rates", "components", "listings", "owners")
_NAMED = ("items", "components")  # things that have an id


@dataclass(slots=True)
class Tree:
    """A case that grows, and the things in it by their lists and keys."""

    root: Mapping
    things: dict[int, dict[tuple[str, str], Mapping]] = field(default_factory=dict)
    at: dict[str, Mapping] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Mapping) -> Tree:
        """A case as it is given. Its things have as keys what they are called by, else their places."""
        tree = cls(root)
        for of in ("items", "parties", "held"):
            tree._enter(root, of)
        return tree

    def _enter(self, owner: Mapping, of: str) -> None:
        value = owner.entries.get(of)
        if isinstance(value, Mapping):
            value = owner.entries[of] = Sequence(value.place, [value])
        for number, member in enumerate(value.items if isinstance(value, Sequence) else (), 1):
            if isinstance(member, Mapping):
                called, within = _called(member, of), self._within(owner)
                key = called if called and (of, called) not in within else f"{of}[{number}]"
                within[of, key] = member
                for inner in _INSIDE:
                    self._enter(member, inner)

    def _within(self, owner: Mapping) -> dict[tuple[str, str], Mapping]:
        return self.things.setdefault(id(owner), {})

    def put(self, fact: str, of: str, value: Node, place: Place) -> Mapping:
        """Write a fact into the thing it is about. Raises CaseError where the case says something else of it."""
        kind = level(fact)
        name = fact if kind == "case" else fact.partition(".")[2]
        if fact.startswith("complete."):
            return self._complete(fact.partition(".")[2], of, value, place)
        thing = self.thing(kind, of, place)
        holder, key = thing, name
        while key not in holder.entries:
            head, dot, rest = key.partition(".")
            inner = holder.entries.get(head)
            if not dot or not isinstance(inner, Mapping):
                break
            holder, key = inner, rest
        _set(holder, key, value, fact, place)
        return thing

    def _complete(self, of: str, thing: str, value: Node, place: Place) -> Mapping:
        holder = self.root
        if thing and of in COMPLETE_OF:
            holder = self.thing(COMPLETE_OF[of], thing, place)
        known = holder.entries.get("complete")
        if not isinstance(known, Mapping):
            words = known.items if isinstance(known, Sequence) else [] if known is None or is_empty(known) else [known]
            listed = {word.text: word for word in words if isinstance(word, Scalar)}
            known = Mapping(place, {word: Scalar("yes", True, each.place) for word, each in listed.items()})
            known.keys.update(dict.fromkeys(listed, place))
            holder.entries["complete"], holder.keys["complete"] = known, place
        _set(known, of, value, f"complete.{of}", place)
        return holder

    def thing(self, kind: str, of: str, place: Place) -> Mapping:
        """The thing of a kind that a key names, made where there is none yet. Raises CaseError."""
        if kind == "case":
            if of:
                raise CaseError.one(
                    "E_OF", f"of: {quoted(of)}: this fact is one of the whole case", place, "leave of out"
                )
            return self.root
        keys = [*self._keys(of, kind, _WAYS[kind][0])]
        if len(keys) > 1:
            kind = _INNER.get(kind, kind)
        first, between, last = _WAYS[kind]
        if not keys or (len(keys) > 1) is not bool(last):
            form = f"{ONE_PLACE.get(_outer(kind), 'item')}/{kind}1" if last else "its key, without a slash"
            raise CaseError.one("E_OF", f"of: {quoted(of)} names no {kind}", place, f"write {form}")
        holder = self._child(self.root, first, keys[0], place)
        for key in keys[1:-1]:
            holder = self._child(holder, between, key, place)
        return self._child(holder, last, keys[-1], place) if last else holder

    def _keys(self, of: str, kind: str, first: str) -> Iterator[str]:
        """The keys on the way to a thing. Those that stand in the case already may hold a slash themselves."""
        known = [key for (list_of, key) in self._within(self.root) if list_of == first]
        if not of:
            yield known[0] if len(known) == 1 else ONE_PLACE.get(_outer(kind), "item")
            return
        whole = max((key for key in known if of == key or of.startswith(f"{key}/")), key=len, default="")
        if whole:
            yield whole
            of = of[len(whole) + 1 :]
        yield from (key.strip() for key in of.split("/") if key.strip())

    def _child(self, owner: Mapping, of: str, key: str, place: Place) -> Mapping:
        within = self._within(owner)
        called = [one for one, thing in self._members(owner, of) if _called(thing, of) == key]
        if (of, key) not in within and called:
            if len(called) > 1:
                raise CaseError.one(
                    "E_OF", f"of: two are called {quoted(key)}", place, f"use a key: {', '.join(called)}"
                )
            key = called[0]
        if (of, key) not in within:
            if len(key) > MOST_KEY:
                raise CaseError.one("E_OF", f"of: a key has at most {MOST_KEY} characters", place)
            made = within[of, key] = Mapping(place)
            if of in _NAMED:
                made.entries["id"], made.keys["id"] = Scalar(key, False, place), place
            members = owner.entries.get(of)
            if not isinstance(members, Sequence):
                members = owner.entries[of] = Sequence(place)
                owner.keys[of] = place
            members.items.append(made)
        return within[of, key]

    def bounded(self) -> None:
        """Raises CaseError where there are more things than somebody can wait for."""
        items = self.root.entries.get("items")
        many = isinstance(items, Sequence) and len(items.items) > MOST_ITEMS
        if many or sum(map(len, self.things.values())) > MOST_THINGS:
            text = f"a case holds at most {MOST_ITEMS} items and {MOST_THINGS} things in all here"
            raise CaseError.one(
                "E_TOO_MANY", text, self.root.place, "give it as several cases; licet batch takes tables"
            )

    def keys(self) -> dict[str, str]:
        """The keys of all things by what answers call them; a label of two things stands for neither."""
        found: dict[str, list[str]] = {}
        for place, key in self.places():
            of, number = place.rpartition(".")[2].removesuffix("]").split("[")
            found.setdefault(_called(self.at[place], of) or f"{of}[{number}]", []).append(key)
        return {label: ways[0] for label, ways in found.items() if len(ways) == 1}

    def places(self) -> Iterator[tuple[str, str]]:
        """Where each thing stands, as `items[1].components[3]`, and its key. Parts of parts are parts of the item."""
        for of in ("items", "parties", "held"):
            for number, (key, thing) in enumerate(self._members(self.root, of), 1):
                yield from self._beneath(thing, f"{of}[{number}]", key)

    def _beneath(self, thing: Mapping, place: str, key: str) -> Iterator[tuple[str, str]]:
        self.at[place] = thing
        yield place, key
        for of in ("rates", "listings", "owners"):
            for number, (inner, member) in enumerate(self._members(thing, of), 1):
                yield from self._beneath(member, f"{place}.{of}[{number}]", f"{key}/{inner}")
        if "components" not in place:
            yield from self._parts(thing, place, key)

    def _parts(self, item: Mapping, place: str, key: str) -> Iterator[tuple[str, str]]:
        """Parts at any depth in the order in which a case holds them (`licet.facts.case`)."""
        pending = [(f"{key}/{inner}", part) for inner, part in self._members(item, "components")]
        for number, (way, part) in enumerate(pending, 1):  # it grows meanwhile
            yield from self._beneath(part, f"{place}.components[{number}]", way)
            pending += [(f"{way}/{inner}", further) for inner, further in self._members(part, "components")]

    def _members(self, owner: Mapping, of: str) -> Iterator[tuple[str, Mapping]]:
        """The things of a list in their order, with their keys."""
        keys = {id(thing): key for (list_of, key), thing in self._within(owner).items() if list_of == of}
        members = owner.entries.get(of)
        for thing in members.items if isinstance(members, Sequence) else ():
            if isinstance(thing, Mapping):
                yield keys[id(thing)], thing


def _outer(kind: str) -> str:
    return {"component": "item", "rate": "item", "owner": "party", "listing": "party"}.get(kind, kind)


def _called(thing: Mapping, of: str) -> str:
    """What answers call a thing, as `licet.facts.case` does."""
    texts = (thing.entries.get(key) for key in LABELS.get(of, ()))
    return next((text.text for text in texts if isinstance(text, Scalar) and text.text), "")


def _set(holder: Mapping, key: str, value: Node, fact: str, place: Place) -> None:
    before = holder.entries.get(key)
    said = None if before is None or is_empty(before) else written(before)
    if said not in (None, "unknown") and said != written(value):
        text = f"{fact} is said twice: {quoted(str(said))} and {quoted(str(written(value)))}"
        raise CaseError.one("E_TWICE", text, place, "give it once, or say by `of` which thing each is about")
    holder.entries[key] = value
    holder.keys[key] = place
