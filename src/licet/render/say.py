"""Reasons and steps of a proof in the field's words.

The logic writes a step as `item.tpp >= 4800 (it is 15840)`, with `not: ` or `open: ` in front where it does
not hold or is not known. This reads that short language back and says it with the labels of the dictionary.
What it does not recognise it leaves as it is, with known names replaced.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from licet.facts.dictionary import FactType
from licet.render.clean import one_line
from licet.render.labels import Labels, grouped
from licet.render.words import Words
from licet.rules.law import Law

_STEP = re.compile(r"(?P<core>.*?)(?: \(it is (?P<value>.*)\))?", re.S)
_FACT = r"(?P<fact>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)"
_COMPARE = re.compile(rf"{_FACT} (?P<op>>=|<=|<>|=|<|>) (?P<line>[-\d.]+)")
_BENEATH = re.compile(rf"{_FACT} is (?P<code>\S+) or beneath it")
_IS = re.compile(rf"{_FACT} (?:is|has) (?P<values>\S.*)")
_IN = re.compile(rf"{_FACT} in (?P<group>\S+)")
_HOLDS = re.compile(_FACT)
_FORMULA = re.compile(r"(?P<left>[a-z][^:<>=]*) (?P<op>>=|<=|<>|=|<|>) (?P<right>\S.*)")
_BRANCH = re.compile(
    r"(?P<which>all of|any of|not|some of the|every one of the)(?: (?P<of>[a-z]+))?(?: \((?P<note>.*)\))?", re.S
)
_LIST = re.compile(r"(?P<which>none|not all known): (?P<of>[a-z]+)")
_OTHER = re.compile(r"other (?P<of>[a-z]+): ")
_NAME = re.compile(r"\b[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-]+)+")
_OPPOSITE = {">=": "<", "<=": ">", "<": "≥", ">": "≤", "=": "≠", "<>": "="}
_SHOWN = {">=": "≥", "<=": "≤", "<>": "≠"}
_BRANCHES = {
    "all of": "leaf.all",
    "any of": "leaf.any",
    "not": "leaf.negated",
    "some of the": "leaf.some",
    "every one of the": "leaf.every",
}
_CODE = re.compile(r"[a-z]\.[a-z]|[<>=]| (?:AND|OR|IN) |NOT ")
_SIGNS = {"": "yes", "not: ": "no", "open: ": "unknown"}
NOT_KNOWN = "not known"
# In a proof a step that does not hold is said as the law puts it, for the mark in front says no already.
TESTED = "tested"


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence and the paragraph it comes from."""

    text: str
    cite: str = ""


