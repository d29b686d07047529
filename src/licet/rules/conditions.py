"""Conditions of a law file as typed trees."""

from __future__ import annotations

from dataclasses import replace

from licet.facts.dictionary import COLLECTIONS, Dictionary
from licet.facts.errors import LawError, nearest
from licet.facts.truth import WORDS
from licet.facts.yamltext import Mapping, Node, Scalar
from licet.rules.expression import Expressions
from licet.rules.reading import choice, elements, fail, mapping, only, text, texts
from licet.rules.tree import (
    Aggregate,
    All,
    Always,
    Any,
    Beneath,
    Condition,
    Described,
    Every,
    Has,
    Member,
    Not,
    Number,
    Refer,
    Some,
)

_NOTES = ("cite", "note")
_FORMS = ("all", "any", "not", "some", "every", "if", "rule", "fact", "described", "always", "unknown")


class Conditions:
    """Reads conditions against one dictionary."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self.expressions = Expressions(dictionary)

    def read(self, node: Node) -> Condition:  # noqa: PLR0911 - one for each form
        """A condition in any of its forms. Raises LawError."""
        if isinstance(node, Scalar):
            if node.plain and node.text in WORDS:
                return Always(text=node.text, value=WORDS[node.text])
            return self.expressions.condition(node.text, node.place)
        if not isinstance(node, Mapping):
            fail(node, "a condition is an expression or a mapping", "a list needs all: or any: in front of it")
        form = next((key for key in _FORMS if key in node.entries), "")
        if not form:
            key = next(iter(node.entries), "")
            fail(node, f"not a condition: {key!r}", nearest(key, _FORMS) or f"one of {', '.join(_FORMS)}")
        cite = text(node, "cite", "")
        inner = node.entries[form]
        match form:
            case "all" | "any":
                only(node, (form, *_NOTES), "a branch")
                parts = tuple(self.read(part) for part in elements(inner))
                if not parts:
                    fail(node, f"{form}: has no parts")
                return (All if form == "all" else Any)(cite, text(node, "note", ""), parts=parts)
            case "not":
                only(node, (form, *_NOTES), "a branch")
                return Not(cite, text(node, "note", ""), part=self.read(inner))
            case "some" | "every":
                only(node, (form, *_NOTES), "a branch")
                return self.quantified(form, mapping(inner, form), cite, text(node, "note", ""))
            case "if":
                only(node, (form, *_NOTES), "a leaf")
                return replace(self.expressions.condition(text(node, "if"), inner.place, cite), cite=cite)
            case "rule":
                only(node, (form, *_NOTES), "a leaf")
                return Refer(cite, text(node, "note", ""), rule=text(node, "rule"))
            case "fact":
                return self.fact(node, cite)
            case "described":
                only(node, (form, *_NOTES), "a leaf")
                return Described(cite, text(node, "note", ""), group=text(node, "described"))
            case "unknown":
                only(node, (form, *_NOTES), "a leaf")
                return Always(cite, text(node, "unknown"), value=None)
            case _:
                only(node, (form, *_NOTES), "a leaf")
                word = choice(node, "always", WORDS)
                return Always(cite, text(node, "note", word), value=WORDS[word])

    def quantified(self, form: str, node: Mapping, cite: str, note: str) -> Condition:
        """`some` or `every` over a list."""
        only(node, ("of", "where"), form)
        of = choice(node, "of", COLLECTIONS)
        if "where" not in node.entries:
            fail(node, f"{form}: where is missing")
        where = self.read(node.entries["where"])
        return (Some if form == "some" else Every)(cite, note, of=of, where=where)

    def fact(self, node: Mapping, cite: str) -> Condition:
        """A leaf `{fact: …, in: group}`, `{fact: …, has: […]}` or `{fact: …, code: …}`."""
        only(node, ("fact", "in", "has", "code", *_NOTES), "a leaf")
        name, note = text(node, "fact"), text(node, "note", "")
        known = self.dictionary.find(name)
        if known is None:
            raise LawError.one(
                "L_UNKNOWN_FACT", f"unknown fact {name}", node.entries["fact"].place, self.dictionary.hint(name)
            )
        if known.numeric or known.type == "yes_no":
            fail(node, f"{name} is a {known.type}", "write it as an expression")
        if "in" in node.entries:
            return Member(cite, note, fact=name, group=text(node, "in"))
        if "code" in node.entries:
            return Beneath(cite, note, fact=name, code=text(node, "code"))
        values = texts(node.entries.get("has"))
        if known.type != "set" or not values:
            fail(node, "expected in:, has: or code:", "has: is for set facts; use an expression for others")
        for value in values:
            if known.values and value not in known.values:
                fail(node, f"{value!r} is not a value of {name}", nearest(value, known.values))
        return Has(cite, note, fact=name, values=values)

    def number(self, node: Node) -> Number:
        """A measure's value: an expression, or `{max: {of: …, value: …}}`."""
        if isinstance(node, Scalar):
            return self.expressions.number(node.text, node.place)
        entry = mapping(node, "a value")
        only(entry, ("max", "min", "sum"), "a value")
        if len(entry.entries) != 1:
            fail(node, "a value needs one expression", "write {max: {of: rates, value: …}}")
        operator, inner = next(iter(entry.entries.items()))
        body = mapping(inner, operator)
        only(body, ("of", "value"), operator)
        of = choice(body, "of", COLLECTIONS)
        return Aggregate(operator, of, self.expressions.number(text(body, "value"), body.place))
