"""The answer of `licet classify` for a terminal: a list for each scheme, what describes the item first."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator

from licet.render.clean import printable, to_ascii
from licet.services.classify import Classification, EntryFound, SchemeAnswer
from licet.services.controls import Control

WIDTH = 100
MAX_OPEN, MAX_OUT, MAX_QUESTIONS, MAX_MARGINS = 12, 15, 12, 12
LISTS = {
    "us": "United States, Commerce Control List",
    "eu": "European Union, Annex I of Regulation (EU) 2021/821 and national additions to it",
    "nl": "Netherlands, national measures",
    "fr": "France, national list",
    "de": "Germany, national list",
    "jp": "Japan, export order and goods ordinance",
}


def text(answers: list[Classification], to_file: bool) -> str:
    """The answers as text."""
    blocks = ["\n".join(line.rstrip() for line in _item(answer)) for answer in answers]
    shown = printable("\n\n".join(blocks)) + "\n"
    return shown if to_file or _shows(shown) else to_ascii(shown)


def _shows(shown: str) -> bool:
    """Whether the terminal can show what is to be printed."""
    try:
        shown.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _item(answer: Classification) -> Iterator[str]:
    yield f"{answer.item} - on {answer.on}"
    for scheme in answer.schemes:
        if scheme.described or scheme.open or scheme.declared or scheme.scheme == "us":
            yield ""
            yield from _scheme(scheme)
    if answer.margins:
        yield ""
        yield "Margins"
        for margin in answer.margins[:MAX_MARGINS]:
            line = f"{margin.op} {margin.line} ({margin.distance})"
            yield f"  {margin.fact} {margin.value}, the line is {line}  {margin.rule}"
        yield from _more(len(answer.margins), MAX_MARGINS)
    if answer.questions:
        yield ""
        yield "To find out, what settles most first"
        for number, question in enumerate(answer.questions[:MAX_QUESTIONS], 1):
            yield from _wrapped(f"  {number}. {question.ask}  {question.fact}", 5)
            yield from _wrapped(f"     for: {question.why}", 10)
        yield from _more(len(answer.questions), MAX_QUESTIONS)


def _scheme(answer: SchemeAnswer) -> Iterator[str]:
    yield LISTS.get(answer.scheme, answer.scheme.upper())
    shown: set[tuple[Control, ...]] = set()
    for code in answer.declared:
        shown.add(code.controls)
        yield f"  declared {code.code}" + ("" if code.known else ", which the list does not have")
        yield from _controls(code.controls)
    for entry in answer.described:
        yield from _entry("described by", entry)
        if entry.controls not in shown:
            yield from _controls(entry.controls)
        shown.add(entry.controls)
    if not answer.described and not answer.open:
        yield "  no entry that is told by parameters describes it"
    if answer.open:
        yield f"  may be described by ({len(answer.open)} open)"
        for entry in answer.open[:MAX_OPEN]:
            yield from _wrapped(f"    {entry.code}  {entry.title}; needs {', '.join(entry.asks) or 'more'}", 8)
        yield from _more(len(answer.open), MAX_OPEN)
    if answer.ruled_out:
        yield "  ruled out by its figures"
        for entry in answer.ruled_out[:MAX_OUT]:
            yield from _wrapped(f"    {entry.code}  {'; '.join(entry.why)}", 8)
        yield from _more(len(answer.ruled_out), MAX_OUT)
    if answer.not_by_parameters:
        yield from _wrapped(
            f"  {answer.not_by_parameters} entries of this list are not told by parameters: only a code declared for "
            "the item can say that one of them describes it.",
            2,
        )


def _entry(word: str, entry: EntryFound) -> Iterator[str]:
    yield from _wrapped(f"  {word} {entry.code}  {entry.title}", 4)
    yield from _wrapped(f"    {entry.cite}: {'; '.join(entry.why)}", 6)


def _controls(controls: tuple[Control, ...]) -> Iterator[str]:
    """What a code is controlled for, by reason: the first requirement of each, and how many more there are."""
    if not controls:
        yield "    controlled for nothing but what all items are (anti-terrorism, end use, end user, embargo)"
    for reason in dict.fromkeys(control.reason for control in controls):
        first, *others = [control for control in controls if control.reason == reason]
        part = ", if this item is of the part its words mean" if first.part else ""
        more = f"; and {len(others)} more" if others else ""
        yield from _wrapped(f"    {reason or 'controlled'}: {first.title}{part}  {first.cite}{more}", 8)


def _more(count: int, limit: int) -> Iterator[str]:
    if count > limit:
        yield f"    and {count - limit} more (--format json names them)"


def _wrapped(line: str, indent: int) -> Iterator[str]:
    yield from textwrap.wrap(
        line, WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )
