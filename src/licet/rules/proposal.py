"""A proposal laid over the law: versions that are not law yet, rules that would be new, lists taken over from others.

    proposal: Korea takes over the Dutch list
    adopt:
      - {like: nl.semi, by: KR, from: 2027-01-01}
    change:
      - {rule: us.ear.ccl.3A090.a, from: 2027-01-01, when: …}
    end:
      - {rule: us.ear.744.23, from: 2027-01-01}
    add:
      - {instrument: kr.fta, id: kr.fta.new, kind: requirement, …}      # as a law file

What a proposal leaves unsaid stays as it is: a changed version keeps the keys of its kind, and without `when` also the
condition, of the version before it. A list taken over reaches what leaves the country that takes it; with `exchange`
further words of it change, such as a group of countries that are let off. The law itself is never written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from licet.facts.countries import country_hint, country_name, country_names
from licet.facts.errors import LawError, nearest
from licet.facts.yamltext import Mapping, Node, Scalar, Sequence
from licet.rules import tree
from licet.rules.check import check_references
from licet.rules.compiled import Codec, encode
from licet.rules.law import Law
from licet.rules.model import Bound, Instrument, Rule, Source, Version
from licet.rules.reading import day, elements, fail, mapping, only, text

_DAY = timedelta(days=1)
_ADDED = "instrument"  # the key of an added rule that a law file has by its folder


@dataclass(frozen=True, slots=True)
class Proposed:
    """The law with the proposal in it, the days on which the proposal turns something, and the rules it touches."""

    title: str
    law: Law
    days: tuple[date, ...]
    rules: tuple[str, ...]


def lay_over(law: Law, node: Node) -> Proposed:
    """The law as it would be. Raises LawError at the place in the proposal."""
    return _Proposal(law, mapping(node, "a proposal")).laid()


class _Proposal:
    def __init__(self, law: Law, node: Mapping) -> None:
        only(node, ("proposal", "adopt", "change", "end", "add"), "a proposal")
        self.law, self.node, self.title = law, node, text(node, "proposal")
        # What reads conditions is slow to load, and only a proposal needs it.
        from licet.rules.load import Loader  # noqa: PLC0415

        self.loader = Loader(law.dictionary)
        self.rules, self.instruments = dict(law.rules), dict(law.instruments)
        self.days: set[date] = set()
        self.touched: dict[str, None] = {}

    def laid(self) -> Proposed:
        steps = {"adopt": self._adopt, "change": self._change, "end": self._end, "add": self._add}
        for key, step in steps.items():
            for entry in elements(self.node.entries.get(key)):
                step(mapping(entry, key))
        if not self.touched:
            fail(self.node, "the proposal changes nothing", "add adopt:, change:, end: or add:")
        changed = Law(f"{self.law.hash} with {self.title}", self.law.dictionary, self.instruments, self.rules)
        problems = check_references(changed.dictionary, changed.instruments, changed.rules)
        mine = [problem for problem in problems if problem.message.partition(":")[0] in self.touched]
        if mine:
            raise LawError(mine)
        return Proposed(self.title, changed, tuple(sorted(self.days)), tuple(self.touched))

    def _touch(self, rule: Rule, start: Bound) -> None:
        self.rules[rule.id] = replace(rule, file=self.node.place.file)
        self.touched[rule.id] = None
        self.days.add(start.date() if isinstance(start, datetime) else start)

    def _known(self, node: Mapping) -> Rule:
        name = text(node, "rule")
        if name not in self.rules:
            fail(node, f"there is no provision {name!r}", nearest(name, self.rules))
        return self.rules[name]

    # --- change, end, add ---------------------------------------------------------------------

    def _change(self, node: Mapping) -> None:
        """Another version from a day on; with `until` the law of then goes on after it."""
        rule = self._known(node)
        rest = {key: value for key, value in node.entries.items() if key != "rule"}
        before = _in_force(rule, day(node, "from"))
        keeps = not rest.keys() & {"when", "unknown", "members", "includes", "value"}
        if keeps and before is None:
            fail(node, f"{rule.id} does not exist on that day", "add when:")
        if keeps and rule.kind not in ("group", "measure", "ownership"):
            rest["when"] = _mapping(node, always="yes")
        rest.setdefault("source", _mapping(node, cite=self.title, read=text(node, "from"), basis="secondary"))
        head = _mapping(node, **(before.extra if before is not None else rule.versions[-1].extra))
        places = {key: value.place for key, value in rest.items()}
        made = self.loader.version(Mapping(node.place, rest, places), rule.kind, head)
        if keeps and before is not None:
            kept = {
                name: getattr(before, name) for name in ("when", "members", "includes", "without", "value", "kinds")
            }
            made = replace(made, **kept)
        elif rule.kind == "entry" and before is not None and before.extra.get("scheme"):
            made = replace(made, extra=before.extra | made.extra)
        self._touch(replace(rule, versions=(*_cut(rule, made.start), made, *_after(rule, made))), made.start)

    def _end(self, node: Mapping) -> None:
        """No longer law from a day on."""
        only(node, ("rule", "from"), "end")
        rule, start = self._known(node), day(node, "from")
        left = _cut(rule, start)
        if not left:
            fail(node, f"{rule.id} does not exist before that day")
        last = left[-1]
        end = start - _DAY
        ended = replace(last, end=end if last.end is None or _date(last.end) > end else last.end)
        self._touch(replace(rule, versions=(*left[:-1], ended)), start)

    def _add(self, node: Mapping) -> None:
        """A provision that would be new, written as a law file; `instrument` says to which it belongs."""
        name = text(node, _ADDED)
        if name not in self.instruments:
            fail(node, f"there is no instrument {name!r}", nearest(name, self.instruments))
        keys = {key: value for key, value in node.entries.items() if key != _ADDED}
        places = {key: place for key, place in node.keys.items() if key != _ADDED}
        rule = self.loader.rule(Mapping(node.place, keys, places), node.place.file, name)
        if rule.id in self.rules:
            fail(node, f"{rule.id} exists already", "use change:")
        self._touch(rule, rule.versions[0].start)

    # --- adopt --------------------------------------------------------------------------------

    def _adopt(self, node: Mapping) -> None:
        """What an instrument says on a day, taken over by another country from then on."""
        only(node, ("like", "by", "from", "exchange"), "adopt")
        like, country, start = text(node, "like"), text(node, "by"), day(node, "from")
        source = self.instruments.get(like)
        if source is None:
            fail(node, f"there is no instrument {like!r}", nearest(like, self.instruments))
        if country not in country_names():
            fail(node, f"{country!r} is no country", country_hint(country))
        jurisdiction = next(
            (i.jurisdiction for i in self.instruments.values() if country in i.territory), country.lower()
        )
        prefix = f"{jurisdiction}.like.{like}"
        exchange = {place: country for place in source.territory if place in country_names()}
        exchange |= {
            key: _word(value)
            for key, value in mapping(node.entries.get("exchange", Mapping(node.place)), "exchange").entries.items()
        }
        taken = [r for r in self.rules.values() if r.instrument == like and r.kind not in ("measure", "reach")]
        names = {rule.id: f"{prefix}.{rule.id.removeprefix(f'{like}.')}" for rule in taken} | {like: prefix} | exchange
        codec = Codec()
        for rule in taken:
            version = _in_force(rule, start)
            if version is not None:
                alone = replace(rule, versions=(replace(version, start=start, end=None),), equivalent={})
                self._touch(codec.decode(Rule, _exchanged(encode(alone), names)), start)
        self._touch(_leaves(prefix, country, start, self.title), start)
        made = codec.decode(Instrument, _exchanged(encode(replace(source, not_coded=())), names))
        made = replace(
            made, jurisdiction=jurisdiction, territory=(country,), encoded_from=min(start, made.encoded_from)
        )
        self.instruments[prefix] = made


def _leaves(instrument: str, country: str, start: date, title: str) -> Rule:
    """The reach of a list taken over: what leaves the country, whatever the original's reach was."""
    here = tree.OneOf(text=f"from {country}", fact="shipment.from", values=(country,))
    stays = tree.OneOf(text=f"to {country}", fact="shipment.to", values=(country,))
    when = tree.All(parts=(here, tree.Not(part=stays)))
    source = (Source(title, start.isoformat(), "secondary"),)
    version = Version(start, None, source, "in_force", title, when)
    name = f"{instrument}.leaves"
    return Rule(name, "reach", "route", title, f"Exported from {country_name(country)}", instrument, "act", (version,))


