"""SQL text from its smallest pieces, and the forms of the operator table (docs/operators.md).

Every literal and every name passes through `text`, `integer` and `name`: law and cases are data. SQL's NULL is
Kleene's unknown. What SQL gets wrong is never written: aggregates of truths over lists, `least` and `greatest`,
raw division, `NOT IN`, floats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from licet.facts.truth import Truth

WordTest = Callable[[str], str]
YES, NO, UNKNOWN = "TRUE", "FALSE", "CAST(NULL AS BOOLEAN)"
NOTHING = "CAST([] AS VARCHAR[])"


def name(word: str) -> str:
    """A column or table name in quotes."""
    if "\0" in word:
        raise ValueError("a name cannot hold a NUL character")
    return '"' + word.replace('"', '""') + '"'


def text(word: str) -> str:
    """A text literal."""
    if "\0" in word:
        raise ValueError("a text cannot hold a NUL character")
    return "'" + word.replace("'", "''") + "'"


def integer(value: int) -> str:
    """An integer literal."""
    return str(int(value)) if value >= 0 else f"({int(value)})"


def texts(words: Iterable[str]) -> str:
    """A list literal of texts, in a fixed order."""
    listed = ", ".join(text(word) for word in sorted(words))
    return f"[{listed}]" if listed else NOTHING


def truth(value: Truth) -> str:
    """A constant truth value."""
    return UNKNOWN if value is None else YES if value else NO


def conjunction(parts: Sequence[str]) -> str:
    """Kleene's AND; yes for no parts at all."""
    return _joined(" AND ", parts, YES)


def disjunction(parts: Sequence[str]) -> str:
    """Kleene's OR; no for no parts at all."""
    return _joined(" OR ", parts, NO)


def _joined(word: str, parts: Sequence[str], empty: str) -> str:
    if len(parts) < 2:
        return parts[0] if parts else empty
    return "(" + word.join(parts) + ")"


def negation(part: str) -> str:
    """Kleene's NOT."""
    return f"(NOT {part})"


def choose(*branches: tuple[str, str], otherwise: str = "") -> str:
    """The first branch whose test is true, else `otherwise`, else NULL."""
    tests = " ".join(f"WHEN {test} THEN {value}" for test, value in branches)
    return f"CASE {tests}{f' ELSE {otherwise}' if otherwise else ''} END"


def within(value: str, words: Iterable[str]) -> str:
    """A text is one of these words; unknown where the text is."""
    listed = sorted(words)
    if not listed:
        return choose((f"{value} IS NOT NULL", NO))
    return f"({value} IN ({', '.join(text(word) for word in listed)}))"


def shares(value: str, words: Iterable[str]) -> str:
    """A set has any of these words; unknown where the set is, no for an empty set."""
    return f"list_has_any({value}, {texts(words)})"


def any_word(value: str, is_set: bool, yes: WordTest, open_: WordTest) -> str:
    """yes where a word of the value passes the test `yes`, else unknown where one passes `open_`, else no.

    The tests are never NULL for a word.
    """
    first, second = (_among(value, yes), _among(value, open_)) if is_set else (yes(value), open_(value))
    return choose((f"{value} IS NULL", UNKNOWN), (first, YES), (second, UNKNOWN), otherwise=NO)


def ancestors(word: str) -> str:
    """A code with those above it, as a list (see `licet.rules.codes`)."""
    steps = f"string_split({word}, '.')"
    return f"list_transform(range(1, len({steps}) + 1), lambda n: array_to_string(list_slice({steps}, 1, n), '.'))"


def _among(value: str, test: WordTest) -> str:
    return f"len(list_filter({value}, lambda word: {test('word')})) > 0"


def some(yes: str, open_: str) -> str:
    """`some` by counting members that hold and members that may; an open list has a row for its unknown others."""
    return choose((f"{yes} > 0", YES), (f"{open_} > 0", UNKNOWN), otherwise=NO)


def every(no: str, open_: str) -> str:
    """`every` by counting members that fail and members that may; the mirror image of `some`."""
    return choose((f"{no} > 0", NO), (f"{open_} > 0", UNKNOWN), otherwise=YES)


def union(lists: Sequence[str]) -> str:
    """The words of several lists, none of them NULL, with repetitions."""
    kept = [words for words in lists if words != NOTHING]
    if len(kept) < 2:
        return kept[0] if kept else NOTHING
    return f"list_concat({', '.join(kept)})"


def where(test: str, words: str) -> str:
    """The words if the test holds, else none."""
    return NOTHING if words == NOTHING else choose((test, words), otherwise=NOTHING)
