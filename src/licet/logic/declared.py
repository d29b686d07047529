"""Codes declared for a thing that nothing in the law encoded can tell: what they ask for is then not known."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from licet.facts.elements import Element
from licet.rules.codes import Codes, beneath
from licet.rules.described import coded
from licet.rules.snapshot import InForce, Snapshot

PREFIX = "item.declared."


def untold(law: Snapshot, item: Element) -> Iterator[tuple[str, str]]:
    """The (scheme, code) of an item and its components that no entry and no group of codes of the scheme tells."""
    for element in (item, *item.lists.get("components", ())):
        for fact, codes in element.facts.items():
            if fact.startswith(PREFIX):
                scheme = fact.removeprefix(PREFIX)
                yield from ((scheme, code) for code in sorted(codes) if not _told(law, scheme, code))


def telling(law: Snapshot, scheme: str) -> Hashable:
    """What tells the codes of a scheme on a day."""
    key = f"telling {scheme}"
    if key not in law.memo:
        groups = tuple((group.members, group.without, group.known) for group in _groups(scheme, law))
        law.memo[key] = coded(scheme, law), groups
    found: Hashable = law.memo[key]
    return found


def _told(law: Snapshot, scheme: str, code: str) -> bool:
    fact = law.law.dictionary.find(f"{PREFIX}{scheme}")
    if fact is not None and code in fact.not_listed:
        return True
    if any(beneath(code, known) or beneath(known, code) for _, known in coded(scheme, law)):
        return True
    return any(Codes.of(group, law).holds(code) is not False for group in _groups(scheme, law))


def _groups(scheme: str, law: Snapshot) -> list[InForce]:
    key = f"code groups {scheme}"
    if key not in law.memo:
        law.memo[key] = [g for g in law.of_kind("group") if g.match == "code" and g.rule.id.startswith(f"{scheme}.")]
    found: list[InForce] = law.memo[key]
    return found
