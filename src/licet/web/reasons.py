"""Why lists are stale or missing, and why a hit is in doubt, in the language of a page.

Answers and records say this in English sentences that stay as they were kept, so it is read out of these. A sentence
that is not known here, of an older record or of a list's own note, is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from licet.render.clean import one_line
from licet.services.screen_lists import BY_OPTION
from licet.web.tongue import Ours
from licet.web.words import Said

_DAY, _LISTS = r"\d{4}-\d\d-\d\d", r"[\w.-]+(?:, [\w.-]+)*"
_FIRST, _ON, _COUNT, _DAYS = rf"(?P<first>{_DAY})", rf"(?P<on>{_DAY})", r"(?P<count>\d+)", r"(?P<days>\d+)"
_WHOLE = (
    ("none_loaded", "no list is loaded: licet lists sync .*"),
    ("missing_more", rf"not loaded: (?P<lists>{_LISTS}) and {_COUNT} more"),
    ("missing", rf"not loaded: (?P<lists>{_LISTS})"),
    ("row_undated", "the row carries no date: it may have been listed later than the day asked for"),
    ("row_later", "the row is of a later edition, which dates it to before the day asked for"),
    ("row_leaving", rf"it left the list between {_FIRST} and (?P<last>{_DAY}), so it may have left by then"),
    ("no_law", f"no law is encoded for {_ON}"),
    ("row_silent", "rules of the law encoded here read this list, but none says anything because of this row"),
    ("list_unread", "no rule of the law encoded here reads this list"),
)
_CLAUSES = (  # of what is said of a list, one after the other; the longer ones first
    ("gone", f"no edition issued by {_ON} is loaded: what had left the list before {_FIRST} is not seen"),
    ("none_by", f"no edition issued by {_ON} is loaded, the first is of {_FIRST}"),
    ("undated", f"loaded {_ON}, the publisher's date is not known"),
    ("served", f"served by the publisher on {_ON}"),
    ("edition", f"edition of {_ON}"),
    ("latest", f"still the latest on {_ON}"),
    ("before", f"{_DAYS} days? before {_ON}"),
    ("old", f"{_DAYS} days? old"),
    ("as_changes", f"the publisher issues it as it changes, so it is stale after {_DAYS} days"),
    ("every", f"the publisher issues it every {_DAYS} days"),
    *((word, f"the publisher issues it {word}") for word in ("daily", "weekly", "monthly", "yearly")),
    ("undated_rows", f"entries of {_FIRST} without a date: {_COUNT}; they may have been listed after {_ON}"),
    ("few", "only the parties of the law's own file are known, not the whole list"),
)
_ALL = tuple((name, re.compile(pattern, re.ASCII)) for name, pattern in _WHOLE)
_EACH = tuple((name, re.compile(pattern, re.ASCII)) for name, pattern in _CLAUSES)
_HEAD = re.compile(rf"(?P<lists>{_LISTS})(?: on {_ON})?: (?P<told>.+)", re.ASCII)
_BETWEEN = re.compile("[,;] ")


def reason(text: str, w: Said) -> str:
    """A reason in the words of the page (`Ours`), else as it is, without what is of use at a command line alone."""
    plain = one_line(text).removesuffix(BY_OPTION)
    for key, pattern in _ALL:
        if found := pattern.fullmatch(plain):
            return _said(key, found.groupdict(), w)
    head = _HEAD.fullmatch(plain)
    told = _clauses(head["told"], w) if head else _clauses(plain, w)
    if not told:
        return plain
    if head is None:
        return Ours(told)
    return _said("of" if head["on"] is None else "of_on", head.groupdict() | {"told": told}, w)


def _said(name: str, parts: dict[str, str], w: Said) -> Ours:
    return Ours(w.of("reason", name).format(**parts))


def reasons(texts: Iterable[str], w: Said) -> list[str]:
    """Reasons in the words of the page."""
    return [reason(text, w) for text in texts]


def _clauses(text: str, w: Said) -> str:
    """The clauses one after the other; empty where one of them is not known."""
    told, at = list[str](), 0
    while True:
        pair = next(((key, found) for key, pattern in _EACH if (found := pattern.match(text, at))), None)
        if pair is None:
            return ""
        told.append(_said(pair[0], pair[1].groupdict(), w))
        at = pair[1].end()
        if at == len(text):
            return w("reason.and").join(told)
        between = _BETWEEN.match(text, at)
        if between is None:
            return ""
        at = between.end()
