"""Hits of a screen for other interfaces: their kinds of things, their names for what is known of a party."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from licet.facts.errors import CaseError, nearest, quoted
from licet.services.screen import Settings
from licet.services.screen_rows import MAX_VALUES, Told
from licet.services.serve import Screens, Service

MOST = 1_000  # names of a request


@dataclass(frozen=True, slots=True)
class Wanted:
    """A party that is looked for: its names, each of which is screened, and what else is told of it."""

    names: tuple[str, ...]
    told: Told


@dataclass(frozen=True, slots=True)
class Best:
    """What a party comes to: the hits of all its names, each entry once, and what the lists leave open."""

    hits: list[dict[str, Any]]
    more: bool
    open: dict[str, Any]


def screened(
    desk: Service, wanted: Sequence[Wanted], settings: Settings, key: str, by: str, sent: str
) -> tuple[list[Best], Screens]:
    """The answers for some parties, in their order. Raises CaseError."""
    rows = [(name, one.told) for one in wanted for name in one.names]
    if len(rows) > MOST:
        raise CaseError.one("E_TOO_MANY", f"a request has at most {MOST:,} names", hint="send fewer at a time")
    found = desk.screen(rows, settings, key, by, sent)
    answers = iter(found.answers)
    return [_best([next(answers) for _ in one.names], settings.limit) for one in wanted], found


def _best(answers: list[dict[str, Any]], limit: int) -> Best:
    """The best hits over the names of one party."""
    by_entry: dict[tuple[str, str], dict[str, Any]] = {}
    for hit in (hit for answer in answers for hit in answer["hits"]):
        place = (hit["list"], hit["entry"]["id"])
        if place not in by_entry or by_entry[place]["score"] < hit["score"]:
            by_entry[place] = hit
    hits = sorted(by_entry.values(), key=lambda hit: -hit["score"])
    queries = [answer["query"] for answer in answers]
    more = len(hits) > limit or any(query["more"] for query in queries)
    return Best(hits[:limit], more, _open(queries))


def _open(queries: list[dict[str, Any]]) -> dict[str, Any]:
    """What no other form has a word for: whether nothing found would mean that there is nothing."""
    order = ("failed", "hit", "no_hit", "decided")
    results = sorted({query["result"] for query in queries}, key=order.index)
    complete = sorted({query["complete"] for query in queries}, key=("no", "unknown", "yes").index)
    why = dict.fromkeys(
        text for query in queries for text in (*query["why"], *query["notes"], query["problem"]) if text
    )
    return {
        "result": results[0] if results else "failed",
        "complete": complete[0] if complete else "unknown",
        "why": [*why] if results else ["no name was given"],
    }


def id_of(hit: dict[str, Any]) -> str:
    """The name of an entry among all lists."""
    return f"{hit['list']}:{hit['entry']['id']}"


def weights(hit: dict[str, Any]) -> dict[str, float]:
    """The steps of the score by their codes, those of one code together."""
    found: dict[str, float] = {}
    for reason in hit["reasons"]:
        found[reason["code"]] = round(found.get(reason["code"], 0.0) + reason["weight"], 4)
    return found


def told_of(kind: str, values: dict[str, list[str]]) -> Told:
    """What is told of a party, by the fields of a table of parties."""
    joined = {name: ";".join(texts[:MAX_VALUES]) for name, texts in values.items() if name != "address"}
    address = "\n".join(values.get("address", ())[:MAX_VALUES])
    country, born, number = (joined.get(name, "") for name in ("country", "born", "id"))
    return Told("", country, address, born, number, kind)


def texts_of(value: Any, where: str) -> list[str]:
    """A value, or several, as texts. Raises CaseError."""
    found = value if isinstance(value, list) else [value]
    for one in found:
        if not isinstance(one, (str, int, float)) or isinstance(one, bool):
            raise CaseError.one("E_VALUE", f"{where}: expected a text, or a list of texts")
    return [str(one) for one in found]


def known(word: str, words: Iterable[str], what: str) -> str:
    """A word that has to be one of these. Raises CaseError."""
    all_words = [*words]
    if word not in all_words:
        hint = nearest(word, all_words) or f"one of {', '.join(all_words)}"
        raise CaseError.one("E_VALUE", f"there is no {what} {quoted(word)}", hint=hint)
    return word
