"""A screen as it is handed out: the contract `licet.screening/1`, as plain data.

One object for each party, `{query, hits}`; the lists a screen rests on, and whether they are all there and fresh, stand
with the query, since without them "no hit" says nothing. The JSON Schema in `schemas/` is generated from these classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from licet.facts.truth import word
from licet.services.effects import Effect
from licet.services.hits import Decided
from licet.services.screen import Settings
from licet.services.screen_model import Found, Screened

SCHEMA = "licet.screening/1"
DIGITS = 4  # of a score and a weight


@dataclass(frozen=True, slots=True)
class ListsAnswer:
    """The lists screened against: a hash over all of them, and the day of each edition (empty: it has none)."""

    snapshot: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """What was asked, on which lists, and whether no hit would mean clear.

    `complete`: yes; no where a list that counts is not loaded; unknown where one is stale or not certain for the day;
    `why` says which. `known` is the moment up to which loads count (empty: all). `row` is 0 outside a table. `notes`
    are words that could not be used; `problem` says why the party was not screened (`result`: failed). `more`: there
    are more hits over the threshold than the limit.
    """

    schema: str
    name: str
    kind: str
    roles: tuple[str, ...]
    countries: tuple[str, ...]
    births: tuple[str, ...]
    identifiers: tuple[str, ...]
    addresses: tuple[str, ...]
    row: int
    on: str
    known: str
    threshold: float
    limit: int
    result: str
    more: bool
    lists: ListsAnswer
    complete: str
    why: tuple[str, ...]
    notes: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """A name of an entry; `cite` where it does not come from the list itself."""

    text: str
    kind: str
    cite: str


@dataclass(frozen=True, slots=True)
class IdentifierAnswer:
    """A number that names a party."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class EntryAnswer:
    """The entry that was hit, as published."""

    id: str
    name: str
    names: tuple[NameAnswer, ...]
    kind: str
    countries: tuple[str, ...]
    addresses: tuple[str, ...]
    births: tuple[str, ...]
    identifiers: tuple[IdentifierAnswer, ...]
    programmes: tuple[str, ...]
    start: str
    end: str
    cite: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What the row says of the law: its scope, footnotes, review policy, exceptions; `unread` was not understood."""

    footnotes: tuple[str, ...]
    scope: str
    scope_text: str
    policy: str
    policy_text: str
    exceptions_barred: str
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReasonAnswer:
    """One step of the score."""

    code: str
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """What an effect depends on: a fact (empty: words of the law) and its question."""

    fact: str
    ask: str


@dataclass(frozen=True, slots=True)
class EffectAnswer:
    """What one rule of the law says because of the row; see `licet.services.effects.Effect`."""

    id: str
    kind: str
    effect: str
    title: str
    cite: str
    jurisdiction: str
    instrument: str
    bites: str
    status: str
    acts: tuple[str, ...]
    every_act: bool
    roles: tuple[str, ...]
    roles_open: tuple[str, ...]
    depends: tuple[OpenAnswer, ...]
    detail: dict[str, str]


@dataclass(frozen=True, slots=True)
class DecidedAnswer:
    """A decision kept on the hit; where it does not stand any more, `changed` says what is new in the entry."""

    decision: str
    by: str
    at: str
    reason: str
    stands: bool
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClueAnswer:
    """A fact that was not given and would tell the party from the entry."""

    fact: str
    entry_has: tuple[str, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class HitAnswer:
    """An entry that may be the party. `counts` is false where it is known to be another one."""

    entry: EntryAnswer
    list: str
    list_title: str
    score: float
    alias: str
    alias_kind: str
    reasons: tuple[ReasonAnswer, ...]
    row: RowAnswer
    effect: tuple[EffectAnswer, ...]
    effect_note: str
    counts: bool
    decided: DecidedAnswer | None
    doubts: tuple[str, ...]
    rules_out: tuple[ClueAnswer, ...]


@dataclass(frozen=True, slots=True)
class ScreeningAnswer:
    """The answer for one party."""

    query: QueryAnswer
    hits: tuple[HitAnswer, ...]


def answer(screened: Screened, settings: Settings) -> ScreeningAnswer:
    """An answer as data."""
    titles = {state.list: state.title for state in screened.lists.states}
    return ScreeningAnswer(_query(screened, settings), tuple(_hit(found, titles) for found in screened.hits))


def _query(screened: Screened, settings: Settings) -> QueryAnswer:
    asked = screened.query
    return QueryAnswer(
        schema=SCHEMA,
        name=asked.name,
        kind=asked.kind,
        roles=asked.roles,
        countries=asked.countries,
        births=asked.births,
        identifiers=asked.identifiers,
        addresses=asked.addresses,
        row=asked.row,
        on=settings.on.isoformat(),
        known=_moment(settings.known),
        threshold=settings.threshold,
        limit=settings.limit,
        result=screened.result,
        more=screened.more,
        lists=ListsAnswer(
            screened.lists.snapshot, {state.list: _day(state.edition) for state in screened.lists.states}
        ),
        complete=word(screened.complete),
        why=screened.why,
        notes=asked.notes,
        problem="" if asked.problem is None else f"{asked.problem.code}: {asked.problem.message}",
    )


def _hit(found: Found, titles: dict[str, str]) -> HitAnswer:
    hit = found.hit
    return HitAnswer(
        entry=_entry(found),
        list=hit.entry.list,
        list_title=titles.get(hit.entry.list, ""),
        score=round(hit.score, DIGITS),
        alias=hit.alias,
        alias_kind=hit.alias_kind,
        reasons=tuple(ReasonAnswer(one.code, one.text, round(one.weight, DIGITS)) for one in hit.reasons),
        row=_row(found),
        effect=tuple(_effect(one) for one in found.effect),
        effect_note=found.note,
        counts=found.open,
        decided=None if found.decided is None else _decided(found.decided),
        doubts=found.doubts,
        rules_out=tuple(ClueAnswer(clue.fact, clue.entry_has, clue.ask) for clue in found.clues),
    )


def _entry(found: Found) -> EntryAnswer:
    entry = found.hit.entry
    return EntryAnswer(
        id=entry.id,
        name=entry.name,
        names=tuple(NameAnswer(name.text, name.kind, name.cite) for name in entry.names),
        kind=entry.kind,
        countries=entry.countries,
        addresses=entry.addresses,
        births=entry.births,
        identifiers=tuple(IdentifierAnswer(number.kind, number.value) for number in entry.identifiers),
        programmes=entry.programmes,
        start=_day(found.row.start),
        end=_day(found.row.end),
        cite=found.row.cite,
        url=entry.url,
        note=entry.note,
    )


def _row(found: Found) -> RowAnswer:
    row = found.row
    barred = word(row.exceptions_barred)
    return RowAnswer(row.footnotes, row.scope, row.scope_text, row.policy, row.policy_text, barred, row.unread)


def _effect(one: Effect) -> EffectAnswer:
    return EffectAnswer(
        id=one.rule,
        kind=one.kind,
        effect=one.effect,
        title=one.title,
        cite=one.cite,
        jurisdiction=one.jurisdiction,
        instrument=one.instrument,
        bites=word(one.bites),
        status=one.status,
        acts=one.acts,
        every_act=one.every_act,
        roles=one.roles,
        roles_open=one.roles_open,
        depends=tuple(OpenAnswer(point.fact, point.ask) for point in one.depends),
        detail=one.detail,
    )


def _decided(one: Decided) -> DecidedAnswer:
    return DecidedAnswer(one.decision, one.by, _moment(one.at), one.reason, one.stands, one.changed)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()
