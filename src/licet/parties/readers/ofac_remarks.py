"""The remarks of OFAC's rows: facts one after the other, each told by its first words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from licet.parties.entry import Identifier
from licet.parties.readers.csl import identifier

_CUT = 1000  # characters at which the publisher cuts remarks; what stands last is then not whole
_ALSO = re.compile(r"(?:alt\. )?([afn])\.k\.a\. '(.+)'")
_OPENED = re.compile(r"[afn]\.k\.a\. '(?!.*'$)")
_BORN = re.compile(r"(?:alt\. )?DOB (.+)")
_FROM = re.compile(r"(?:alt\. )?(?:nationality|citizen) (.+)")
_SHIP = re.compile(r"(?:Vessel Registration Identification|(?:Identification|Company) Number) IMO (\d{7})")
_WORD = (
    r"(?:Passport(?: Booklet)?|No\.?|#|Number|Code|Card|License|Identification|Certificate|Permit|ISIN|SWIFT/BIC|SSN|"
    r"FEIN|MMSI|Ticker|RFC|RTN|ID|NIT|RUC|Registration|Registry|BIK|VisaNumberID|Document|System|Currency Address -|"
    r"(?:[A-Z]\.){2,})"
)
_NUMBER = re.compile(
    rf"(?:alt\. )?(?P<kind>(?:[A-Z][^;:]{{0,50}}? )?{_WORD}(?: \([A-Z/]+\))?) (?!{_WORD}(?: |$))"
    r"(?P<value>[\w./*#-]+(?:\(\w\))?(?: [\w./*#-]+){0,3}?)(?: \([^()]+\)){0,2}(?: (?:issued|expires) .+)?"
)
_STOP = re.compile(r"(?:[a-z0-9]{3}|['\])])\.$")


@dataclass(slots=True)
class Remarks:
    """What remarks say; `rest` is what is not told apart."""

    weak: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    births: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def read_remarks(text: str) -> Remarks:
    """The facts in remarks such as `DOB 12 Feb 1961; nationality Haiti; a.k.a. 'X'`."""
    found = Remarks()
    facts = _split(text)
    if len(text) >= _CUT and facts:
        found.rest.append(facts.pop())
    elif facts and (_STOP.search(facts[-1]) or facts[-1].count(".") == 1):
        facts[-1] = facts[-1].removesuffix(".")  # the full stop that ends the remarks
    for fact in facts:
        _sort(found, fact)
    return found


def _split(text: str) -> list[str]:
    """Facts between semicolons; a semicolon inside the quotation marks of a name is part of it."""
    parts: list[str] = []
    for part in map(str.strip, text.split(";")):
        if parts and _OPENED.search(parts[-1]):
            parts[-1] += f"; {part}"
        elif part:
            parts.append(part)
    return parts


def _sort(found: Remarks, fact: str) -> None:
    if match := _ALSO.fullmatch(fact):
        (found.former if match[1] == "f" else found.weak).append(match[2])
    elif match := _BORN.fullmatch(fact):
        found.births.append(match[1])
    elif match := _FROM.fullmatch(fact):
        found.countries.append(match[1])
    elif match := _SHIP.fullmatch(fact):
        found.identifiers.append(Identifier("imo", match[1]))
    elif number := _number(fact):
        found.identifiers.append(number)
    else:
        found.rest.append(fact)


def _number(fact: str) -> Identifier | None:
    match = _NUMBER.fullmatch(fact)
    return identifier(match["kind"], match["value"]) if match else None
