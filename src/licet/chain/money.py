"""Values with their currency: `12.50 USD`, `12..15 USD`, or a number beside a column `currency`."""

from __future__ import annotations

from fractions import Fraction

from licet.chain.ranges import UNKNOWN, Range, exactly
from licet.facts.errors import CaseError, quoted
from licet.facts.numbers import scaled, split_range
from licet.facts.values import fail
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence, is_empty

SCALE = 6  # decimals kept of a quantity, a value and a rate


def read_amount(node: Node | None, what: str) -> Range:
    """A number or range that is not negative; unknown where it is left out. Raises CaseError."""
    if node is None or is_empty(node) or (isinstance(node, Scalar) and node.text.strip() == "unknown"):
        return UNKNOWN
    if isinstance(node, Sequence):
        return _ends(node, what)
    if not isinstance(node, Scalar):
        fail(node, "E_VALUE", f"{what}: a number is expected")
    ends = split_range(node.text.strip())
    return exactly(_number(node, node.text, what)) if ends is None else _range(node, *ends, what)


def _ends(node: Sequence, what: str) -> Range:
    texts = ["" if is_empty(item) else item.text if isinstance(item, Scalar) else "?" for item in node.items]
    if len(texts) != 2:
        fail(node, "E_RANGE", f"{what}: a range has two ends", "write [800, 830]")
    return _range(node, texts[0], texts[1], what)


def _range(node: Node, low: str, high: str, what: str) -> Range:
    first = _number(node, low, what) if low else Fraction(0)
    last = _number(node, high, what) if high else None
    if last is not None and first > last:
        fail(node, "E_RANGE", f"{what}: the range ends before it begins", "write the smaller end first")
    return Range(first, last)


def _number(node: Node, text: str, what: str) -> Fraction:
    try:
        value = Fraction(scaled(text, SCALE), 10**SCALE)
    except ValueError as bad:
        fail(node, "E_NUMBER", f"{what}: {bad}", "write a number such as 12.50, or a range such as 12..15")
    if value < 0:
        fail(node, "E_NUMBER", f"{what}: {quoted(text)} is less than nothing")
    return value


class Money:
    """Reads values in the currencies that a bill gives rates for, as values in the bill's own."""

    def __init__(self, currency: str, rates: dict[str, Range]) -> None:
        self.currency, self.rates = currency, rates

    def value(self, node: Mapping, what: str) -> Range:
        """The value of one piece of a row. Raises CaseError."""
        stated = node.entries.get("value")
        amount, currency = split_currency(stated, node.entries.get("currency"))
        found = read_amount(amount, f"{what}: value")
        if found == UNKNOWN or (found.point and found.low == 0):
            return found
        assert stated is not None
        if not currency:
            fail(stated, "E_UNIT", f"{what}: the value names no currency", f"write 12.50 {self.currency or 'USD'}")
        self.currency = self.currency or currency
        if currency == self.currency:
            return found
        if currency not in self.rates:
            hint = f"add rates: {{{currency}: …}}, what one {currency} is worth in {self.currency}"
            fail(stated, "E_BOM_RATE", f"{what}: its value is in {currency}, others are in {self.currency}", hint)
        return found * self.rates[currency]


def split_currency(stated: Node | None, beside: Node | None) -> tuple[Node | None, str]:
    """The amount of a value and its currency, which stands behind it or in its own column. Raises CaseError."""
    written = _currency(beside.text.strip(), beside) if isinstance(beside, Scalar) and not is_empty(beside) else ""
    if not isinstance(stated, Scalar):
        return stated, written
    amount, _, behind = stated.text.strip().rpartition(" ")
    if not amount or not behind[:1].isalpha():
        return stated, written
    named = _currency(behind, stated)
    if written and written != named:
        fail(stated, "E_UNIT", f"the value is in {named}, its currency is given as {written}", "keep one of them")
    return Scalar(amount.strip(), True, stated.place), named


def _currency(text: str, node: Node) -> str:
    if len(text) != 3 or not (text.isascii() and text.isupper() and text.isalpha()):
        hint = "use the three capital letters of ISO 4217, such as USD"
        raise CaseError.one("E_UNIT", f"{quoted(text)} is not a currency", node.place, hint)
    return text


def read_rates(node: Node | None) -> dict[str, Range]:
    """`rates: {CNY: 0.14}`: what one of each currency is worth in the bill's own. Raises CaseError."""
    if node is None or is_empty(node):
        return {}
    if not isinstance(node, Mapping):
        fail(node, "E_VALUE", "rates: a mapping is expected", "write rates: {CNY: 0.14}")
    rates = {_currency(key, value): read_amount(value, f"rate of {key}") for key, value in node.entries.items()}
    for key, rate in rates.items():
        if rate.high is None or rate.low == 0:
            fail(node.entries[key], "E_BOM_RATE", f"the rate of {key} has to be more than nothing, and bounded")
    return rates
