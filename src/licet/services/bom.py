"""A bill of materials asked about one destination: the use case behind `licet bom`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from licet import __version__
from licet.chain.count import Content, Counted, content
from licet.chain.elements import as_item
from licet.chain.model import SOFTWARE, TECHNOLOGY, Bill, Component
from licet.chain.ranges import Range, shown
from licet.chain.settle import Judge, settling
from licet.facts.case import Case
from licet.facts.elements import line
from licet.facts.errors import CaseError
from licet.facts.numbers import Interval
from licet.facts.truth import Truth, word
from licet.logic.decision import Decision
from licet.rules.snapshot import InForce
from licet.services.bom_answer import (
    NO_LIMIT,
    OPEN,
    OVER,
    SCHEMA,
    WITHIN,
    AmountAnswer,
    BomAnswer,
    ContentAnswer,
    DecisionAnswer,
    LimitAnswer,
    PartAnswer,
    RuleRef,
)
from licet.services.bom_depend import Dependence, duties, stopping
from licet.services.bom_law import CONTENT, US_ORIGIN, Controlled, Limit, limits, scaled_share
from licet.services.bom_sale import Sale, made_in
from licet.services.bom_say import settles_answer
from licet.services.check import SEMANTICS, Checker, Options

_VERDICT = {True: OVER, False: WITHIN, None: OPEN}
US, BUNDLING = "US", "item.bundled"
REPORT = (
    "Technology: before relying on the share, a one-time report is due to the Bureau of Industry and Security "
    "(15 CFR 734.4(c)(3), (d)(3); Supp. 2 to part 734, (b))."
)
AT_ALL = "The product is of US origin or leaves from the US: it is subject to the EAR whatever its content."
NO_LAW = (
    "This law does not say which US-origin parts are controlled to the destination; say it with controlled: yes or no."
)
BUNDLED = (
    "{name}: US-origin software counts as bundled only where it is EAR99 or controlled for anti-terrorism alone; "
    "any other has to be judged by itself as well (15 CFR 734.4(c)(1), (d)(1), notes)."
)
APART = "{name}: software that is not bundled is no content of the product; judge it by itself."


@dataclass(frozen=True, slots=True)
class Asked:
    """How a bill is asked about: the sale, whether each part is decided as well, how old a law may be."""

    sale: Sale
    parts: bool = True
    language: str = "en"
    law_age: timedelta = timedelta(0)


def bom(checker: Checker, bill: Bill, asked: Asked) -> BomAnswer:
    """The answer for a bill. Raises CaseError."""
    sale = replace(asked.sale, on=asked.sale.on or bill.on)
    options = Options(sale.on, asked.language, False, asked.law_age)
    return _Bom(checker, bill, sale, options).answer(asked.parts)


class _Bom:
    def __init__(self, checker: Checker, bill: Bill, sale: Sale, options: Options) -> None:
        self.checker, self.bill, self.sale, self.options = checker, bill, sale, options
        self.case = self.ask()
        self.item = self.case.items[0]
        self.decider, _ = checker.prepare(self.case, options)
        self.counts = Controlled(self.decider, self.case.root)
        problems = list(self.counts.contradictions(bill.product))
        if problems:
            raise CaseError(problems)
        self.found = content(bill.product, self.counts)
        self.item.facts[CONTENT] = scaled_share(self.decider, self.found.percent)
        self.limits = self.find_limits()

    def ask(self) -> Case:
        """The case of the product itself."""
        product = self.bill.product
        return self.sale.ask(as_item(product), made_in(product), self.bill.title, self.checker.law.dictionary)

    def find_limits(self) -> list[Limit]:
        line(self.case.root, self.item)
        return limits(self.decider, self.case.root, self.item)

    def answer(self, parts: bool) -> BomAnswer:
        decision = self.decide()
        root = self.case.root.facts
        asking = Dependence(self.checker, self.sale, self.options, self.share)
        dependence = asking.of(self.bill) if parts else ()
        return BomAnswer(
            schema=SCHEMA,
            engine=f"licet {__version__}, semantics {SEMANTICS}",
            title=self.bill.title,
            product=self.bill.product.name,
            on=decision.on,
            origin=made_in(self.bill.product) or "",
            to=str(root["shipment.to"]),
            end_user=_end_user(self.case),
            currency=self.bill.currency,
            law=decision.law.snapshot,
            content=self.content(),
            dependence=dependence,
            decision=_short(decision),
            exit_code=decision.exit_code,
        )

    def decide(self) -> Decision:
        """The decision for the product, its content counted."""
        case = self.ask()
        case.items[0].facts[CONTENT] = self.item.facts[CONTENT]
        return self.checker.check(case, self.options)

    # --- the content ----------------------------------------------------------------------------

    def share(self, part: Component) -> Interval:
        """The content of a part that is shipped by itself, as the fact keeps it."""
        return scaled_share(self.decider, content(part, self.counts).percent)

    def content(self) -> ContentAnswer:
        governing = next((limit for limit in self.limits if limit.above is True), None)
        verdict = None if governing is None else _over(governing, self.found.percent)
        settles = [] if governing is None else settling(self.bill.product, self.counts, _judge(governing))
        return ContentAnswer(
            percent=amount(self.found.percent),
            value=amount(self.found.value),
            price=amount(self.found.price),
            verdict=NO_LIMIT if governing is None else _VERDICT[verdict],
            limits=tuple(_limit(limit) for limit in self.limits),
            settles=tuple(settles_answer(one, self.bill.currency) for one in settles),
            parts=tuple(self.part(one) for one in self.found.parts),
            law=self.counts.known,
            notes=tuple(self.notes()),
        )

    def notes(self) -> list[str]:
        """What the share alone does not say."""
        product = self.bill.product
        found = [AT_ALL] if made_in(product) == US else []
        found += [REPORT] if product.nature == TECHNOLOGY else []
        found += [] if self.counts.known else [NO_LAW]
        software = [one.part for one in self.found.parts if one.part.nature == SOFTWARE != product.nature]
        found += [APART.format(name=part.name) for part in software if part.truth(BUNDLING) is False]
        us = [part for part in software if part.truth(BUNDLING) is True and part.truth(US_ORIGIN) is not False]
        return found + [BUNDLED.format(name=part.name) for part in us]

    def asked(self, one: Counted) -> Iterator[str]:
        """What the law asks of a part of which it is open whether it counts."""
        facts = self.counts.open_facts(one.part) if one.counts is None and self.counts(one.part) is None else []
        for name in facts:
            fact = self.checker.law.dictionary.facts[name]
            yield fact.ask(self.options.language)

    def part(self, one: Counted) -> PartAnswer:
        facts = one.part.facts
        return PartAnswer(
            id=one.part.id,
            name=one.part.name,
            depth=one.depth,
            kind=str(facts.get("item.kind", "")),
            origin=made_in(one.part) or "",
            us_origin=word(one.part.truth("item.us_origin")),
            code=", ".join(sorted(facts.get("item.declared.us", ()))),
            quantity=amount(one.part.quantity),
            value=amount(one.part.value),
            line=amount(one.line),
            content=amount(one.content),
            share=amount(_share(one, self.found)),
            counts=word(one.counts),
            why=one.why,
            asks=tuple(self.asked(one)),
            source=one.part.source,
        )


def _judge(limit: Limit) -> Judge:
    def judge(found: Content) -> Truth:
        return _over(limit, found.percent)

    return judge


def _over(limit: Limit, percent: Range) -> Truth:
    """Whether a share is over a limit."""
    if percent.low > limit.percent or (limit.inclusive and percent.low == limit.percent):
        return True
    if percent.high is None or percent.high > limit.percent:
        return None
    return None if limit.inclusive and percent.high == limit.percent else False


def _share(one: Counted, found: Content) -> Range:
    """The content of one part in per cent of the product."""
    price = found.price
    low = 100 * one.content.low / price.high if price.high else 0 * one.content.low
    if one.content.high == 0:
        return Range(low, one.content.high)
    high = 100 * one.content.high / price.low if one.content.high is not None and price.low else None
    most = found.percent.high
    return Range(low, most if high is None or (most is not None and high > most) else high)


def amount(known: Range) -> AmountAnswer:
    """A range as text."""
    return AmountAnswer(shown(known.low), "" if known.high is None else shown(known.high, up=True))


def _limit(limit: Limit) -> LimitAnswer:
    held: InForce = limit.rule
    rule = RuleRef(held.rule.id, held.rule.cite, held.rule.title, word(limit.now))
    return LimitAnswer(shown(limit.percent), limit.inclusive, word(limit.above), word(limit.now), rule)


def _short(decision: Decision) -> DecisionAnswer:
    return DecisionAnswer(
        outcome=decision.outcome,
        best=decision.bounds.best,
        worst=decision.bounds.worst,
        coverage=decision.coverage.level,
        rules=tuple(stopping(decision)),
        duties=tuple(duties(decision.jurisdictions)),
        asks=tuple(question.ask for question in decision.questions),
    )


def _end_user(case: Case) -> str:
    """The end users named in the case."""
    parties = case.root.lists.get("parties", [])
    named = [party.label for party in parties if "end_user" in party.facts.get("party.roles", ())]
    return ", ".join(named)
