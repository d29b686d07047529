"""A law file as a rule or an instrument."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from licet.facts.dictionary import Dictionary
from licet.facts.errors import LawError
from licet.facts.numbers import scaled
from licet.facts.yamltext import Mapping, Node, Sequence
from licet.rules import tree
from licet.rules.conditions import Conditions
from licet.rules.kinds import kinds
from licet.rules.model import (
    CLOCKS,
    EFFECTS,
    KINDS,
    POLICIES,
    STATUSES,
    SUBJECTS,
    Bound,
    Gap,
    Instrument,
    MeasureCase,
    NotCoded,
    Rule,
    Version,
)
from licet.rules.reading import bound, choice, day, elements, fail, mapping, only, sources, text, texts

SHARE_SCALE = 4
_HEAD = ("id", "kind", "subject", "cite", "title", "applies_by", "versions", "not_coded", "equivalent", "note")
_VERSION = ("from", "until", "source", "status", "change", "when", "unless", "unknown", "note")
_EXTRA: dict[str, tuple[str, ...]] = {
    "measure": ("gives", "value"),
    "group": ("members", "match", "includes", "except"),
    "reach": ("general", "refutes"),
    "entry": ("scheme", "code"),
    "requirement": ("effect", "reason", "reach"),
    "prohibition": ("effect", "reason", "reach", "against"),
    "relief": ("lifts",),
    "bar": ("bars",),
    "policy": ("of", "policy", "text"),
    "duty": ("do", "timing", "deadline", "addressee", "keep", "against"),
    "ownership": ("counts", "threshold", "compare", "aggregate", "chain", "right"),
    "flag": ("check", "against"),
    "exposure": ("risk",),
}
_REQUIRED = {
    "measure": ("gives",),
    "relief": ("lifts",),
    "bar": ("bars",),
    "policy": ("of", "policy"),
    "duty": ("do",),
    "ownership": ("counts", "threshold"),
}
_LISTS = ("lifts", "bars", "of", "reach", "against")
_CHOICES = {
    "effect": EFFECTS,
    "policy": (*POLICIES, "row"),
    "match": ("exact", "prefix", "code"),
    "general": ("yes", "no"),
    "timing": ("before", "at", "after"),
    "compare": ("at_least", "more_than"),
    "aggregate": ("yes", "no", "own"),
    "right": ("share", "votes"),
    "chain": ("caught", "direct"),
}


class Loader:
    """Reads law files against one dictionary."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self.conditions = Conditions(dictionary)

    def instrument(self, root: Node, file: str) -> Instrument:
        """An `_instrument.yaml`. Raises LawError."""
        node = mapping(root, "an instrument")
        keys = (
            "id",
            "kind",
            "jurisdiction",
            "title",
            "cite",
            "authority",
            "channel",
            "encoded_from",
            "checked_to",
            "territory",
        )
        only(node, (*keys, "gaps", "not_coded", "note"), "an instrument")
        return Instrument(
            id=text(node, "id"),
            jurisdiction=text(node, "jurisdiction"),
            title=text(node, "title"),
            cite=text(node, "cite"),
            authority=text(node, "authority"),
            channel=choice(node, "channel", ("export", "procurement", "investment"), "export"),
            encoded_from=day(node, "encoded_from"),
            checked_to=day(node, "checked_to"),
            territory=texts(node.entries.get("territory")),
            gaps=tuple(self.gap(item) for item in elements(node.entries.get("gaps"))),
            not_coded=not_coded(node),
            file=file,
        )

    def gap(self, root: Node) -> Gap:
        """One gap of an instrument."""
        node = mapping(root, "a gap")
        only(node, ("id", "if", "missing"), "a gap")
        if "if" not in node.entries:
            fail(node, "if: is missing", "say for which cases the gap matters, or if: {always: yes}")
        return Gap(text(node, "id"), self.conditions.read(node.entries["if"]), text(node, "missing"))

    def rule(self, root: Node, file: str, instrument: str) -> Rule:
        """A rule file. Raises LawError."""
        node = mapping(root, "a rule")
        kind = choice(node, "kind", KINDS)
        only(node, (*_HEAD, *_EXTRA[kind]), f"a {kind}")
        default_subject = {"group": "route", "ownership": "party"}.get(kind)
        subject = choice(node, "subject", SUBJECTS, default_subject)
        versions = [self.version(item, kind, node) for item in elements(node.entries.get("versions"))]
        if not versions:
            fail(node, "versions are missing")
        _in_order(versions)
        equivalent = mapping_list(node, "equivalent")
        return Rule(
            id=text(node, "id"),
            kind=kind,
            subject=subject,
            cite=text(node, "cite"),
            title=text(node, "title"),
            instrument=instrument,
            clock=choice(node, "applies_by", CLOCKS, "act"),
            versions=tuple(versions),
            not_coded=not_coded(node),
            equivalent={text(item, "mutant"): text(item, "why") for item in equivalent},
            file=file,
        )

    def version(self, root: Node, kind: str, head: Mapping) -> Version:
        """One version, with the keys of its kind from the head where it has none of its own."""
        node = mapping(root, "a version")
        only(node, (*_VERSION, *_EXTRA[kind]), "a version")
        start = bound(node, "from")
        if start is None:
            fail(node, "from is missing", "add from: YYYY-MM-DD")
        extra = _extra(kind, head) | _extra(kind, node)
        for key in _REQUIRED.get(kind, ()):
            if key not in extra:
                fail(node, f"{key} is missing", f"a {kind} needs {key}:")
        when = self.when(node, kind, extra)
        return Version(
            start=start,
            end=bound(node, "until"),
            sources=sources(node),
            status=choice(node, "status", STATUSES, "in_force"),
            change=text(node, "change", ""),
            when=when,
            members=texts(node.entries.get("members") or head.entries.get("members")) if kind == "group" else (),
            includes=texts(node.entries.get("includes") or head.entries.get("includes")) if kind == "group" else (),
            without=texts(node.entries.get("except") or head.entries.get("except")) if kind == "group" else (),
            value=self.values(node, head) if kind == "measure" else (),
            extra=extra,
            place=node.place,
            kinds=kinds(when),
        )

    def when(self, node: Mapping, kind: str, extra: dict[str, Any]) -> tree.Condition | None:
        """The whole condition of a version: when, unless, the declared code, the ownership test."""
        if "unknown" in node.entries:
            return tree.Always(text=text(node, "unknown"), value=None)
        if kind == "ownership":
            return _owned(node, extra)
        if kind in ("measure", "group"):
            return None
        if "when" not in node.entries:
            fail(node, "when is missing", "add when:, or unknown: with the reason")
        when = self.conditions.read(node.entries["when"])
        if "unless" in node.entries:
            unless = self.conditions.read(node.entries["unless"])
            when = tree.All(parts=(when, tree.Not(text="unless", part=unless)))
        if kind == "entry" and "scheme" in extra:
            fact = f"item.declared.{extra['scheme']}"
            if self.dictionary.find(fact) is None:
                fail(node, f"no fact {fact} for the scheme", self.dictionary.hint(fact))
            when = tree.Declared(part=when, fact=fact, code=extra.get("code", ""))
        return when

    def values(self, node: Mapping, head: Mapping) -> tuple[MeasureCase, ...]:
        """The cases of a measure; the last one has no guard."""
        value = node.entries.get("value") or head.entries.get("value")
        if value is None:
            if "unknown" in node.entries:
                return ()
            fail(node, "value is missing", "a measure needs value:")
        if not isinstance(value, Sequence):
            return (MeasureCase(None, self.conditions.number(value)),)
        cases = []
        for item in elements(value):
            entry = mapping(item, "a case of a measure")
            only(entry, ("if", "value", "cite", "note"), "a case of a measure")
            guard = self.conditions.read(entry.entries["if"]) if "if" in entry.entries else None
            cases.append(MeasureCase(guard, self.conditions.number(entry.entries["value"])))
        if not cases or cases[-1].guard is not None or any(case.guard is None for case in cases[:-1]):
            fail(value, "the last case, and only the last, has no if:")
        return tuple(cases)


