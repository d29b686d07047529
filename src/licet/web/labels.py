"""Facts, their values and countries in the words of the desk where it has them, else as answers say them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from licet.facts.dictionary import Dictionary, own_name
from licet.render import labels
from licet.render.named import COUNTRY, LABEL, WORD
from licet.web.tongue import Ours, Tongue
from licet.web.words import Said

_FIGURES = ("number", "date")  # values that need no words


@dataclass(frozen=True, slots=True)
class Labels(labels.Labels):
    """Names of facts and values: `Ours` where they are in the language of the page."""

    words: Said

    def known(self, name: str, kind: str = LABEL) -> str:
        """The words for a fact, or a name of another kind; empty where there are none."""
        found = self.words.known(kind, name)
        return Ours(found) if found else labels.Labels.known(self, name, kind)

    def fact(self, name: str) -> str:
        """The label of a fact."""
        found = self.words.known(LABEL, own_name(name))
        return Ours(found) if found else labels.Labels.fact(self, name)

    def word(self, value: str) -> str:
        """A value in words."""
        found = self.words.known(WORD, value)
        return Ours(found) if found else labels.Labels.word(self, value)

    def country(self, code: str) -> str:
        """A country code with its name."""
        found = self.words.known(COUNTRY, code)
        return Ours(f"{found} ({code})") if found else labels.Labels.country(self, code)

    def value(self, name: str, text: str) -> str:
        """A value of a fact: words, countries, a number with its unit."""
        fact = self.dictionary.find(name)
        if fact is None or fact.type == "text":
            return labels.Labels.value(self, name, text)
        if fact.type in _FIGURES:
            return Ours(labels.Labels.value(self, name, text))
        say = self.country if "country" in (fact.type, fact.of) else self.word
        return joined(", ", [say(part) for part in text.split(", ")])


def labels_of(dictionary: Dictionary, tongue: Tongue) -> Labels:
    """The labels of a page."""
    return Labels(dictionary, tongue.answer, Said(tongue.language))


def joined(between: str, parts: Sequence[str]) -> str:
    """Words put together; they are in the language of the page where each of them is."""
    whole = between.join(parts)
    return Ours(whole) if all(isinstance(part, Ours) for part in parts) else whole
