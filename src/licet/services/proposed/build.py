"""A case made of proposed facts, each held against its words before anything is decided."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from licet.facts.case import ALIASES, MAX_PROBLEMS, read_case
from licet.facts.dictionary import Dictionary, FactType
from licet.facts.errors import CaseError, Place, Problem, quoted
from licet.facts.nodes import node, written
from licet.facts.values import read_value
from licet.facts.yamltext import Mapping, Scalar, read_yaml
from licet.services.interview import NO_SIGN
from licet.services.proposed.model import (
    MOST_FACTS,
    MOST_SOURCES,
    MOST_TEXT,
    MOST_WORDS,
    Built,
    Proposed,
    Source,
    Used,
)
from licet.services.proposed.quotes import folded, literal, stands_in
from licet.services.proposed.tree import Tree

MONEY = ("item.value", "component.value")
OF_THE_DAY = ("case.on", "case.minute", "on")
LOOK = "look it up with the tool `facts`"


def build(
    dictionary: Dictionary, facts: Sequence[Proposed], sources: Sequence[Source] = (), document: str = "",
    on: str = "", title: str = "",
) -> Built:  # fmt: skip
    """The case that a document (YAML or JSON) and facts say together. Raises CaseError with all that is wrong."""
    if len(facts) > MOST_FACTS or len(sources) > MOST_SOURCES:
        raise CaseError.one("E_TOO_MANY", f"at most {MOST_FACTS} facts from {MOST_SOURCES} sources at a time")
    if sum(len(source.text) for source in sources) + len(document) > MOST_TEXT:
        hint = "give only the pages that the words stand on"
        raise CaseError.one("E_TOO_LARGE", f"texts have at most {MOST_TEXT:,} characters together", hint=hint)
    texts = {_name(source.name): folded(source.text) for source in sources}
    if len(texts) < len(sources):
        raise CaseError.one("E_SOURCE", "two sources have one name", hint="give each a name of its own")
    tree = Tree.of(_document(document))
    problems: list[Problem] = []
    taken: list[tuple[Proposed, Mapping]] = []
    for number, fact in enumerate(facts, 1):
        place = Place(f"facts[{number}]", path=fact.fact)
        wrong = [*_unfounded(fact, texts, place)]
        try:
            known = _known(fact, dictionary, place)
            value = node(fact.value, place.file)
            if known is not None:
                read_value(known, value)
            if not wrong:
                taken.append((fact, tree.put(fact.fact, fact.of, value, place)))
        except CaseError as error:
            wrong.extend(error.problems)
        problems.extend(wrong)
    if problems:
        raise CaseError(problems[:MAX_PROBLEMS])
    tree.bounded()
    _head(tree.root, "on", on)
    _head(tree.root, "case", title)
    read_case(tree.root, dictionary)  # so that what is wrong is told at the fact that says it
    places = dict(tree.places())
    at = {id(thing): place for place, thing in tree.at.items()}
    used = [_used(fact, dictionary, texts, at.get(id(thing), "")) for fact, thing in taken]
    return Built(json.dumps(written(tree.root), ensure_ascii=False), tree.root, used, tree.keys(), places)


def _name(source: str) -> str:
    """The name of a source, in which capitals and spaces around it do not count."""
    return source.strip().casefold()


def _document(text: str) -> Mapping:
    if not text.strip():
        return Mapping(Place("case"))
    found = read_yaml(text, "document")
    if not isinstance(found, Mapping):
        raise CaseError.one("E_CASE", "the document is no case", Place("document"), "give the text of a case file")
    return found


def _head(root: Mapping, key: str, text: str) -> None:
    if text.strip():
        root.entries[key], root.keys[key] = Scalar(text.strip(), False, Place(key)), Place(key)


def _unfounded(fact: Proposed, texts: dict[str, str], place: Place) -> Iterator[Problem]:
    """What is wrong with the words of a fact."""
    words = folded(fact.words)
    if not words or not fact.source.strip():
        hint = "copy the words it was read from, and name where they stand; leave out what nobody said"
        yield Problem("E_WORDS", "a fact without its words and their source is not taken", place, hint)
    elif len(fact.words) > MOST_WORDS:
        yield Problem("E_WORDS", f"the words of a fact have at most {MOST_WORDS:,} characters", place)
    elif _name(fact.source) in texts and not stands_in(words, texts[_name(fact.source)]):
        text = f"{quoted(fact.words)} does not stand in {quoted(fact.source)}"
        yield Problem("E_WORDS", text, place, "copy the words exactly and whole, or leave the fact out")


def _known(fact: Proposed, dictionary: Dictionary, place: Place) -> FactType | None:
    """The fact's entry in the dictionary; None for an amount of money, which a case reads by itself."""
    if fact.fact in OF_THE_DAY:
        raise CaseError.one("E_FACT", "the day is not a fact", place, "give it as `on`")
    if fact.fact in MONEY:
        return None
    found = dictionary.find(ALIASES.get(fact.fact, fact.fact))
    if found is None:
        near = dictionary.hint(fact.fact)
        hint = f"{near}; {LOOK}" if near else LOOK
        raise CaseError.one("E_UNKNOWN_KEY", f"there is no fact {quoted(fact.fact)}", place, hint)
    return found


def _used(fact: Proposed, dictionary: Dictionary, texts: dict[str, str], at: str) -> Used:
    """What a fact that was taken rests on."""
    found = True if _name(fact.source) in texts else None
    known = dictionary.find(ALIASES.get(fact.fact, fact.fact))
    if known is None:  # an amount of money
        amount = stands_in(folded(str(fact.value).partition(" ")[0]), folded(fact.words))
        return Used(fact, found, amount, False, False, at)
    value = read_value(known, node(fact.value))
    closes = (known.name.startswith("complete.") and value is True) or value == NO_SIGN
    spread = known.numeric and value is not None and value[0] != value[1]
    return Used(fact, found, literal(known, value, fact.words), closes, spread, at)
