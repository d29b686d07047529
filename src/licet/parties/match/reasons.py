"""A score in words: what agrees, what is written otherwise, what only one side has. The weights add up to the score."""

from __future__ import annotations

from licet.parties.match.hit import Reason
from licet.parties.match.score import CONFLICT, EXTRA, SPELLING, Agreement, Pair, Side
from licet.parties.match.words import CHINESE, CONSONANTS, INITIAL, SAME
from licet.parties.match.words import SPELLING as AS_SPELLING

LEAST = 1e-5  # of a weight; less is what is left of sums
_HOW = {
    AS_SPELLING: ("romanised", "the same word romanised otherwise"),
    CHINESE: ("chinese", "spellings of one Chinese name"),
    CONSONANTS: ("consonants", "the same consonants"),
    INITIAL: ("initial", "an initial"),
}


def reasons(mine: Side, theirs: Side, agreement: Agreement) -> tuple[Reason, ...]:
    """Why two names have the score they have."""
    same = [_words(mine, pair.mine) for pair in agreement.pairs if pair.how == SAME]
    found = [Reason("words", f"words that agree: {', '.join(same)}" if same else "words that are alike", 1.0)]
    found.extend(
        _spelt(mine, theirs, pair) for pair in agreement.pairs if pair.how != SAME or len(pair.mine + pair.theirs) > 2
    )
    left_mine, left_theirs = agreement.mine_left * mine.total, agreement.theirs_left * theirs.total
    conflict, extra = min(left_mine, left_theirs), abs(left_mine - left_theirs)
    only_mine = _only(mine, [pair.mine for pair in agreement.pairs])
    only_theirs = _only(theirs, [pair.theirs for pair in agreement.pairs])
    if conflict > LEAST:
        lost = -2 * CONFLICT * conflict / (mine.total + theirs.total)
        found.append(Reason("conflict", f"{only_mine} stands against {only_theirs}", lost))
    if extra > LEAST:
        lost = -EXTRA * extra / max(mine.total, theirs.total)
        query = left_mine > left_theirs
        words = f"only asked for: {only_mine}" if query else f"only on the list: {only_theirs}"
        found.append(Reason("only_query" if query else "only_entry", words, lost))
    return tuple(Reason(reason.code, reason.text, round(reason.weight, 4)) for reason in found)


def _spelt(mine: Side, theirs: Side, pair: Pair) -> Reason:
    """Two words (or runs of words) that are not written alike."""
    weight = max(sum(mine.weights[at] for at in pair.mine), sum(theirs.weights[at] for at in pair.theirs))
    lost = -2 * SPELLING * (1 - pair.alike) * weight / (mine.total + theirs.total)
    one, other = _words(mine, pair.mine), _words(theirs, pair.theirs)
    if len(pair.mine) != len(pair.theirs):
        return Reason("joined", f"{one} / {other}: words written together", lost)
    code, words = _HOW.get(pair.how, ("letters", "a few letters apart"))
    return Reason(code, f"{one} / {other}: {words}", lost)


def _words(side: Side, places: tuple[int, ...]) -> str:
    return " ".join(side.words[at] for at in places)


def _only(side: Side, paired: list[tuple[int, ...]]) -> str:
    taken = {at for places in paired for at in places}
    return " ".join(word for at, word in enumerate(side.words) if at not in taken)
