"""Misspelt words of trades and legal forms (cmpany, trahsportation), mended where only one word is meant."""

from __future__ import annotations

from functools import cache, lru_cache

from licet.parties.names.tables import legal_forms, same_word, same_words

SHORTEST = 5
REST = 5  # letters that both halves of a word written in one must have at least


@cache
def _known() -> frozenset[str]:
    forms = (word for found in legal_forms().values() for words, _, _ in found for word in words)
    words = {word for pair in same_words().items() for word in pair}
    return frozenset(word for word in (*words, *forms) if len(word) >= SHORTEST - 1)


@cache
def _shortened() -> dict[str, str]:
    """Known words with one letter dropped (and whole), to the word; what fits two words is left out."""
    found: dict[str, str] = {}
    for word in sorted(word for word in _known() if len(word) >= SHORTEST - 1):
        for left in _without_one(word):
            found[left] = word if found.get(left, word) == word else ""
    return found | {word: word for word in _known()}


def _without_one(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


@lru_cache(maxsize=1 << 16)
def mend(word: str) -> str:
    """The known word that this one is with one letter wrong, or the word itself."""
    if len(word) < SHORTEST - 1 or word in _known():
        return word
    known = _shortened()
    for left in (word, *_without_one(word)):
        found = known.get(left)
        if found and abs(len(found) - len(word)) <= 1 and len(found) >= SHORTEST:
            return found
    return word


@lru_cache(maxsize=1 << 14)
def split(word: str) -> tuple[str, ...]:
    """A word that begins or ends with a known one (yingsaeirelectronic), in two; others as they are."""
    if word in _known() or same_word(word) != word:
        return (word,)
    for at in range(len(word) - REST, REST - 1, -1):
        if word[:at] in _whole() and len(word[:at]) >= REST:
            return (word[:at], word[at:])
    for at in range(REST, len(word) - REST + 1):
        if word[at:] in _whole():
            return (word[:at], word[at:])
    return (word,)


@cache
def _whole() -> frozenset[str]:
    """Known words long enough to be seen inside another."""
    return frozenset(word for word in _known() if len(word) >= REST)
