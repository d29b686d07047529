"""What is kept of a classification or an ownership determination, read back and put in words of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from licet.facts.plain import from_plain
from licet.ledger.record import CLASSIFICATION, OWNERSHIP
from licet.render.labels import Labels
from licet.render.own_text import ordered
from licet.services.classify import Classification, from_kept
from licet.services.controls import Control
from licet.services.ledger.parts import ANSWER
from licet.services.own_answer import (
    OwnersAnswer,
    SettlingAnswer,
    ShareAnswer,
    StepAnswer,
    TargetAnswer,
    TestAnswer,
    WholeAnswer,
)
from licet.web.settles import settles
from licet.web.words import Said

MOST = 50  # items or entities that a page shows; the rest is in the JSON of the record


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer as far as it is not erased: `items` of a classification, `owners` of an ownership determination."""

    items: list[Classification] = field(default_factory=list)
    owners: OwnersAnswer | None = None


def kept_of(kind: str, parts: dict[str, Any]) -> Kept:
    """What came out, of a record of a kind with these parts."""
    if ANSWER not in parts:
        return Kept()
    if kind == CLASSIFICATION:
        return Kept(items=from_kept(parts[ANSWER]))
    return Kept(owners=from_plain(OwnersAnswer, parts[ANSWER])) if kind == OWNERSHIP else Kept()


@dataclass(frozen=True, slots=True)
class KeptWords:
    """Words of such an answer in the language of the page; what the law says itself stays as it is."""

    labels: Labels

    def facts(self, names: Iterable[str]) -> list[str]:
        """The labels of facts."""
        return [self.labels.fact(name) for name in names]

    def controls(self, controls: Iterable[Control]) -> list[tuple[str, Control, int]]:
        """What a code is controlled for: each reason, the first requirement for it, and how many more there are."""
        found: dict[str, list[Control]] = {}
        for control in controls:
            found.setdefault(control.reason, []).append(control)
        return [(reason, several[0], len(several) - 1) for reason, several in found.items()]

    def ordered(self, target: TargetAnswer) -> list[TestAnswer | WholeAnswer]:
        """The rules of an entity, what is proven first."""
        return ordered(target)

    def share(self, share: ShareAnswer) -> str:
        """A share, or between which two it is."""
        return f"{share.least} %" if share.least == share.most else f"{share.least}–{share.most} %"

    def settles(self, one: SettlingAnswer, w: Said) -> str:
        """What would settle a test, and by which values."""
        return settles(one, w)

    def holders(self, step: StepAnswer) -> str:
        """Who holds how much of one entity, as a sum."""
        return " + ".join(f"{holder.name} {self.share(holder.share)}" for holder in step.holders)