class Speaker:
    """Says reasons in one language."""

    def __init__(self, law: Law, language: str) -> None:
        self.law, self.language = law, language
        self.words = Words(language)
        self.labels = Labels(law.dictionary, language)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Rule ids with their titles."""
        return {rule.id: rule.title for rule in self.law.rules.values()}

    def reason(self, text: str) -> Note:
        """A reason `[label: ][sign]step [cite]`."""
        body, cite = _split_cite(one_line(text))
        readings = _readings(body)
        for label, sign, core in readings:
            said = self._step(core, _SIGNS[sign])
            if said is not None:
                who = self._who(label)
                # A row is labelled with its list already: "OFAC SDN List (row 46030): list: OFAC SDN List".
                return Note(
                    who.removesuffix(": ")
                    if core.startswith("listing.list is") and sign == "" and who
                    else f"{who}{said}",
                    cite,
                )
        label, sign, core = next((found for found in readings if found[1]), readings[0])
        return Note(self._who(label) + self._signed(self.names(core), _SIGNS[sign]), cite)

    def _who(self, label: str) -> str:
        """The party, item or row in front of a reason; the unknown others of an open list by the name of the list."""
        other = _OTHER.fullmatch(label)
        return self.words("leaf.other", of=self.words.of("of", other["of"])) if other is not None else self.names(label)

    def step(self, text: str, value: str) -> str:
        """A step of a proof with its value: `yes`, `no` or `unknown`."""
        text = one_line(text)
        return self._branch(text) or self._step(text, TESTED if value == "no" else value) or self.names(text)

    def names(self, text: str) -> str:
        """A text with the facts, rules and lists it names in words."""
        return _NAME.sub(lambda match: self.name(match.group()), text)

    def name(self, name: str) -> str:
        """A fact, rule or list in words; other names as they are."""
        if self.law.dictionary.find(name) is not None:
            return self.labels.fact(name)
        return self.titles.get(name) or self.labels.known(name) or name

    # --- one step -----------------------------------------------------------------------------

    def _step(self, text: str, value: str) -> str | None:
        listed = _LIST.fullmatch(text)
        if listed is not None:
            return self.words(
                "leaf.none" if listed["which"] == "none" else "leaf.not_all", of=self.words.of("of", listed["of"])
            )
        step = _STEP.fullmatch(text)
        assert step is not None
        for pattern, say in (
            (_COMPARE, self._compare),
            (_BENEATH, self._beneath),
            (_IN, self._in),
            (_IS, self._is),
            (_HOLDS, self._holds),
        ):
            match = pattern.fullmatch(step["core"])
            fact = self.law.dictionary.find(match["fact"]) if match is not None else None
            if match is not None and fact is not None:
                return say(match, fact, value, step["value"] or "")
        formula = _FORMULA.fullmatch(step["core"])
        return None if formula is None else self._formula(formula, value, step["value"] or "")

    def _branch(self, text: str) -> str | None:
        """What joins the steps beneath it; the words of the law are kept where they only comment."""
        match = _BRANCH.fullmatch(text)
        if match is None:
            return None
        said = self.words(_BRANCHES[match["which"]], of=self.words.of("of", match["of"] or ""))
        note = match["note"] or ""
        if note == "the list is open":
            note = self.words("leaf.list_open")
        return f"{said} ({note})" if note and not _CODE.search(note) else said

    def _signed(self, text: str, value: str) -> str:
        return {"no": self.words("leaf.not", text=text), "unknown": self.words("leaf.open", text=text)}.get(value, text)

    def _formula(self, match: re.Match[str], value: str, stated: str) -> str:
        """A comparison of more than one fact, with the values in brackets."""
        op = _OPPOSITE[match["op"]] if value == "no" else _SHOWN.get(match["op"], match["op"])
        text = f"{self.names(match['left'])} {op} {grouped(self.names(match['right']))}"
        shown = self.words("leaf.not_known") if stated == NOT_KNOWN else grouped(stated)
        return f"{text} ({shown})" if stated else text

    def _compare(self, match: re.Match[str], fact: FactType, value: str, stated: str) -> str:
        parts = {"label": self.labels.fact(match["fact"]), "op": _SHOWN.get(match["op"], match["op"])}
        parts["line"] = self.labels.value(match["fact"], match["line"])
        if stated in ("", NOT_KNOWN):
            return self.words("leaf.compare_unknown", **parts)
        parts["value"] = grouped(stated.replace("..", "–")) if fact.type == "number" else stated
        if value == "no":
            parts["op"] = _OPPOSITE[match["op"]]
        return self.words({"unknown": "leaf.compare_open", TESTED: "leaf.test"}.get(value, "leaf.compare"), **parts)

    def _in(self, match: re.Match[str], fact: FactType, value: str, stated: str) -> str:
        # The title of a group without what explains it: "Country Group D:5 (US arms embargoes)".
        label, group = (
            self.labels.fact(match["fact"]),
            self.titles.get(match["group"], match["group"]).partition(" (")[0],
        )
        if stated in ("", NOT_KNOWN):
            return self.words("leaf.asked_in", label=label, group=group)
        key = {"yes": "leaf.in", "no": "leaf.not_in", TESTED: "leaf.test_in"}.get(value, "leaf.asked_in")
        return self.words(key, label=label, value=self.labels.value(match["fact"], stated), group=group)

    def _is(self, match: re.Match[str], fact: FactType, value: str, stated: str) -> str:
        label = self.labels.fact(match["fact"])
        values = self.words("leaf.or").join(
            self.labels.value(match["fact"], part) for part in match["values"].split(" or ")
        )
        if stated in ("", NOT_KNOWN) or value == "unknown":
            return self.words("leaf.asked", label=label, values=values)
        shown = self.words("leaf.empty") if stated == "empty" else self.labels.value(match["fact"], stated)
        return self.words(
            {"yes": "leaf.is", TESTED: "leaf.test_is"}.get(value, "leaf.is_not"),
            label=label,
            value=shown,
            values=values,
        )

    def _beneath(self, match: re.Match[str], fact: FactType, value: str, stated: str) -> str:
        label = self.labels.fact(match["fact"])
        if stated in ("", NOT_KNOWN) or value == "unknown":
            return self.words("leaf.asked_beneath", label=label, code=match["code"])
        key = {"yes": "leaf.beneath", TESTED: "leaf.test_beneath"}.get(value, "leaf.not_beneath")
        return self.words(key, label=label, value=stated, code=match["code"])

    def _holds(self, match: re.Match[str], fact: FactType, value: str, stated: str) -> str:
        shown = (
            self.words("leaf.not_known") if value == "unknown" else self.labels.word("no" if value == TESTED else value)
        )
        return self.words("leaf.is", label=self.labels.fact(match["fact"]), value=shown)


def _split_cite(text: str) -> tuple[str, str]:
    """The sentence and the paragraph in brackets at its end."""
    if not text.endswith("]"):
        return text, ""
    body, _, cite = text[:-1].rpartition(" [")
    return (body, cite) if body else (text, "")


def _readings(body: str) -> list[tuple[str, str, str]]:
    """The ways to read `label: sign: step`: labels may hold colons themselves; the shortest label comes first."""
    found, start = [], 0
    while True:
        rest = body[start:]
        sign = next((mark for mark in ("not: ", "open: ") if rest.startswith(mark)), "")
        found.append((body[:start], sign, rest[len(sign) :]))
        following = body.find(": ", start)
        if following < 0:
            return found
        start = following + len(": ")
