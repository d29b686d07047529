"""What would settle an ownership test, in the language of a page: read out of what `licet.services.own_said` says.

The answer names the entities beside its sentence, so where a name begins and ends is not guessed. A sentence that is
not known is shown as it is.
"""

from __future__ import annotations

import re

from licet.render.clean import one_line
from licet.services.own_answer import SettlingAnswer
from licet.web.tongue import Ours
from licet.web.words import Said

_REST = "it is known how much of {owned}'s %s owners not named that count hold (of {most} %%)"
_ASKED = {  # by the kind of what is not known
    "share": (("share", "{owner}'s share of {owned} is known"), ("votes", "{owner}'s votes in {owned} is known")),
    "rest": (("rest_shares", _REST % "shares"), ("rest_votes", _REST % "votes")),
    "row": (
        ("holder", "it is known whether {owner} counts as a holder"),
        ("listed", "it is known whether {owner} is on a list that counts"),
    ),
    "control": (("control", "it is known whether {owner} controls {owned}"),),
    "controllers": (("controllers", "it is known whether anybody not named that counts controls {owned}"),),
    "joint": (("joint", "it is known whether {owner} and {owned} act jointly"),),
}
_PERCENT = r"\d+(?:\.\d+)? %"
_VALUES = (
    ("yes", "yes"),
    ("no", "no"),
    ("either", "either answer"),
    ("any", "any value"),
    ("exactly", rf"exactly (?P<value>{_PERCENT})"),
    ("at_least", rf">= (?P<value>{_PERCENT})"),
    ("more_than", rf"> (?P<value>{_PERCENT})"),
    ("at_most", rf"<= (?P<value>{_PERCENT})"),
    ("less_than", rf"< (?P<value>{_PERCENT})"),
    ("between", rf"(?P<low>{_PERCENT}) to (?P<high>{_PERCENT})"),
)
_ALL = tuple((name, re.compile(pattern, re.ASCII)) for name, pattern in _VALUES)
_VERBS = ("proves", "disproves")


def settles(one: SettlingAnswer, w: Said) -> str:
    """What an unknown would settle, and by which values, in the words of the page (`Ours`), else as it is."""
    names = {"owner": one.owner, "owned": one.owned, "most": one.within.high}
    for name, words in _ASKED.get(one.kind, ()):
        head = words.format(**names) + ": "
        if one.text.startswith(head) and (does := _does(one.text[len(head) :], w)):
            shown = {part: one_line(value) for part, value in names.items()}
            return Ours(w.of("settles", name).format(**shown, does=does))
    return one_line(one.text)


def _does(text: str, w: Said) -> str:
    """Which values prove and which disprove; empty where that is not known."""
    told = []
    for said in text.split(", "):
        values, _, verb = said.rpartition(" ")
        values = _values(values, w)
        if not values or verb not in _VERBS:
            return ""
        told.append(w.of("settlesverb", verb).format(values=values))
    return w("reason.and").join(told)


def _values(text: str, w: Said) -> str:
    found = next(((name, match) for name, pattern in _ALL if (match := pattern.fullmatch(text))), None)
    return w.of("settlesvalue", found[0]).format(**found[1].groupdict()) if found else ""
