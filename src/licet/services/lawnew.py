"""A new provision from its citation: where it belongs, its id, and a first rule with its test.

Nothing of the law is known here: folder and id follow the provisions already cited most alike.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from licet.facts.errors import LawError, Place, nearest
from licet.rules.corpus import TEST_SUFFIX, Law
from licet.rules.model import KINDS, Rule

TODO = "TODO"
_TOKEN = re.compile(r"[\w-]+(?:/\d+)?")
_SUBJECTS = {"entry": "item", "measure": "item", "group": "route", "reach": "case", "ownership": "party"}
_KEYS = {
    "relief": ["lifts: []  # TODO the requirements and prohibitions it lifts"],
    "bar": ["bars: []  # TODO the reliefs it switches off"],
    "policy": ["of: []  # TODO the requirements it is about", "policy: case_by_case  # TODO"],
    "duty": ["do: TODO"],
    "ownership": ["counts: TODO", "threshold: 50  # TODO"],
    "measure": ["gives: {gives}"],
}


@dataclass(frozen=True, slots=True)
class Sketch:
    """A rule and its test, not yet written."""

    id: str
    rule: Path
    test: Path
    rule_text: str
    test_text: str


def sketch(
    law: Law, root: Path, cite: str, kind: str, rule: str = "", gives: str = "", start: date | None = None
) -> Sketch:
    """The scaffold for a citation; `rule` gives the id, else it follows the citation. Raises LawError."""
    if kind not in KINDS:
        raise LawError.one(
            "L_FORM", f"{kind!r} is not a kind", hint=nearest(kind, KINDS) or f"one of {', '.join(KINDS)}"
        )
    if kind == "measure" and law.dictionary.find(gives) is None:
        raise LawError.one(
            "L_UNKNOWN_FACT", "a measure needs the fact it computes", hint=law.dictionary.hint(gives) or "--gives FACT"
        )
    folder, prefix, locator = _belongs(law, root, cite)
    rule = rule or prefix + ".".join(locator)
    name = max(_file_name(rule, prefix), ".".join(_tokens(cite.rsplit(maxsplit=1)[-1])), key=len)
    sketched = Sketch(
        rule,
        folder / f"{name}.yaml",
        folder / f"{name}{TEST_SUFFIX}",
        _rule(rule, kind, cite, gives, start),
        _test(kind, start),
    )
    known = law.rules.get(rule)
    if known is not None:
        raise LawError.one(
            "L_DUPLICATE_ID", f"{rule} is already in {known.file}", Place(known.file), "choose another with --id"
        )
    for path in (sketched.rule, sketched.test):
        if path.exists():
            raise LawError.one(
                "L_EXISTS", "this file exists and is not overwritten", Place(path.relative_to(root.parent).as_posix())
            )
    return sketched


def write(sketched: Sketch) -> None:
    """Write rule and test. Raises LawError where a file is already there."""
    sketched.rule.parent.mkdir(parents=True, exist_ok=True)
    for path, text in ((sketched.rule, sketched.rule_text), (sketched.test, sketched.test_text)):
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            raise LawError.one("L_EXISTS", "this file exists and is not overwritten", Place(path.name)) from None


def _tokens(cite: str) -> list[str]:
    """The words and numbers of a citation: `744.21(a)(1)` as 744 21 a 1."""
    return [part for word in _TOKEN.findall(cite.replace("(", " ").replace(")", " ")) for part in word.split(".")]


def _belongs(law: Law, root: Path, cite: str) -> tuple[Path, str, list[str]]:
    """The folder, the prefix of the id and the locator: those of the provisions cited most alike."""
    wanted = _tokens(cite)
    shared = {rule.id: _alike(rule.cite, cite) for rule in law.rules.values()}
    most = max(shared.values(), default=0)
    if len(_tokens(cite[:most])) < 2:
        cites = "; ".join(instrument.cite for instrument in law.instruments.values())
        raise LawError.one("L_NO_INSTRUMENT", f"no instrument is cited like {cite!r}", hint=f"known are: {cites}")
    like = [law.rules[rule] for rule, count in shared.items() if count == most]
    folders = Counter(Path(rule.file).parent for rule in like)
    folder, count = folders.most_common(1)[0]
    if len(folders) > 1 and count < len(like) * 2 / 3:  # nothing so near: the folder of the instrument itself
        instrument = Counter(rule.instrument for rule in like).most_common(1)[0][0]
        folder = Path(law.instruments[instrument].file).parent if instrument else folder
    prefixes = Counter(found for rule in like if (found := _prefix(rule)) is not None)
    above = like[0].instrument or like[0].id.rpartition(".")[0]
    prefix, position = prefixes.most_common(1)[0][0] if prefixes else (f"{above}.", len(wanted))
    return root.parent / folder, prefix, wanted[position:] or _tokens(cite.rsplit(maxsplit=1)[-1])


def _alike(known: str, wanted: str) -> int:
    """How many characters two citations share from the start."""
    pairs = enumerate(zip(known, wanted, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(known), len(wanted)))


def _prefix(rule: Rule) -> tuple[str, int] | None:
    """Where in a rule's id its citation begins, and at which word of the citation: `us.ear.` and 2."""
    cited = _tokens(rule.cite)
    parts = rule.id.split(".")
    for number, part in enumerate(parts):
        for position, token in enumerate(cited):
            if token[0].isdigit() and token in (part, part.partition("-")[2]):
                before = "".join(f"{p}." for p in parts[:number])
                return before + part.removesuffix(token), position
    return None


def _file_name(rule: str, prefix: str) -> str:
    """The id without the prefix that its folder already says."""
    stem = prefix.rpartition(".")[0]
    return rule.removeprefix(f"{stem}.") if rule.startswith(f"{stem}.") else rule.rpartition(".")[2]


def _rule(rule: str, kind: str, cite: str, gives: str, start: date | None) -> str:
    day = (start or date.today()).isoformat()
    begins = "" if start else "  # TODO the first day"
    lines = [
        f"id: {rule}",
        f"kind: {kind}",
        f"subject: {_SUBJECTS.get(kind, 'case')}",
        f'cite: "{cite}"',
        "title: TODO",
    ]
    lines += [line.format(gives=gives) for line in _KEYS.get(kind, ())]
    lines += [
        "versions:",
        f"  - from: {day}{begins}",
        f"    source: {{cite: TODO, read: {date.today().isoformat()}, basis: official}}",
        "    change: TODO",
        *(["    members: []"] if kind == "group" else []),
        '    unknown: "TODO write when: (value:, members:) in the order of the text, with its paragraphs as cite:"',
        "not_coded:",
        "  - {cite: TODO, why: TODO}",
    ]
    return "\n".join(lines) + "\n"


def _test(kind: str, start: date | None) -> str:
    day = start or date.today()
    before = date.fromordinal(day.toordinal() - 1)
    absent = "out: []" if kind == "group" else "expect: no"
    return (
        f"- case: TODO the first day\n  on: {day}\n  given: {{}}\n  expect: unknown\n"
        f"- case: TODO the day before\n  on: {before}\n  given: {{}}\n  {absent}\n"
    )