def _exchanged(value: Any, names: dict[str, str]) -> Any:
    """Encoded law with some words exchanged, wherever they stand alone."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_exchanged(item, names) for item in value]
    if isinstance(value, dict):
        return {names.get(key, key): _exchanged(item, names) for key, item in value.items()}
    return value


def _in_force(rule: Rule, on: date) -> Version | None:
    """The version that holds at the end of a day."""
    found = [v for v in rule.versions if _date(v.start) <= on and (v.end is None or on <= _date(v.end))]
    return found[-1] if found else None


def _cut(rule: Rule, start: Bound) -> tuple[Version, ...]:
    """The versions that begin before."""
    return tuple(v for v in rule.versions if _date(v.start) < _date(start))


def _after(rule: Rule, made: Version) -> Iterable[Version]:
    """What goes on where the new version ends: the version of then, and those that come later."""
    if made.end is None:
        return ()
    resumes = _date(made.end) if isinstance(made.end, datetime) else _date(made.end) + _DAY
    then = _in_force(rule, resumes)
    later = tuple(v for v in rule.versions if _date(v.start) > resumes)
    return later if then is None or then in later else (replace(then, start=resumes), *later)


def _date(point: Bound) -> date:
    return point.date() if isinstance(point, datetime) else point


def _mapping(node: Mapping, **entries: Any) -> Mapping:
    """A mapping that stands in no file."""
    made = {key: _node(node, value) for key, value in entries.items()}
    return Mapping(node.place, made, dict.fromkeys(made, node.place))


def _node(node: Mapping, value: Any) -> Node:
    if isinstance(value, list):
        return Sequence(node.place, [Scalar(str(item), False, node.place) for item in value])
    return Scalar(str(value), True, node.place)


def _word(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else fail(node, "expected a single word")
