"""The proof in words: the same tree, the steps said with the labels of the dictionary."""

from __future__ import annotations

from collections.abc import Iterable

from licet.logic.decision import ProofNode
from licet.render.clean import one_line
from licet.render.page import Step
from licet.render.say import Speaker

_NOT_IN_FORCE = " (not in force on this day)"
_ORDER = {"yes": 0, "unknown": 1, "no": 2}


def steps(nodes: Iterable[ProofNode], speaker: Speaker) -> list[Step]:
    """The proofs of a decision, each once, what holds before what is open."""
    return sorted(dict.fromkeys(step(node, speaker) for node in nodes), key=lambda found: _ORDER[found.mark])


def step(node: ProofNode, speaker: Speaker) -> Step:
    """One step with what it rests on."""
    rule, colon, title = node.text.partition(": ")
    parts = tuple(step(part, speaker) for part in node.parts)
    if colon and rule in speaker.law.rules:
        shown = one_line(title.removesuffix(_NOT_IN_FORCE))
        if title.endswith(_NOT_IN_FORCE):
            shown = f"{shown} ({speaker.words('leaf.not_in_force')})"
        return Step(node.value, shown, one_line(node.cite), rule, parts)
    return Step(node.value, speaker.step(node.text, node.value), one_line(node.cite), "", parts)
