"""The papers a relief asks for, read off its condition: what must be in hand, and what it must show."""

from __future__ import annotations

from collections.abc import Iterator

from licet.render.say import Speaker
from licet.rules import tree
from licet.rules.law import Law
from licet.rules.model import Rule, Version

_VALIDITY = frozenset({"evidence.from", "evidence.until"})
_KIND, _TRIVIAL = "evidence.kind", frozenset({"evidence.kind", "evidence.for", "evidence.covers_item"})


def papers(law: Law, speaker: Speaker, rule: str, since: str) -> list[str]:
    """Each paper once, in the order of the text: `notice filed (confirmed by the authority)`."""
    known = law.rules.get(rule)
    version = _version(known, since) if known is not None else None
    if version is None or version.when is None:
        return []
    return list(
        dict.fromkeys(_paper(part.where, speaker) for part in _held(version.when) if isinstance(part, tree.Some))
    )


def _version(rule: Rule, since: str) -> Version | None:
    return next((version for version in rule.versions if version.start.isoformat() == since), None)


def _held(condition: tree.Condition) -> Iterator[tree.Condition]:
    """The conditions on papers, of whichever branch."""
    if isinstance(condition, tree.Some) and condition.of == "held":
        yield condition
        return
    if isinstance(condition, (tree.All, tree.Any)):
        for part in condition.parts:
            yield from _held(part)


def _paper(where: tree.Condition, speaker: Speaker) -> str:
    leaves = list(_leaves(where))
    kinds = [value for leaf in leaves if isinstance(leaf, tree.OneOf) and leaf.fact == _KIND for value in leaf.values]
    kind = speaker.words("leaf.or").join(speaker.labels.word(value) for value in kinds) or speaker.labels.fact(_KIND)
    rest = list(dict.fromkeys(said for leaf in leaves if (said := _said(leaf, speaker))))
    return speaker.words("paper.and", kind=kind, rest="; ".join(rest)) if rest else kind


def _leaves(condition: tree.Condition) -> Iterator[tree.Condition]:
    if isinstance(condition, tree.All):
        for part in condition.parts:
            yield from _leaves(part)
    else:
        yield condition


def _said(leaf: tree.Condition, speaker: Speaker) -> str:
    """What a paper must show, beyond being for this rule and this item."""
    match leaf:
        case tree.Holds(fact=fact) if fact not in _TRIVIAL:
            return speaker.labels.fact(fact)
        case tree.OneOf(fact=fact, values=values) | tree.Has(fact=fact, values=values) if fact not in _TRIVIAL:
            shown = speaker.words("leaf.or").join(speaker.labels.word(value) for value in values)
            return f"{speaker.labels.fact(fact)} {shown}"
        case tree.Compare(left=tree.NumberFact(name=name)) if name in _VALIDITY:
            return speaker.words("paper.valid")
        case tree.Compare(
            left=tree.Arith(op="+", left=tree.NumberFact(name="evidence.filed"), right=tree.Const(value=days))
        ):
            return speaker.words("paper.ahead", days=days)
        case tree.Compare(text=text) if text:
            return speaker.step(text, "yes")
    return ""
