"""Phrases that every form of a bill shares: amounts, the verdict, what could stop a part."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from licet.facts.countries import country_name
from licet.services.bom_answer import (
    NO_LIMIT,
    OPEN,
    OVER,
    WITHIN,
    AmountAnswer,
    BomAnswer,
    DependenceAnswer,
    LimitAnswer,
    PartAnswer,
    RuleRef,
)

PLACES = Decimal("0.01")
VERDICTS = {
    OVER: "over the limit: subject to the EAR",
    WITHIN: "within the limit",
    OPEN: "open: it may be over the limit",
    NO_LIMIT: "no limit of this day turns on it",
}
TONES = {OVER: "caution", WITHIN: "clear", OPEN: "open", NO_LIMIT: "clear"}
STOPPED = {"yes": "stopped", "unknown": "may be stopped", "no": "nothing found that stops it"}
STOPPED_TONES = {"yes": "stop", "unknown": "open", "no": "clear"}


def amount(known: AmountAnswer, unit: str = "") -> str:
    """`12.5 USD`, `12–15 USD`, `at least 3 USD`, `?`, to two decimals and rounded outwards."""
    behind = f" {unit}" if unit else ""
    least = _short(known.least, ROUND_FLOOR)
    if not known.most:
        return f"at least {least}{behind}" if known.least != "0" else "?"
    most = _short(known.most, ROUND_CEILING)
    return f"{least}{behind}" if known.least == known.most or least == most else f"{least}–{most}{behind}"


def _short(text: str, rounding: str) -> str:
    shown = f"{Decimal(text).quantize(PLACES, rounding):,f}"
    return shown.rstrip("0").rstrip(".")


def headline(answer: BomAnswer) -> str:
    """The share with the amounts it comes from."""
    found = answer.content
    share, value = amount(found.percent, "%"), amount(found.value, answer.currency)
    below = sum(one.applies == "unknown" and one.now == "unknown" for one in found.limits)
    more = f"; rules with a lower limit that may apply: {below}" if below and found.verdict == WITHIN else ""
    return f"{share} ({value} of {amount(found.price, answer.currency)}): {VERDICTS[found.verdict]}{more}"


def why(part: PartAnswer) -> str:
    """Why a part counts or not, and what is asked first where that is open."""
    if not part.asks:
        return part.why
    more = f" (and {len(part.asks) - 1} more)" if len(part.asks) > 1 else ""
    return f"{part.why}. {part.asks[0]}{more}"


def route(answer: BomAnswer) -> str:
    """From where to where, for whom."""
    start = f"from {country_name(answer.origin)} " if answer.origin else ""
    user = f", for {answer.end_user}" if answer.end_user else ""
    return f"{start}to {country_name(answer.to)}{user}, on {answer.on}"


def limit(one: LimitAnswer) -> str:
    """A limit in words."""
    what = f"{'from' if one.inclusive else 'more than'} {one.percent} %"
    if one.applies == "yes":
        said = {"yes": "it is over", "no": "it is not over", "unknown": "open"}[one.now]
        return f"{what}: subject to the EAR; {said}"
    said = {"yes": "it is over", "no": "it does not apply", "unknown": "whether it applies is open"}[one.now]
    return f"{what}, on further conditions: {one.rule.title}; {said}"


def made(part: DependenceAnswer) -> str:
    """Who cast it and designed it, and where that foundry stands."""
    foundry = part.foundry
    if part.foundry_country and foundry:
        foundry = f"{foundry} ({part.foundry_country})"
    designer = f"designed by {part.designer}" if part.designer else ""
    return "; ".join(text for text in (foundry, designer) if text) or "–"


def node(part: DependenceAnswer) -> str:
    """The node with its unit."""
    return f"{part.node_nm} nm" if part.node_nm else "–"


def proven(part: DependenceAnswer) -> list[RuleRef]:
    """The rules that stop a part."""
    return [rule for rule in part.rules if rule.value == "yes"]


def waiting(part: DependenceAnswer) -> str:
    """What is asked of a part that may be stopped, and which rules wait for it."""
    rules = [rule for rule in part.rules if rule.value == "unknown"]
    if not rules:
        return part.asks
    more = f", and {len(rules) - 1} more" if len(rules) > 1 else ""
    return f"{rules[0].title} ({rules[0].cite}){more}. {part.asks}".rstrip()


def stopped(part: DependenceAnswer) -> str:
    """Whether it can be stopped, with the outcome, and how far the law asked goes."""
    said = STOPPED[part.stopped]
    if part.stopped == "yes":
        return f"{said} ({outcome(part.outcome)})"
    return f"{said}, as far as encoded" if part.stopped == "no" and not part.covered else said


def outcome(word: str) -> str:
    """An outcome as people say it."""
    return word.replace("_", " ")
