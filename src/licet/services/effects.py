"""The legal effect of a row of a list for a party in a role, as the law of a day says it.

No effect of any list is written here. Every rule that can feel the row is evaluated with the row and without it
(`effects_worlds`); what differs is the effect. The deal itself is not known, so what depends on it is said to be open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from licet.facts.truth import Truth, disjunction
from licet.logic.decide import Decider
from licet.rules.snapshot import InForce
from licet.services.effects_open import OpenPoint
from licet.services.effects_readers import FOOTNOTES, LIST, KnownReads, Readers
from licet.services.effects_trial import ANYBODY, Roles, Trial, Tried
from licet.services.effects_worlds import Facts
from licet.services.listed_row import Row, row_facts_of

KEPT = 4_096  # effects remembered: rows of a list are mostly alike
_DETAIL = ("reason", "policy", "text", "do", "timing", "deadline", "addressee", "keep", "check", "risk", "bars")
_EFFECT = {"requirement": "licence_required", "prohibition": "prohibited"}  # where the law file says no other


@dataclass(frozen=True, slots=True)
class Effect:
    """What one rule says because of the row.

    `bites`: for the roles asked (or for anybody, where none was): yes; no, and then another role would make it bite;
    or unknown, and then `depends` says on what. `acts` are those for which it does or may, `every_act` whether these
    are all that the instrument governs; `roles` those in which it bites and `roles_open` those in which it may, both
    empty where the role makes no difference.
    """

    rule: str
    kind: str
    effect: str
    title: str
    cite: str
    jurisdiction: str
    instrument: str
    bites: Truth
    status: str
    acts: tuple[str, ...]
    every_act: bool
    roles: tuple[str, ...]
    roles_open: tuple[str, ...]
    depends: tuple[OpenPoint, ...] = ()
    detail: dict[str, str] = field(default_factory=dict)


class Effects:
    """The effects of rows under the law of one day; keeps what it has worked out."""

    def __init__(self, decider: Decider, known: KnownReads | None = None) -> None:
        self.decider = decider
        self.readers = Readers(decider.law, known)
        self.kept: dict[object, tuple[Effect, ...]] = {}

    @property
    def day(self) -> date:
        """The day whose law speaks."""
        return self.decider.law.day

    @property
    def lists(self) -> frozenset[str]:
        """The lists that the law of the day reads."""
        return frozenset(self.readers.direct)

    def reads(self, name: str) -> bool:
        """Whether a rule of the day reads this list."""
        return bool(self.readers.of(name))

    def checked_to(self, names: Iterable[str]) -> date | None:
        """Up to which day the sources of all law that reads these lists were read; None where none does."""
        instruments = {held.rule.instrument for name in names for held in self.readers.of(name)}
        return min((self.decider.law.law.instruments[one].checked_to for one in instruments), default=None)

    def of(self, row: Row, roles: Iterable[str] = (), party: Facts | None = None) -> tuple[Effect, ...]:
        """The effects of a row for a party in these roles; `party` holds further facts of it (`party.entity` …)."""
        asked, listing = frozenset(roles), _listing(row, self.readers.footnotes)
        key = (asked, tuple(listing.items()), tuple(sorted((party or {}).items())))
        if key not in self.kept:
            if len(self.kept) >= KEPT:
                self.kept.clear()
            self.kept[key] = self._effects(asked, Trial(self.decider, self.readers, listing, party or {}))
        return self.kept[key]

    def _effects(self, asked: Roles, trial: Trial) -> tuple[Effect, ...]:
        rules = self.readers.of(trial.listing[LIST])
        whoever = trial.values(rules, ANYBODY)
        felt = [held for held in rules if disjunction(whoever[held.rule.id].values()) is not False]
        here = trial.values(felt, asked) if asked else whoever
        return tuple(self._effect(held, here[held.rule.id], whoever[held.rule.id], asked, trial) for held in felt)

    def _effect(self, held: InForce, here: Tried, whoever: Tried, asked: Roles, trial: Trial) -> Effect:
        rule, bites = held.rule, disjunction(here.values())
        acts = _acts(here, bites) if bites is not False else _acts(whoever, disjunction(whoever.values()))
        yes, may = trial.by_role(held, acts[0])
        instrument = self.decider.law.law.instruments[rule.instrument]
        return Effect(
            rule=rule.id,
            kind=rule.kind,
            effect=str(held.extra.get("effect", _EFFECT.get(rule.kind, ""))),
            title=rule.title,
            cite=rule.cite,
            jurisdiction=instrument.jurisdiction,
            instrument=instrument.title,
            bites=bites,
            status=held.version.status,
            acts=acts,
            every_act=len(acts) == len(here),
            roles=yes,
            roles_open=may,
            depends=trial.open_points(held, asked, acts[0]) if bites is None else (),
            detail=_detail(held, trial.listing),
        )


def _acts(tried: Tried, value: Truth) -> tuple[str, ...]:
    return tuple(act for act, found in tried.items() if found is value)


def _listing(row: Row, footnotes: frozenset[str]) -> Facts:
    """A row as the law reads it, with the footnotes that can matter; what the row does not say is unknown."""
    return row_facts_of(row) | {FOOTNOTES: footnotes.intersection(row.footnotes)}


def _detail(held: InForce, listing: Facts) -> dict[str, str]:
    """What the rule says besides; a policy that is the row's own is the row's."""
    found = {key: _text(held.extra[key]) for key in _DETAIL if key in held.extra}
    if found.get("policy") == "row":
        found["policy"] = str(listing.get("listing.policy", "as the row says"))
    return found


def _text(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
