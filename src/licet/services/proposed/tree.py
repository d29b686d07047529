"""The case that facts are written into: things by their keys, in the shape of `licet.case/1`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from licet.facts.case import LABELS
from licet.facts.dictionary import level
from licet.facts.errors import CaseError, Place, quoted
from licet.facts.nodes import written
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, is_empty
from licet.services.proposed.model import MOST_ITEMS, MOST_KEY, MOST_THINGS, ONE_PLACE

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
_INSIDE = ("rates", "components", "listings", "owners")
_COMPLETE_OF = {"rates": "item", "components": "item", "listings": "party", "owners": "party"}
_NAMED = ("items", "components")  # things that have an id


@dataclass(slots=True)
class Tree:
    """A case that grows, and the things in it by their lists and keys."""

    root: Mapping
    things: dict[int, dict[tuple[str, str], Mapping]] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)

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
                key = _called(member, of) or f"{of}[{number}]"
                self._within(owner).setdefault((of, key), member)
                for inner in _INSIDE:
                    self._enter(member, inner)

    def _within(self, owner: Mapping) -> dict[tuple[str, str], Mapping]:
        return self.things.setdefault(id(owner), {})

    def put(self, fact: str, of: str, value: Node, place: Place) -> None:
        """Write a fact. Raises CaseError where the case says something else, or the thing cannot be told."""
        kind = level(fact)
        name = fact if kind == "case" else fact.partition(".")[2]
        if fact.startswith("complete."):
            self._complete(fact.partition(".")[2], of, value, place)
            return
        holder, key = self.thing(kind, of, place), name
        while key not in holder.entries:
            head, dot, rest = key.partition(".")
            inner = holder.entries.get(head)
            if not dot or not isinstance(inner, Mapping):
                break
            holder, key = inner, rest
        _set(holder, key, value, fact, place)

    def _complete(self, of: str, thing: str, value: Node, place: Place) -> None:
        holder = self.root
        if thing and of in _COMPLETE_OF:
            kind = _COMPLETE_OF[of]
            inside = {"item": "component", "party": "owner"}[kind] if "/" in thing else kind
            holder = self.thing(inside, thing, place)
        known = holder.entries.get("complete")
        if not isinstance(known, Mapping):
            words = known.items if isinstance(known, Sequence) else [] if known is None or is_empty(known) else [known]
            listed = {word.text: word for word in words if isinstance(word, Scalar)}
            known = Mapping(place, {word: Scalar("yes", True, each.place) for word, each in listed.items()})
            known.keys.update(dict.fromkeys(listed, place))
            holder.entries["complete"], holder.keys["complete"] = known, place
        _set(known, of, value, f"complete.{of}", place)

    def thing(self, kind: str, of: str, place: Place) -> Mapping:
        """The thing of a kind that a key names, made where there is none yet. Raises CaseError."""
        if kind == "case":
            if of:
                raise CaseError.one(
                    "E_OF", f"of: {quoted(of)}: this fact is one of the whole case", place, "leave of out"
                )
            return self.root
        first, between, last = _WAYS[kind]
        keys = [*self._keys(of, kind, first)]
        if (len(keys) < 2) is bool(last) or (len(keys) > 1 and not last):
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
        """The ways to all things by what answers call them; a label of two things stands for neither."""
        found: dict[str, list[str]] = {}
        for label, way in self._ways(self.root, ""):
            found.setdefault(label, []).append(way)
        return {label: ways[0] for label, ways in found.items() if len(ways) == 1}

    def _ways(self, owner: Mapping, before: str) -> Iterator[tuple[str, str]]:
        for (of, key), thing in self._within(owner).items():
            members = owner.entries[of]
            assert isinstance(members, Sequence)
            number = next(place for place, each in enumerate(members.items, 1) if each is thing)
            yield _called(thing, of) or f"{of}[{number}]", f"{before}{key}"
            yield from self._ways(thing, f"{before}{key}/")


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
