"""From rows worth comparing to hits: the best name of each entry, and what else is known of the party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import token_sort_ratio

from licet.parties.entry import Entry
from licet.parties.match.build import VIEWS, Rows
from licet.parties.match.context import context
from licet.parties.match.hit import Hit, Query, Reason
from licet.parties.match.reasons import reasons
from licet.parties.match.score import Agreement, Side, agree, bones
from licet.parties.match.vocabulary import Ints, Vocabulary
from licet.parties.match.weights import bone_weight
from licet.parties.names.form import CONSONANTS, SPELT, Form

_CONSONANTS, _SPELT = VIEWS.index(CONSONANTS), VIEWS.index(SPELT)
ABBREVIATED = 0.75  # the score of a name of which the initials are asked for
MENDED = 0.02  # is taken where words had to be mended before they agreed
PLAIN = 0.01  # of the score hangs on the names being spelt alike to the letter


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry that may be the party, by numbers: the entry, the name that matched, the score and why."""

    entry: int
    name: int
    score: float
    reasons: tuple[Reason, ...]


def _rank(judged: Judged) -> tuple[float, int, int]:
    return -judged.score, judged.name, judged.entry


class Judge:
    """Scores rows of an index against a query."""

    def __init__(self, entries: Sequence[Entry], vocabulary: Vocabulary, rows: Rows) -> None:
        self.entries, self.vocabulary, self.rows = entries, vocabulary, rows

    def judge(self, query: Query, found: list[tuple[Form, Ints]], limit: int, threshold: float) -> list[Judged]:
        """The entries at or over the threshold, best first."""
        best: dict[int, tuple[float, int, Form, Agreement]] = {}
        for form, rows in found:
            mine = self.side(form)
            for row in rows.tolist():
                if form.view == SPELT and self.rows.view[row] == _SPELT:
                    continue
                agreement = agree(mine, self.row(row, form))
                if agreement.score <= 0:
                    continue
                entry = int(self.rows.entry[row])
                score = agreement.score + self.plain(query, row) - (MENDED if form.mended else 0.0)
                if entry not in best or score > best[entry][0]:
                    best[entry] = (score, row, form, agreement)
        judged = [self.judged(query, entry, *known) for entry, known in best.items() if known[0] >= threshold - 0.1]
        judged.sort(key=_rank)
        return [one for one in judged[:limit] if one.score >= threshold]

    def abbreviated(self, query: Query, rows: Ints, known: list[Judged], limit: int, threshold: float) -> list[Judged]:
        """What is known of a query, and the entries with a name (these rows) of which it is the abbreviation."""
        found = {one.entry: one for one in known}
        for row in rows.tolist():
            entry, name = int(self.rows.entry[row]), int(self.rows.name[row])
            others = context(query, self.entries[entry])
            score = min(1.0, max(0.0, ABBREVIATED + sum(reason.weight for reason in others)))
            if score >= threshold and (entry not in found or found[entry].score < score):
                words = f"{query.name.strip()}: the initials of {self.entries[entry].names[name].text}"
                found[entry] = Judged(entry, name, score, (Reason("abbreviation", words, ABBREVIATED), *others))
        return sorted(found.values(), key=_rank)[:limit]

    def judged(self, query: Query, entry: int, score: float, row: int, form: Form, agreement: Agreement) -> Judged:
        """One entry with all that speaks for and against it."""
        others = context(query, self.entries[entry])
        score = min(1.0, max(0.0, score + sum(reason.weight for reason in others)))
        steps = list(reasons(self.side(form), self.row(row, form), agreement))
        if form.mended:
            steps.append(Reason("mended", f"read as {form.mended}", -MENDED))
        spelt = self.plain(query, row)
        if spelt < 0:
            steps.append(Reason("letters", "written otherwise", spelt))
        return Judged(entry, int(self.rows.name[row]), score, (*steps, *others))

    def plain(self, query: Query, row: int) -> float:
        """What is taken where the names are not spelt alike to the letter: it puts the same spelling first."""
        name = self.entries[self.rows.entry[row]].names[self.rows.name[row]].text
        if name == query.name:
            return 0.0
        return round(PLAIN * (token_sort_ratio(name.casefold(), query.name.casefold()) / 100 - 1), 4)

    def side(self, form: Form) -> Side:
        """A form of a query with the weights of its words."""
        weigh = bone_weight if form.view == CONSONANTS else self.vocabulary.weight
        weights = [weigh(word) for word in form.words]
        return Side(form.words, weights, sum(weights))

    def row(self, row: int, form: Form) -> Side:
        """A row with the weights of its words, as it is held against a form."""
        numbers = self.rows.words[self.rows.start[row] : self.rows.start[row + 1]].tolist()
        weights = self.vocabulary.weights[numbers].tolist()
        side = Side([self.vocabulary.words[number] for number in numbers], weights, sum(weights))
        return bones(side) if form.view == CONSONANTS and self.rows.view[row] != _CONSONANTS else side

    def hit(self, judged: Judged) -> Hit:
        """A judged entry as the answer shows it."""
        entry = self.entries[judged.entry]
        name = entry.names[judged.name]
        return Hit(entry, round(judged.score, 4), name.text, name.kind, judged.reasons)
