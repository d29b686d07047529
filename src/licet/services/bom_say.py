"""What would settle a bill, in words."""

from __future__ import annotations

from fractions import Fraction

from licet.chain.ranges import PLACES, Range, shown
from licet.chain.settle import QUANTITY, VALUE, Settles
from licet.services.bom_answer import AmountAnswer, SettlesAnswer

CENTS = 2  # decimals of an amount in a sentence
_ASKED = {
    "complete": "whether all its parts are named",
    "controlled": "whether it is controlled to the destination (its ECCN)",
    "item.us_origin": "whether it is of US origin",
    "item.discrete": "whether it is a discrete product",
    "item.bundled": "whether it is bundled with the product",
}


def settles_answer(one: Settles, currency: str) -> SettlesAnswer:
    """What settles it, with a sentence."""
    amounts = [_amount(known) if isinstance(known, Range) else None for known in (one.over, one.within)]
    truths = [("yes" if known else "no") if isinstance(known, bool) else "" for known in (one.over, one.within)]
    return SettlesAnswer(
        part=one.part.id,
        name=one.part.name,
        fact=one.fact,
        over=amounts[0],
        within=amounts[1],
        over_if=truths[0],
        within_if=truths[1],
        text=f"{one.part.name}: {_question(one)}: {'; '.join(_answers(one, currency))}",
    )


def _question(one: Settles) -> str:
    if one.fact == VALUE:
        return "what one is worth"
    return "how many are in it" if one.fact == QUANTITY else _ASKED[one.fact]


def _answers(one: Settles, currency: str) -> list[str]:
    unit = f" {currency}" if one.fact == VALUE and currency else ""
    said = [(one.over, "over the limit"), (one.within, "within it")]
    return [f"{_words(known, unit)} puts it {what}" for known, what in said if known is not None]


def _words(known: Range | bool, unit: str) -> str:
    if isinstance(known, bool):
        return "yes" if known else "no"
    if known.high is None:
        return f"{shown(known.low, CENTS, up=True)}{unit} or more"
    # Rounded inwards, so that what is said holds; exact where nothing would be left.
    places = CENTS if known.high - known.low >= Fraction(1, 10**CENTS) else PLACES
    low, high = shown(known.low, places, up=True), shown(known.high, places)
    if known.low == 0:
        return f"{high}{unit} or less"
    return f"{low}{unit}" if low == high else f"{low} to {high}{unit}"


def _amount(known: Range) -> AmountAnswer:
    return AmountAnswer(shown(known.low), "" if known.high is None else shown(known.high, up=True))
