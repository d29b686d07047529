"""A case written back as a file: the same facts, in the nested form that people write."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml

from licet.facts.case import LISTS_OF, Case
from licet.facts.dictionary import ELEMENT, Dictionary, own_name
from licet.facts.elements import Element
from licet.facts.numbers import Interval, exact_text
from licet.facts.truth import Truth, word

_ORDER = ("case", "on", "act", "dates", "shipment", "items", "parties", "complete")
_DERIVED = ("case.on", "case.minute")
_LISTS = ("rates", "components", "listings", "owners")


def write_case(case: Case, dictionary: Dictionary, comment: str = "") -> str:
    """The text of a case file; reading it gives the same facts. `comment` is put on top."""
    said = plain_case(case, dictionary)
    text = yaml.dump(said, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None)
    return comment + text


def plain_case(case: Case, dictionary: Dictionary) -> dict[str, Any]:
    """The same as nested mappings, lists and texts, as JSON has them."""
    writer = _Writer(dictionary)
    root = writer.facts(case.root, "")
    root["case"] = case.title
    if case.on is not None:
        root["on"] = case.moment.isoformat() if case.moment is not None else case.on.isoformat()
    if case.items:
        root["items"] = [writer.element(item, "item") for item in case.items]
    for of in ("parties", "held"):
        if case.root.lists.get(of):
            root[of] = [writer.element(member, ELEMENT[of]) for member in case.root.lists[of]]
    if case.root.closed.get("held") is None:
        root["held"] = "unknown"
    closed = {of: word(value) for of, value in case.root.closed.items() if value is not None and of != "held"}
    if closed:
        root["complete"] = closed
    return {key: root.pop(key) for key in _ORDER if key in root} | root


class _Dumper(yaml.SafeDumper):
    """Writes every value as a text, quoted only where YAML's own marks ask for it."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    """A text; what our reader takes for nothing when it stands bare is quoted."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="'" if value in ("~", "null") else None)


_Dumper.add_representer(str, _text)
# All values are texts to our reader, so no word needs quotes for looking like a number, a date or a yes.
_Dumper.yaml_implicit_resolvers = {}


class _Writer:
    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary

    def element(self, element: Element, kind: str, around: dict[str, Truth] | None = None) -> dict[str, Any]:
        """An item, a party, a row … with its lists. `around` tells which lists what encloses it closes for it too."""
        inherited = around or {}
        found = self.facts(element, kind)
        if not element.label.endswith("]") and element.label not in (
            found.get(key) for key in ("name", "model", "entity")
        ):
            found = {"id": element.label} | found
        complete = {}
        for of in _LISTS:
            stated = [member for member in element.lists.get(of, []) if of != "listings" or member.label.endswith("]")]
            if stated:
                found[of] = [self.element(member, ELEMENT[of], inherited | element.closed) for member in stated]
            value = element.closed.get(of)
            said = inherited.get(of) if of in LISTS_OF.get(kind, ()) and of != "components" else None
            # Rates are complete where they are given; that there are none has to be said.
            if (of != "rates" or not stated) and (value is not None or said is not None):
                complete[of] = word(value)
        if complete:
            found["complete"] = complete
        return found

    def facts(self, element: Element, kind: str) -> dict[str, Any]:
        """The facts of an element as a nested mapping."""
        found: dict[str, Any] = {}
        own = own_name(f"{kind}.x").partition(".")[0] if kind else ""
        for name, value in element.facts.items():
            if name in _DERIVED or value is None:
                continue
            path = name.split(".")
            keys = path[1:] if own and path[0] in (own, kind) else path
            inner = found
            for key in keys[:-1]:
                inner = inner.setdefault(key, {})
            inner[keys[-1]] = self.value(name, value)
        return found

    def value(self, name: str, value: Any) -> Any:
        """A value as it is written."""
        fact = self.dictionary.find(name)
        if isinstance(value, bool):
            return word(value)
        if isinstance(value, frozenset):
            return sorted(value)
        if fact is not None and fact.numeric:
            return _interval(value, fact.scale, fact.type == "date")
        return str(value)


def _interval(value: Interval, scale: int, dated: bool) -> Any:
    ends = [
        None if end is None else date.fromordinal(end).isoformat() if dated else exact_text(end, scale) for end in value
    ]
    return ends[0] if ends[0] == ends[1] else [end if end is not None else "" for end in ends]
