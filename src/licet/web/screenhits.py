"""What a screening came to, in words of the page: results, the name that matched, the row and its effect in law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from licet.facts.dictionary import own_name
from licet.parties.match.hit import Query
from licet.render.labels import Labels
from licet.render.words import base
from licet.services.hits import Decided
from licet.services.screen_answer import (
    ClueAnswer,
    EffectAnswer,
    HitAnswer,
    QueryAnswer,
    ReasonAnswer,
    RowAnswer,
    ScreeningAnswer,
)
from licet.services.screen_clues import SHOWN
from licet.services.screen_model import FAILED, HIT
from licet.web.entrychanges import entry_change
from licet.web.reasons import reason
from licet.web.scored import scored
from licet.web.words import Said

CLEAR, HITS, UNCLEAR, FAIL = "clear", "hits", "unclear", "failed"  # what a party comes to, as the ledger counts it
TONES = {CLEAR: "clear", HITS: "stop", UNCLEAR: "caution", FAIL: "caution"}
_SCORES = ((0.95, "sure"), (0.85, "likely"), (0.0, "possible"))


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit, with what was decided since the answer was given."""

    number: int
    hit: HitAnswer
    now: Decided | None

    @property
    def since(self) -> Decided | None:
        """What was decided since."""
        before = self.hit.decided
        if self.now is None or (before is not None and before.at == self.now.at.isoformat()):
            return None
        return self.now

    @property
    def silent(self) -> bool:
        """Whether it is known by now to be another party."""
        return self.now.silences if self.now is not None else not self.hit.counts

    @property
    def place(self) -> str:
        """The entry, by its list and id."""
        return f"{self.hit.list}:{self.hit.entry.id}"


@dataclass(frozen=True, slots=True)
class ShownParty:
    """A party with what it came to."""

    number: int
    query: QueryAnswer
    result: str
    hits: tuple[ShownHit, ...]

    @property
    def tone(self) -> str:
        """Its colour."""
        return TONES[self.result]


def outcome(query: QueryAnswer) -> str:
    """What a party came to. Without a hit it is clear only where the lists are whole and fresh."""
    if query.result == FAILED:
        return FAIL
    if query.result == HIT:
        return HITS
    return CLEAR if query.complete == "yes" and not query.more else UNCLEAR


def query_of(query: QueryAnswer) -> Query:
    """The question a decision on a hit belongs to."""
    return Query(query.name, query.kind, query.countries, query.births, query.identifiers, query.addresses)


def places(answers: Iterable[ScreeningAnswer]) -> Iterator[tuple[Query, tuple[str, str]]]:
    """Every hit: the question and the entry."""
    for answer in answers:
        query = query_of(answer.query)
        for hit in answer.hits:
            yield query, (hit.list, hit.entry.id)


def shown(answers: Iterable[ScreeningAnswer], now: Iterable[Decided | None]) -> list[ShownParty]:
    """The parties of a screening; `now` has what is decided by now of each hit, in their order."""
    decided = iter(now)
    return [
        ShownParty(
            number,
            answer.query,
            outcome(answer.query),
            tuple(ShownHit(at, hit, next(decided)) for at, hit in enumerate(answer.hits, 1)),
        )
        for number, answer in enumerate(answers, 1)
    ]


@dataclass(frozen=True, slots=True)
class HitWords:
    """Words of hits in the language of the page; what the lists and the law say themselves stays as it is."""

    labels: Labels
    w: Said

    def listed(self, words: Iterable[str]) -> str:
        """Words of the dictionary, spelt out."""
        return ", ".join(map(self.labels.word, words))

    def countries(self, codes: Iterable[str]) -> str:
        """Countries with their names."""
        return ", ".join(map(self.labels.country, codes))

    def asked(self, query: QueryAnswer) -> str:
        """What is known of a party beside its name."""
        parts = [self.listed(query.roles), self.w.of("partykind", query.kind) if query.kind != "unknown" else ""]
        parts += [self.countries(query.countries), ", ".join(query.births), ", ".join(query.identifiers)]
        return " · ".join(part for part in (*parts, *query.addresses) if part)

    def score(self, score: float) -> str:
        """How sure a name is, in a word and its number."""
        return f"{self.w.of('score', next(word for least, word in _SCORES if score >= least))} ({score:.2f})"

    def reason(self, text: str) -> str:
        """Why a hit is in doubt, or has no effect."""
        return reason(text, self.w)

    def scored(self, one: ReasonAnswer) -> str:
        """Why a hit has its score."""
        return scored(one, self.w)

    def change(self, text: str) -> str:
        """What changed in an entry since a hit on it was decided."""
        return entry_change(text, self.w)

    def clue(self, clue: ClueAnswer, hit: HitAnswer) -> str:
        """What to ask for, as it would tell the party from the entry, and what the entry has."""
        has: Sequence[str] = clue.entry_has
        if clue.fact == "countries":
            has = [self.labels.country(code) for code in hit.entry.countries]
        elif clue.fact == "kind":
            has = [self.w.of("partykind", kind) for kind in has]
        entry, rest = "; ".join(has[:SHOWN]), len(has) - SHOWN
        entry = self.w("clue.more", entry=entry, count=rest) if rest > 0 else entry
        return self.w.known("clue", clue.fact).format(entry=entry) or clue.ask

    def alias(self, hit: HitAnswer) -> str:
        """Which name matched."""
        if hit.alias == hit.entry.name:
            return self.w("screen.own_name")
        return self.w.of("aliaskind", hit.alias_kind)

    def row(self, row: RowAnswer, programmes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """What the row says, each part with its head."""
        notes = [note for note in row.footnotes if note not in programmes]
        told = {
            "scope": row.scope_text.rstrip(". "),
            "programmes": ", ".join(programmes),
            "footnotes": ", ".join(notes),
            "review": row.policy_text.rstrip(". ") or (self.labels.word(row.policy) if row.policy else ""),
            "barred": self.w("screen.barred") if row.exceptions_barred == "yes" else "",
            "unread": ", ".join(row.unread),
        }
        return ((head, text) for head, text in told.items() if text)

    def where(self, effect: EffectAnswer) -> str:
        """For which acts."""
        return self.w("screen.every_act") if effect.every_act else self.listed(effect.acts)

    def depends(self, effect: EffectAnswer) -> list[str]:
        """The questions it depends on, in the language of the page where they are in it."""
        facts = [self.labels.dictionary.find(own_name(point.fact)) for point in effect.depends]
        return [
            point.ask if fact is None else fact.ask(base(self.labels.language))
            for fact, point in zip(facts, effect.depends, strict=True)
        ]

    def hangs_on(self, effect: EffectAnswer) -> Iterator[str]:
        """In which roles, where that is not settled."""
        if effect.bites != "yes" and effect.roles:
            yield self.w("screen.bites", roles=self.listed(effect.roles))
        if effect.bites != "yes" and effect.roles_open:
            yield self.w("screen.may_bite", roles=self.listed(effect.roles_open))