def _extra(kind: str, node: Mapping) -> dict[str, Any]:
    """The keys of the kind that stand in this mapping."""
    found: dict[str, Any] = {}
    for key in _EXTRA[kind]:
        if key not in node.entries or key in ("members", "includes", "except", "value"):
            continue
        if key in _LISTS:
            found[key] = list(texts(node.entries[key]))
        elif key in _CHOICES:
            found[key] = choice(node, key, _CHOICES[key])
        else:
            found[key] = text(node, key)
    return found


def _owned(node: Mapping, extra: dict[str, Any]) -> tree.Condition:
    try:
        threshold = scaled(extra["threshold"].rstrip("%"), SHARE_SCALE)
    except ValueError as bad:
        fail(node, f"threshold: {bad}", "write threshold: 50")
    return tree.Owned(
        text=f"owned {extra.get('compare', 'at_least').replace('_', ' ')} {Decimal(extra['threshold'].rstrip('%'))} %",
        counts=extra["counts"],
        threshold=threshold,
        more_than=extra.get("compare") == "more_than",
        aggregate=extra.get("aggregate", "yes") == "yes",
        chain=extra.get("chain", "caught") == "caught",
        own=extra.get("aggregate") == "own",
        fact=f"owner.{extra.get('right', 'share')}",
    )


def _in_order(versions: list[Version]) -> None:
    """Versions stand oldest first and do not overlap."""
    for before, after in pairwise(versions):
        if _key(before.start) >= _key(after.start):
            raise LawError.one(
                "L_VERSIONS",
                f"the version from {after.start} does not come after {before.start}",
                after.place,
                "oldest first",
            )
        if before.end is not None and _last(before.end) >= _key(after.start):
            raise LawError.one(
                "L_VERSIONS",
                f"two versions hold on {after.start}",
                after.place,
                f"the one from {before.start} runs until {before.end}",
            )
    for version in versions:
        if version.end is not None and _key(version.end) < _key(version.start):
            raise LawError.one(
                "L_VERSIONS", f"ends on {version.end}, before it starts on {version.start}", version.place
            )


def _key(point: Bound) -> datetime:
    """Sorts dates and moments together, moments in one time zone."""
    if isinstance(point, datetime):
        return point.astimezone(UTC)
    return datetime(point.year, point.month, point.day, tzinfo=UTC)


def _last(end: Bound) -> datetime:
    """The last minute of a version: a moment at which it ends is no longer part of it."""
    return _key(end) - timedelta(minutes=1) if isinstance(end, datetime) else _key(end)


def not_coded(node: Mapping) -> tuple[NotCoded, ...]:
    """The paragraphs left out, each with the reason."""
    found = []
    for entry in mapping_list(node, "not_coded"):
        only(entry, ("cite", "why"), "not_coded")
        found.append(NotCoded(text(entry, "cite"), text(entry, "why")))
    return tuple(found)


def mapping_list(node: Mapping, key: str) -> list[Mapping]:
    """A list of mappings under a key; nothing as an empty list."""
    return [mapping(item, key) for item in elements(node.entries.get(key))]
