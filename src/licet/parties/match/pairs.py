"""How far two names agree, without an index: for one pair of names and for labelled pairs."""

from __future__ import annotations

from licet.parties.match.score import Agreement, Side, agree, bones
from licet.parties.match.vocabulary import Vocabulary
from licet.parties.match.weights import STOP_WEIGHT, STOP_WORDS, new_weight
from licet.parties.names.form import CONSONANTS, HAN, LATIN, SPELT, Form, query_forms
from licet.parties.names.tables import given_names, trades

TRADE_WEIGHT, GIVEN_WEIGHT = 0.4, 0.7


def score_pair(one: str, other: str, kind: str = "unknown", vocabulary: Vocabulary | None = None) -> Agreement:
    """The best agreement of any reading of the one name with any of the other; words weigh as in a vocabulary."""
    best = Agreement(0.0, (), 1.0, 1.0)
    for mine in query_forms(one, kind, ()):
        for theirs in query_forms(other, kind, ()):
            if comparable(mine, theirs):
                found = agree(*sides(mine, theirs, vocabulary))
                best = max(best, found, key=lambda agreement: agreement.score)
    return best


def comparable(mine: Form, theirs: Form) -> bool:
    """Whether two readings can be held against each other: of one script, or the one a spelling of a Latin name."""
    views = {mine.view, theirs.view}
    return views in ({LATIN}, {HAN}, {CONSONANTS}, {LATIN, SPELT}, {LATIN, CONSONANTS})


def sides(mine: Form, theirs: Form, vocabulary: Vocabulary | None) -> tuple[Side, Side]:
    """Both names as they are held against each other: by consonants where one is Arabic or Hebrew."""
    one, other = side(mine, vocabulary), side(theirs, vocabulary)
    if CONSONANTS in (mine.view, theirs.view):
        return bones(one), bones(other)
    return one, other


def side(form: Form, vocabulary: Vocabulary | None = None) -> Side:
    """A form with the weights of its words: a vocabulary's, else by what is known of words in general."""
    weights = [vocabulary.weight(word) if vocabulary else plain_weight(word) for word in form.words]
    return Side(form.words, weights, sum(weights))


def plain_weight(word: str) -> float:
    """The weight of a word where no lists are at hand."""
    if word in STOP_WORDS:
        return STOP_WEIGHT
    return TRADE_WEIGHT if word in trades() else GIVEN_WEIGHT if word in given_names() else new_weight(word)
