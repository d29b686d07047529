"""A proposed map for an order book: what its columns are likely to mean, by their names and a few of their cells."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import islice

from licet.batch.tables import Line, Table
from licet.facts.countries import country_names
from licet.facts.dictionary import Dictionary, FactType
from licet.facts.errors import CaseError
from licet.facts.truth import WORDS
from licet.services.orders.days import read_day
from licet.services.orders.mapping import SCHEMA

LOOKED_AT = 500  # rows
MAX_WORDS = 40  # different cells of a column for which words are proposed
_PARTY = "party."
_FORMATS = ("%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%y")
_WORD = re.compile(r"[A-Za-z]|[A-Za-z][A-Za-z0-9_ ]*[A-Za-z0-9]")
_YES = ("yes", "y", "true", "ja", "oui", "si", "sí", "是", "有", "x", "1", "はい")
_NO = ("no", "n", "false", "nein", "non", "否", "无", "無", "0", "いいえ")


@dataclass(slots=True)
class Proposal:
    """A proposed map: for each target its column and what else is said of it, and the columns nobody understood."""

    found: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The map as a file."""
        whole = [f"schema: {SCHEMA}"]
        for key in ("line", "on", "value"):
            if key in self.found:
                whole.append(f"{key}: {self._source(key)}")
        whole += [
            "# What holds for every line. Say here what is true of your firm; what is not said is unknown.",
            "constants:",
        ]
        whole += ["  act: export", "  complete: [items]", "facts:"]
        facts = [key for key in self.found if key not in ("line", "on", "value") and not key.startswith(_PARTY)]
        whole += [f"  {key}: {self._source(key)}" for key in facts]
        party = [key for key in self.found if key.startswith(_PARTY)]
        if party:
            sources = ", ".join(f"{key.removeprefix(_PARTY)}: {self._source(key)}" for key in party)
            whole += ["parties:", f"  - {{role: [purchaser, ultimate_consignee, end_user], {sources}}}"]
        if self.left:
            whole += [f"# Not understood: {', '.join(map(_quoted, self.left))}"]
        return "\n".join(whole) + "\n"

    def _source(self, key: str) -> str:
        column, words = self.found[key]
        if not words:
            return _quoted(column)
        if "format" in words:
            return f"{{column: {_quoted(column)}, format: {_quoted(words['format'])}}}"
        listed = ", ".join(f"{_quoted(word)}: {meaning}" for word, meaning in words.items())
        return f"{{column: {_quoted(column)}, words: {{{listed}}}}}"


def propose(table: Table, dictionary: Dictionary) -> Proposal:
    """A map for the columns of a table, of which the first rows are read."""
    cells = [line.cells for line in islice(_good(table), LOOKED_AT)]
    made, by_name = Proposal(), _names(dictionary)
    for place, column in enumerate(table.columns):
        target = by_name.get(_bare(column), "")
        seen = list(dict.fromkeys(row[place].strip() for row in cells if row[place].strip()))
        if not column or not target or target in made.found:
            if column:
                made.left.append(column)
            continue
        made.found[target] = (column, _words(target, dictionary.find(target), seen))
    return made


def _good(table: Table) -> Sequence[Line]:
    return [line for line in islice(table.lines, LOOKED_AT) if not line.problem]


def _names(dictionary: Dictionary) -> dict[str, str]:
    """From the bare name of a column to what it means."""
    found: dict[str, str] = {}
    for name in dictionary.facts:
        found.setdefault(_bare(name), name)
        found.setdefault(_bare(name.partition(".")[2]), name)
    for row in (files("licet.services.orders") / "columns.tsv").read_text(encoding="utf-8").splitlines():
        target, _, words = row.partition("\t")  # what order books call it, without spaces and marks
        found.update(dict.fromkeys(words.split(), target))
    return found


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _words(target: str, fact: FactType | None, seen: Sequence[str]) -> dict[str, str]:
    """What the cells of a column have to be exchanged for, so that they can be read."""
    if target == "on" or (fact is not None and fact.type == "date"):
        return _format(seen)
    if fact is None or len(seen) > MAX_WORDS:
        return {}
    if fact.type == "yes_no":
        return {word: _truth(word) for word in seen if word.lower() not in WORDS}
    if fact.type == "enum":
        values = {_bare(value): value for value in fact.values}
        return {word: values.get(_bare(word), "unknown") for word in seen if word not in fact.values}
    if fact.type == "country":
        known = {name.casefold() for names in country_names().values() for name in names}
        return {
            word: "unknown" for word in seen if word.upper() not in country_names() and word.casefold() not in known
        }
    return {}


def _truth(word: str) -> str:
    bare = word.casefold()
    return "yes" if bare in _YES else "no" if bare in _NO else "unknown"


def _format(seen: Sequence[str]) -> dict[str, str]:
    """The format of days that can be read in one order only, if one day of the column shows which."""
    if all(_reads(text, "") for text in seen):
        return {}
    fits = [
        form
        for form in ("%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%y")
        if all(_reads(t, form) for t in seen)
    ]
    return {"format": fits[0]} if len(fits) == 1 else {}


def _reads(text: str, form: str) -> bool:
    try:
        read_day(text, form)
    except CaseError:
        return False
    return True


def _quoted(text: str) -> str:
    """A text as YAML, in quotes unless it is a plain word."""
    if _WORD.fullmatch(text) and text.lower() not in ("yes", "no", "true", "false", "null"):
        return text
    return json.dumps(text, ensure_ascii=False)
