"""From bytes to text, and from text to what may be shown: no hidden direction marks, no control characters."""

from __future__ import annotations

import codecs
import re

from licet.facts.errors import quoted
from licet.parties.readers.safe import Source

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE = "save it as UTF-8 (in Excel: CSV UTF-8)"

# Characters that do not show, or change the direction of what follows: they would fool a reader. Joiners (200C, 200D)
# are letters' business in Arabic and Indic scripts only.
_HIDDEN = (
    "\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_hidden = re.compile(f"[{_HIDDEN}]")
_space = re.compile(r"[\x09-\x0d\x85\u2028\u2029]")
_untidy = re.compile(rf"[{_HIDDEN}\u200c\u200d\xa0\u2000-\u200a\u202f\u205f\u3000]|^ | $|  ")
_bracket = re.compile(r"(.+?) ?[(（]([^()（）]+)[)）]")
_joiner = re.compile("[\u200c\u200d]")
_joined_script = re.compile("[\u0600-\u08ff\u0900-\u0dff]")
_letter_of_another_script = re.compile(
    "[\u0370-\u1cff\u1f00-\u1fff\u2d00-\u2dff\u2e80-\u2fdf\u3040-\ua4cf\ua500-\ua6ff\ua800-\uab2f\uabc0-\ufaff"
    "\ufb1d-\ufdff\ufe70-\ufefc\uff66-\uffdc\U00010000-\U0001efff\U00020000-\U000323af]"
)


def decode(source: Source, fallback: str = "") -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, or the `fallback` its format is known to use."""
    data, encoding = source.data, "utf-8"
    for mark, name in _MARKS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], name
            break
    if not encoding:
        raise source.wrong("P_ENCODING", "is written in UTF-32", _SAVE)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = _otherwise(source, fallback if encoding == "utf-8" else "", error)
    if "\x00" in text:
        raise source.wrong("P_ENCODING", "holds NUL bytes, so it is no text, or UTF-16 without its mark", _SAVE)
    return text


def _otherwise(source: Source, fallback: str, error: UnicodeDecodeError) -> str:
    if error.reason in ("unexpected end of data", "truncated data"):
        raise source.wrong("P_CUT_SHORT", "ends in the middle of a character", "fetch the file again") from None
    if fallback:
        try:
            return source.data.decode(fallback)
        except UnicodeDecodeError as again:
            error = again
    raise source.wrong("P_ENCODING", f"is not {error.encoding} at byte {error.start}", _SAVE) from None


def clean(text: str) -> str:
    """The text without hidden characters, with single spaces, nothing at its ends."""
    if text.isascii() and text.isprintable() and "  " not in text and text == text.strip():
        return text  # most are
    if not _untidy.search(text):
        return text
    text = _hidden.sub("", _space.sub(" ", text))
    if _joiner.search(text) and not _joined_script.search(text):
        text = _joiner.sub("", text)
    return " ".join(text.split())


def in_own_script(text: str) -> bool:
    """Whether there is a letter that is not Latin."""
    return not text.isascii() and bool(_letter_of_another_script.search(text))


def checked_name(text: str, source: Source) -> str:
    """A clean name; an error where it is absurdly long."""
    name = clean(text)
    if len(name) > source.limits.name:
        raise source.wrong(
            "P_TOO_LARGE",
            f"a name of {len(name):,} characters: {quoted(name)}",
            "a name is no page; check the file for a missing quotation mark",
        )
    return name


def pieces(text: str, mark: str = ";") -> list[str]:
    """The parts of a field, clean, without the empty ones."""
    return [part for part in map(clean, text.split(mark)) if part]


def both_scripts(text: str) -> tuple[str, ...]:
    """A Latin name with its original in brackets, as two names; else the text."""
    match = _bracket.fullmatch(text)
    if match and in_own_script(match[2]) and not in_own_script(match[1]):
        return match[1], match[2]
    return (text,)
