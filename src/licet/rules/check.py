"""What must hold between the files of the law: references, scopes, no cycles."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from licet.facts.dictionary import COLLECTIONS, ELEMENT, Dictionary, level, own_name
from licet.facts.errors import Place, Problem, nearest
from licet.rules import tree
from licet.rules.codes import ancestors, beneath
from licet.rules.model import Instrument, Rule, Version

_COMMANDS = frozenset({"requirement", "prohibition", "duty", "flag"})  # what another law can forbid to comply with
OUTCOME_KINDS = frozenset(
    {"reach", "requirement", "prohibition", "relief", "bar", "policy", "duty", "flag", "exposure", "entry"}
)
_NOT_TRUTHS = frozenset({"measure", "group"})
_ROUTE_PREFIXES = ("shipment.", "act", "dates.", "case.")
_COMMON = ("act", "dates.", "case.")

Scope = tuple[str, ...]


def check_references(
    dictionary: Dictionary, instruments: dict[str, Instrument], rules: dict[str, Rule]
) -> list[Problem]:
    """Every problem between the files, in the order of the rules."""
    checker = _Checker(dictionary, rules)
    problems: list[Problem] = []
    for rule in rules.values():
        for version in rule.versions:
            problems.extend(
                Problem(p.code, f"{rule.id}: {p.message}", p.place, p.hint) for p in checker.version(rule, version)
            )
        if rule.kind in OUTCOME_KINDS and rule.instrument not in instruments and not _helper(rule):
            problems.append(Problem("L_INSTRUMENT", f"{rule.id}: no _instrument.yaml above it", Place(rule.file)))
    for instrument in instruments.values():
        for gap in instrument.gaps:
            problems.extend(checker.condition(gap.when, ("case",), Place(instrument.file)))
    problems.extend(_cycles(rules))
    problems.extend(_double_measures(rules))
    return problems


def _helper(rule: Rule) -> bool:
    """A reach that other rules name and that reaches nothing by itself needs no instrument either."""
    return rule.kind == "reach" and all(version.extra.get("general") == "no" for version in rule.versions)


class _Checker:
    def __init__(self, dictionary: Dictionary, rules: dict[str, Rule]) -> None:
        self.dictionary, self.rules = dictionary, rules
        measures = [version for rule in rules.values() if rule.kind == "measure" for version in rule.versions]
        self.by_cases = {version.extra["gives"] for version in measures if len(version.value) > 1}

    def version(self, rule: Rule, version: Version) -> Iterator[Problem]:
        place = Place(rule.file, version.place.line)
        subject = "case" if rule.subject == "route" else rule.subject
        if version.when is not None:
            yield from self.condition(version.when, (subject,), place)
        for case in version.value:
            if case.guard is not None:
                yield from self.condition(case.guard, (subject,), place)
            yield from self.number(case.value, (subject,), place)
            yield from self.whole(case.value, place)
        for key in ("lifts", "of", "reach"):
            for target in version.extra.get(key, ()):
                yield from self.target(target, place, key)
        for target in version.extra.get("against", ()):
            if not any(matches(target, other.id) and other.kind in _COMMANDS for other in self.rules.values()):
                said = f"stands against {target}, which neither asks, forbids nor binds"
                yield Problem("L_DANGLING", said, place, nearest(target, self.rules))
        for target in version.extra.get("bars", ()):
            if not any(matches(target, other.id) and other.kind == "relief" for other in self.rules.values()):
                yield Problem("L_DANGLING", f"bars {target}, which is no relief", place, nearest(target, self.rules))
        for group in version.includes:
            yield from self.group(group, place)
        yield from self.excepts(version, place)
        if "refutes" in version.extra:
            yield from self.refutes(version.extra["refutes"], place)
        gives = version.extra.get("gives")
        if gives is not None and self.dictionary.find(gives) is None:
            yield Problem("L_UNKNOWN_FACT", f"gives the unknown fact {gives}", place, self.dictionary.hint(gives))

    def refutes(self, text: str, place: Place) -> Iterator[Problem]:
        """`refutes: fact=value`: a value of a fact of the case that cannot stand beside this rule."""
        fact, _, value = text.partition("=")
        known = self.dictionary.find(fact)
        if known is None or level(fact) != "case" or value not in known.values:
            hint = "write refutes: knowledge.diversion=none_after_inquiry"
            yield Problem("L_UNKNOWN_FACT", f"refutes {text!r}, which is no value of a fact of the case", place, hint)

    def target(self, target: str, place: Place, key: str) -> Iterator[Problem]:
        if target not in self.rules:
            yield Problem(
                "L_DANGLING", f"{key} names {target}, which does not exist", place, nearest(target, self.rules)
            )

    def group(self, group: str, place: Place) -> Iterator[Problem]:
        known = self.rules.get(group)
        if known is None or known.kind != "group":
            groups = [rule.id for rule in self.rules.values() if rule.kind == "group"]
            yield Problem("L_DANGLING", f"no group {group}", place, nearest(group, groups))

    def coded(self, group: str, place: Place) -> Iterator[Problem]:
        """`described:` needs a group of codes of a scheme that items can be declared in."""
        known = self.rules.get(group)
        if known is None:
            return
        if any(version.extra.get("match") != "code" for version in known.versions):
            yield Problem("L_MATCH", f"{group} is no group of codes", place, "give the group match: code")
        if self.dictionary.find(tree.declared_in(group)) is None:
            yield Problem("L_UNKNOWN_FACT", f"no fact {tree.declared_in(group)} for the codes of {group}", place)

    def excepts(self, version: Version, place: Place) -> Iterator[Problem]:
        """What is taken out of a group of codes lies beneath a member, and no member beneath it."""
        for code in version.without:
            if version.extra.get("match") != "code":
                yield Problem("L_MATCH", f"except {code} in a group that matches no codes", place, "match: code")
            elif not version.includes and not any(beneath(code, member) for member in version.members):
                yield Problem("L_MATCH", f"except {code} lies beneath no member", place, "leave it out")
            for member in version.members:
                if beneath(member, code):
                    yield Problem("L_MATCH", f"member {member} lies beneath except {code}", place, "name what is left")

    def condition(self, node: tree.Condition, scope: Scope, place: Place) -> Iterator[Problem]:
        for fact in tree.facts_of(node):
            if not in_scope(fact, scope):
                yield Problem(
                    "L_SCOPE",
                    f"{fact} cannot be read here (subject {scope[0]})",
                    place,
                    "reach it through some: or every:",
                )
        match node:
            case tree.Member(group=group):
                yield from self.group(group, place)
            case tree.Described(group=group):
                yield from self.group(group, place)
                yield from self.coded(group, place)
            case tree.Refer(rule=rule):
                yield from self.reference(rule, scope, place)
            case tree.Owned(counts=rule):
                yield from self.reference(rule, ("party",), place)
            case tree.Compare(left=left, right=right):
                yield from self.number(left, scope, place)
                yield from self.number(right, scope, place)
                for side in (right,) if isinstance(left, tree.NumberFact) else (left, right):
                    yield from self.whole(side, place)
            case tree.Some(of=of, where=where) | tree.Every(of=of, where=where):
                if not _can_quantify(of, scope):
                    yield Problem("L_SCOPE", f"{of} cannot be listed here", place, f"{of} belong to {COLLECTIONS[of]}")
                yield from self.condition(where, (*scope, ELEMENT[of]), place)
                return
        for child in tree.children(node):
            yield from self.condition(child, scope, place)

    def reference(self, rule: str, scope: Scope, place: Place) -> Iterator[Problem]:
        known = self.rules.get(rule)
        if known is None:
            yield Problem("L_DANGLING", f"refers to {rule}, which does not exist", place, nearest(rule, self.rules))
        elif known.kind in _NOT_TRUTHS:
            yield Problem(
                "L_DANGLING",
                f"{rule} is a {known.kind} and has no truth value",
                place,
                "use in: for a group, the fact for a measure",
            )
        elif not can_lift(known.subject, scope):
            yield Problem("L_SCOPE", f"{rule} is about a {known.subject} and cannot be used here", place)

    def whole(self, node: tree.Number, place: Place) -> Iterator[Problem]:
        """A measure with several cases stands alone on the left of a comparison, where each case is compared."""
        for number in tree.numbers(node):
            if isinstance(number, tree.NumberFact) and own_name(number.name) in self.by_cases:
                message = f"{number.name} is measured by cases and stands inside a calculation or on the right"
                yield Problem("L_MEASURE", message, place, f"write {number.name} alone on the left of the comparison")

    def number(self, node: tree.Number, scope: Scope, place: Place) -> Iterator[Problem]:
        if isinstance(node, tree.Aggregate):
            if not _can_quantify(node.of, scope):
                yield Problem("L_SCOPE", f"{node.of} cannot be listed here", place)
            yield from self.number(node.value, (*scope, ELEMENT[node.of]), place)
        elif isinstance(node, tree.Arith):
            yield from self.number(node.left, scope, place)
            yield from self.number(node.right, scope, place)
        elif isinstance(node, tree.NumberFact) and not in_scope(node.name, scope):
            yield Problem("L_SCOPE", f"{node.name} cannot be read here", place)


def in_scope(fact: str, scope: Scope) -> bool:
    """Whether a fact can be read with these elements around: the subject first, the innermost last."""
    if fact.startswith(_COMMON) or fact == "act":
        return True
    kind = level(fact)
    if kind == "case":
        return scope[0] == "case"
    return kind in scope or (kind == "item" and scope[0] == "case") or (kind == "party" and scope[0] == "listing")


def can_lift(subject: str, scope: Scope) -> bool:
    """Whether a rule of this subject has a value where these elements are around."""
    innermost = scope[-1]
    same = {"component": "item", "owner": "party"}.get(innermost, innermost)
    if subject in ("route", "case"):
        return scope == ("case",) or (subject == "route" and scope[0] == "case")
    if subject == same:
        return True
    if subject == "item":
        return scope[0] == "case"
    if subject == "party":
        return scope[0] in ("case", "listing") or "party" in scope
    return innermost in ("case", "party")


def _can_quantify(of: str, scope: Scope) -> bool:
    holder = COLLECTIONS[of]
    if of in ("components", "rates") and "component" in scope:
        return of == "rates"
    if holder == "case":
        return scope == ("case",)
    if holder == "item":
        return scope in (("item",), ("case",))
    return scope[-1] in ("party", "owner")


def matches(pattern: str, rule: str) -> bool:
    """Whether an id is named by a bar: exactly, or by a prefix ending in `.*`."""
    return rule.startswith(pattern[:-1]) if pattern.endswith(".*") else rule == pattern


def _cycles(rules: dict[str, Rule]) -> Iterator[Problem]:
    """A law is a graph without cycles (measures count through the facts they give)."""
    givers = {
        version.extra["gives"]: rule.id
        for rule in rules.values()
        if rule.kind == "measure"
        for version in rule.versions
    }
    described = _entries_by_group(rules)
    sorter: TopologicalSorter[str] = TopologicalSorter(
        {rule.id: set(_needs(rule, givers, described)) & rules.keys() for rule in rules.values()}
    )
    try:
        sorter.prepare()
    except CycleError as error:
        chain = error.args[1]
        yield Problem("L_CYCLE", f"these rules need each other: {' -> '.join(chain)}", Place(rules[chain[0]].file))


def _entries_by_group(rules: dict[str, Rule]) -> dict[str, list[str]]:
    """For each group of codes the entries whose codes lie in it, or stand above one that does, at some time."""
    entries = [(rule.id, version.extra.get("code", "")) for rule in rules.values() for version in rule.versions]
    coded = [(rule, code) for rule, code in dict.fromkeys(entries) if code and rules[rule].kind == "entry"]
    found: dict[str, list[str]] = {}
    for rule in rules.values():
        members = {member for version in rule.versions for member in version.members}
        if rule.kind == "group" and any(version.extra.get("match") == "code" for version in rule.versions):
            above = {code for member in members for code in ancestors(member)}
            found[rule.id] = [e for e, code in coded if code in above or any(up in members for up in ancestors(code))]
    return found


def _needs(rule: Rule, givers: dict[str, str], described: dict[str, list[str]]) -> Iterator[str]:
    for version in rule.versions:
        conditions = [version.when, *(case.guard for case in version.value)]
        for condition in conditions:
            if condition is None:
                continue
            yield from tree.rules_of(condition)
            for node in tree.walk(condition):
                if isinstance(node, tree.Described):
                    yield from described.get(node.group, ())
                yield from (givers[fact] for fact in map(own_name, tree.facts_of(node)) if fact in givers)
        for case in version.value:
            for number in tree.numbers(case.value):
                if isinstance(number, tree.NumberFact) and own_name(number.name) in givers:
                    yield givers[own_name(number.name)]
        yield from version.includes


def _double_measures(rules: dict[str, Rule]) -> Iterator[Problem]:
    seen: dict[str, Rule] = {}
    for rule in rules.values():
        gives = rule.versions[-1].extra.get("gives") if rule.kind == "measure" else None
        if gives is None:
            continue
        if gives in seen:
            message = f"{rule.id} ({rule.file}) and {seen[gives].id} ({seen[gives].file}) both compute {gives}"
            yield Problem("L_CONFLICT", message, Place(rule.file), "give each its own fact")
        seen[gives] = rule
