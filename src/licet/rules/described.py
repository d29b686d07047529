"""What `described: GROUP` stands for on a day: the entries of the group, and the code declared."""

from __future__ import annotations

from licet.rules import tree
from licet.rules.codes import Codes
from licet.rules.snapshot import Snapshot


def expanded(node: tree.Described, law: Snapshot) -> tree.Any:
    """An OR of the declared code and every entry of the day whose code lies in the group.

    Whoever declares a code has classified the item by the whole list, so entries that are open then do not describe it;
    one that is proven by its parameters still does. An entry that stands above a member is taken only as open: it does
    not tell whether the member describes the item.
    """
    text, fact = node.text or f"described by {node.group}", tree.declared_in(node.group)
    declared = tree.Member(node.cite, fact=fact, group=node.group)
    entries = tree.Any(node.cite, "an entry by its parameters", parts=_entries(node.group, law))
    return tree.Any(node.cite, text, parts=(declared, tree.Classified(node.cite, part=entries, fact=fact)))


def _entries(group: str, law: Snapshot) -> tuple[tree.Condition, ...]:
    held, key = law.rules.get(group), f"entries {group}"
    if held is None:
        return ()
    if key not in law.memo:
        law.memo[key] = _described(group, Codes.of(held, law), law)
    entries: tuple[tree.Condition, ...] = law.memo[key]
    return entries


def coded(scheme: str, law: Snapshot) -> tuple[tuple[str, str], ...]:
    """The entries of a scheme that stand on the day, each as (rule, code)."""
    key = f"coded {scheme}"
    if key not in law.memo:
        entries = (held for held in law.of_kind("entry") if held.rule.id.startswith(f"{scheme}."))
        law.memo[key] = tuple((held.rule.id, held.extra["code"]) for held in entries if "code" in held.extra)
    found: tuple[tuple[str, str], ...] = law.memo[key]
    return found


def _described(group: str, codes: Codes, law: Snapshot) -> tuple[tree.Condition, ...]:
    """The entries of the scheme that lie in the group or may."""
    found: list[tree.Condition] = []
    for rule, code in coded(group.partition(".")[0], law):
        inside, refer = codes.holds(code), tree.Refer(rule=rule)
        if inside is True:
            found.append(refer)
        elif inside is None:
            found.append(tree.All(parts=(refer, tree.Always(text=f"may be in {group}", value=None))))
    return tuple(found)
