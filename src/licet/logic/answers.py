"""Rules as answers: what each rule of a kind says about a line, bound to its item, party or row."""

from __future__ import annotations

from collections.abc import Iterator

from licet.facts.elements import Apart, Element
from licet.facts.truth import Truth, conjunction, disjunction, word
from licet.logic import words
from licet.logic.decide import CASE, Decider, Line, Needed, enforced
from licet.logic.decision import RuleAnswer
from licet.logic.prove import MAX_TOLD
from licet.rules.kinds import FACT
from licet.rules.model import POLICIES
from licet.rules.snapshot import InForce

_DETAIL = (
    "effect",
    "reason",
    "lifts",
    "policy",
    "text",
    "do",
    "timing",
    "deadline",
    "addressee",
    "keep",
    "check",
    "risk",
    "code",
)


class Answers:
    """Makes answers for the lines of one decider."""

    def __init__(self, decider: Decider) -> None:
        self.decider = decider
        self.law = decider.law
        self.prover = decider.prover
        self.with_more: tuple[Line, Apart] | None = None  # the last line, with what more evidence would make of it

    def of_kind(
        self, found: Line, jurisdiction: str, kind: str, reached: bool, certain: bool = False
    ) -> Iterator[RuleAnswer]:
        """Answers of a kind in a jurisdiction whose value is not no, or only those whose value is yes.

        `reached` asks for the instrument's reach too. Rules of reach are shown of instruments that govern such an act.
        """
        for held in self._shown(jurisdiction, kind, found.item):
            reach = found.reach.get(held.rule.instrument, False) if reached else True
            if reach is False or (kind == "reach" and held.rule.instrument not in found.reach):
                continue
            if self.decider.value(held.rule.id, found.root) is not False:  # else it is so of no party or row either
                yield from self.bound(held, found, reach, certain)

    def _shown(self, jurisdiction: str, kind: str, item: Element | None) -> list[InForce]:
        """The rules of a kind in a jurisdiction that are shown by themselves and can be about the kind of thing."""
        about = None if item is None else item.facts.get(FACT)
        key = f"shown {jurisdiction} {kind} {about if type(about) is str else ''}"
        if key not in self.law.memo:
            ofs = (held for held in self.law.of_kind(kind) if self._jurisdiction(held) == jurisdiction)
            shown = (held for held in ofs if enforced(held) and not _helper(held))
            self.law.memo[key] = [held for held in shown if not held.leaves_out(item)]
        found: list[InForce] = self.law.memo[key]
        return found

    def _jurisdiction(self, held: InForce) -> str:
        instrument = self.law.law.instruments.get(held.rule.instrument)
        return "" if instrument is None else instrument.jurisdiction

    def bound(self, held: InForce, found: Line, reach: Truth = True, certain: bool = False) -> Iterator[RuleAnswer]:
        """One answer for each thing the rule binds to."""
        for target, label in self.targets(held, found.root):
            value = conjunction((reach, self._value(held, target, found.root)))
            if value is True or (value is None and not certain):
                yield self.answer(held, value, found, target, label)

    def targets(self, held: InForce, root: Element) -> list[tuple[Element, str]]:
        """The parties or rows a rule binds to, or the line as a whole."""
        if held.rule.subject not in ("party", "listing"):
            return [(root, "")]
        parties = root.lists.get("parties", [])
        if held.rule.subject == "party":
            bound = [(party, party.label) for party in parties]
        else:
            bound = [
                (row, f"{party.label}, {row.label}") for party in parties for row in party.lists.get("listings", [])
            ]
        values = [self._value(held, target, root) for target, _ in bound]
        whole = self.decider.value(held.rule.id, root)
        return bound if any(value is whole for value in values) else [*bound, (root, "")]

    def _value(self, held: InForce, target: Element, root: Element) -> Truth:
        return (
            self.decider.value(held.rule.id, root)
            if target is root
            else self.decider.evaluator.rule(held.rule.id)(target)
        )

    def answer(self, held: InForce, value: Truth, found: Line, target: Element, label: str = "") -> RuleAnswer:
        """A rule's answer with the shortest reason that suffices."""
        rule = held.rule
        scope = CASE if target is found.root else (rule.subject,)
        reason = self.prover.reason(rule.id, target, scope)
        detail, source, since = self._said(held)
        if detail.get("policy") == "row":
            detail = detail | {"policy": _row_policy(target)}
        return RuleAnswer(
            id=rule.id,
            kind=rule.kind,
            value=word(value),
            cite=rule.cite,
            title=rule.title,
            source=source,
            since=since,
            status=held.version.status,
            item=found.item.label if found.item is not None else "",
            party=label,
            detail=detail,
            why=tuple(f"{text} [{cite}]" if cite else text for text, cite in reason[:MAX_TOLD]),
        )

    def _said(self, held: InForce) -> tuple[dict[str, str], str, str]:
        """What a rule says in every case of the day: its details, its sources and since when it is so."""
        key = f"said {held.rule.id}"
        if key not in self.law.memo:
            version = held.version
            detail = {name: _text(held.extra[name]) for name in _DETAIL if name in held.extra}
            if version.change:
                detail["change"] = version.change
            sources = "; ".join(source.cite for source in version.sources)
            self.law.memo[key] = detail, sources, version.start.isoformat()
        found: tuple[dict[str, str], str, str] = self.law.memo[key]
        return found

    def needed(self, need: Needed, found: Line) -> Iterator[RuleAnswer]:
        """A requirement or prohibition, for each thing it binds to."""
        yield from self.bound(need.rule, found, need.reach)

    def reliefs(self, found: Line, jurisdiction: str) -> Iterator[RuleAnswer]:
        """Reliefs that lift something here, or would but for an unmet condition (value no, with what is unmet)."""
        needs = [need for need in found.needed.get(jurisdiction, ()) if need.value is not False]
        lifting = (relief for need in needs for relief in self.decider.reliefs.get(need.rule.rule.id, ()))
        for relief in {relief.rule.id: relief for relief in lifting}.values():
            barred = [bar for bar in self.decider.bars[relief.rule.id] if self.decider.value(bar, found.root) is True]
            value = self.decider.value(relief.rule.id, found.root)
            if barred:
                continue
            if value is not False:
                unmet = self._open(relief.rule.id, found)
                yield _with_unmet(self.answer(relief, value, found, found.root), unmet)
                continue
            unmet = self._way_out(relief, found)
            if unmet:
                yield _with_unmet(self.answer(relief, False, found, found.root), unmet)

    def _way_out(self, relief: InForce, found: Line) -> tuple[str, ...]:
        """What evidence would make the relief apply; nothing where no evidence could."""
        root = found.root
        if self.with_more is None or self.with_more[0] is not found:
            self.with_more = found, Apart(root)
        before, (_, apart) = root.closed.get("held"), self.with_more
        root.closed["held"] = None
        apart.change()
        try:
            return self._open(relief.rule.id, found) if self.decider.value(relief.rule.id, root) is None else ()
        finally:
            root.closed["held"] = before
            apart.change()

    def _open(self, rule: str, found: Line) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fact for fact, _ in self.decider.asker.asks(rule, found.root, CASE).values()))

    def policies(self, found: Line, jurisdiction: str) -> list[RuleAnswer]:
        """How an application would be reviewed: every policy that applies, the strictest first."""
        wanted = {need.rule.rule.id: need.value for need in found.needed.get(jurisdiction, ())}
        of = (held for need in wanted for held in self._policies().get(need, ()))
        answers = [
            answer
            for held in {held.rule.id: held for held in of}.values()
            for answer in self.bound(
                held, found, disjunction(wanted[need] for need in held.extra["of"] if need in wanted)
            )
        ]
        return sorted(answers, key=lambda answer: -strictness(answer.detail.get("policy", "")))

    def _policies(self) -> dict[str, list[InForce]]:
        """The policies for each requirement."""
        if "policies" not in self.law.memo:
            made: dict[str, list[InForce]] = {}
            for held in self.law.of_kind("policy"):
                for need in held.extra["of"] if enforced(held) else ():
                    made.setdefault(need, []).append(held)
            self.law.memo["policies"] = made
        found: dict[str, list[InForce]] = self.law.memo["policies"]
        return found

    def not_enforced(self, found: Line, jurisdiction: str) -> Iterator[RuleAnswer]:
        """Requirements whose text stands but is suspended or not enforced: shown as flags."""
        key = f"not enforced {jurisdiction}"
        if key not in self.law.memo:
            ofs = (held for held in self.law.of_kind("requirement", "prohibition") if not enforced(held))
            self.law.memo[key] = [held for held in ofs if self._jurisdiction(held) == jurisdiction]
        for held in self.law.memo[key]:
            yield from self.bound(held, found, found.reach.get(held.rule.instrument, False))


def _helper(held: InForce) -> bool:
    """Rules that only serve other rules are not shown by themselves: parts of a reach, lists of entries."""
    if held.rule.kind == "reach":
        return held.extra.get("general") == "no"
    return held.rule.kind == "entry" and "code" not in held.extra and held.rule.subject != "item"


def _with_unmet(answer: RuleAnswer, unmet: tuple[str, ...]) -> RuleAnswer:
    return RuleAnswer(**{**{name: getattr(answer, name) for name in RuleAnswer.__slots__}, "unmet": unmet})


def _text(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _row_policy(target: Element) -> str:
    policy = target.facts.get("listing.policy")
    return words.text(policy) if policy is not None else "as the row says"


def strictness(policy: str) -> int:
    """How strict a policy is beside others."""
    return POLICIES.index(policy) if policy in POLICIES else -1
