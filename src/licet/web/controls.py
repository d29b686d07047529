"""How a fact is asked for on a page: which control, with which choices, and what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from licet.facts.dictionary import FactType
from licet.render.words import base
from licet.services.interview_steps import Part
from licet.web.countries import Pairs, countries
from licet.web.labels import Labels

YES_NO, NUMBER, CHOICE, COUNTRY, DATE, WORDS, TEXT = "yes_no", "number", "choice", "country", "date", "words", "text"
TO = "~to"  # what the name of the upper end of a range ends in
_WORD = re.compile(r"[a-z]{4,}").fullmatch  # no code or paragraph
_QUOTED = "\u201c", "\u201d", ""
MOST_SHOWN = 14  # choices that are all shown; of more, one is chosen from a list


@dataclass(frozen=True, slots=True)
class Control:
    """One fact to answer. `chosen` is what it holds, `upper` the upper end of a range; `name` the name of its field."""

    name: str
    kind: str
    label: str
    about: str = ""
    unit: str = ""
    choices: Pairs = ()
    chosen: tuple[str, ...] = ()
    upper: str = ""
    who: str = ""
    note: str = ""
    several: str = ""  # what may be given several times, in one field: countries or text

    @property
    def folded(self) -> bool:
        """Whether there are too many choices to show them all."""
        return len(self.choices) > MOST_SHOWN

    @property
    def value(self) -> str:
        """What stands in a field for text."""
        return ", ".join(self.chosen)


def control(part: Part, known: FactType, labels: Labels, said: Any = None) -> Control:
    """The control for a part of a question; `said` is what the case says already, in its plain form."""
    kind = _kind(known)
    values = [str(one) for one in said] if isinstance(said, (list, tuple)) else [] if said is None else [str(said)]
    ranged = kind == NUMBER and len(values) == 2
    return Control(
        name=part.key,
        kind=kind,
        label=asked(known, labels),
        about=part.about,
        unit=labels.number(known, "0").removeprefix("0").strip() if kind == NUMBER else "",
        choices=_choices(known, kind, labels),
        chosen=tuple(values[:1] if ranged else values),
        upper=values[1] if ranged else "",
        who=part.who,
        note=part.note,
        several=(known.of or "text") if kind == TEXT and known.type == "set" else "",
    )


def asked(known: FactType, labels: Labels) -> str:
    """The question, with choices it names as they are shown: “no sign after inquiry” for `none_after_inquiry`."""
    language = base(labels.language)
    text, (opens, closes, gap) = known.ask(language), ("\u300c", "\u300d", " ?") if language == "ja" else _QUOTED
    # In English a word such as `other` may be no choice; elsewhere it stands there only as one.
    named = [value for value in known.values if value in text and ("_" in value or (language != "en" and _WORD(value)))]
    if not named:
        return text
    pattern = "|".join(re.escape(value) for value in sorted(named, key=len, reverse=True))
    shown = re.compile(rf"{gap}(?<![\w.])({pattern})(?!\w){gap}", re.ASCII)
    return shown.sub(lambda found: f"{opens}{labels.word(found[1])}{closes}", text)


def _kind(known: FactType) -> str:
    if known.type in (YES_NO, NUMBER, COUNTRY, DATE):
        return known.type
    if known.type == "enum":
        return CHOICE
    return WORDS if known.type == "set" and known.values else TEXT


def _choices(known: FactType, kind: str, labels: Labels) -> Pairs:
    if kind == COUNTRY:
        return countries(labels)
    return tuple((value, labels.word(value)) for value in known.values) if kind in (CHOICE, WORDS) else ()


def words(labels: Labels, values: Sequence[str]) -> Pairs:
    """Values of the dictionary with their words, in the order of these."""
    return tuple(sorted(((value, labels.word(value)) for value in values), key=lambda pair: pair[1].lower()))
