"""Pages that carry what was sent in vain: where one signs in, and where it is looked at and sent again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fastapi import Request, Response

from licet.facts.errors import Problem
from licet.services.interview_paths import asked_fact
from licet.web.asked import said
from licet.web.forms import Form
from licet.web.labels import Labels, labels_of
from licet.web.making import KINDS
from licet.web.pages import page
from licet.web.tongue import Ours, Tongue
from licet.web.unsent import Unsent

# Fields that hold no words of anybody: which question, which row, which press of a button.
_ROW = re.compile(r"([a-z]+)\[(\d+)\]\.([a-z_.]+)")
_OWN = frozenset({"form", "edit", "key", "once", "of", "from", "made_of", "number", "party", "hit"})


@dataclass(frozen=True, slots=True)
class Typed:
    """A field that somebody filled in. `desk`: its label is the desk's word, else the dictionary's or its name."""

    label: str
    value: str
    desk: bool


def asked_in(
    request: Request, status: int = 200, *, next: str = "/", form: Form | None = None,
    problems: tuple[Problem, ...] = (), first: bool = False, unsent: Unsent | None = None,
) -> Response:  # fmt: skip
    """The page where one signs in; `unsent` goes with it. `first`: there is no account yet."""
    given = {"next": next, "form": form or Form(), "problems": problems, "first": first, "unsent": unsent}
    # Another language would be another page, which carries nothing.
    return page(request, "login.html", status, **given, **({} if unsent is None else {"languages": ()}))


def offer(request: Request, unsent: Unsent, status: int = 200) -> Response:
    """What was sent in vain, to be looked at and sent again in the present session."""
    typed = [one for name, value in unsent.fields if value.strip() and (one := _typed(request, name, value))]
    return page(request, "unsent.html", status, unsent=unsent, typed=typed, languages=())


def _typed(request: Request, name: str, value: str) -> Typed | None:
    words = said(request)
    if name in _OWN:
        return None
    if name in ("do", "decision"):  # the press of a button, which says what is done
        done = words.of("deed", value) if name == "do" else words.of("verdict", value)
        return Typed(words("unsent.deed"), done, True)
    row = _ROW.fullmatch(name)
    kind, number, field = (row[1], row[2], row[3]) if row is not None else ("", "", name)
    labels = labels_of(request.app.state.service.checker.law.dictionary, Tongue(words.language))
    shown = _value(labels, f"{KINDS[kind]}.{field}" if kind in KINDS else field, value)
    own = words.known("member", field) if kind else words.known("typed", field)
    label = own or (labels.known(asked_fact(name)[1]))
    of = f"{words.of('thing', KINDS[kind])} {number}: " if kind in KINDS else ""
    return Typed(f"{of}{label}" if label else name, shown, bool(own) or isinstance(label, Ours))


def _value(labels: Labels, fact: str, value: str) -> str:
    """What was chosen in words; what was typed as it was."""
    known = labels.dictionary.find("party.roles" if fact.endswith(".role") else fact)
    if known is None or not (known.values or "country" in (known.type, known.of)):
        return value
    return labels.value(known.name, value.replace("+", ", "))
