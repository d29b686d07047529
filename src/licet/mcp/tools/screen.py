"""`screen`: names held against the lists of parties."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from licet.mcp.arguments import Party, ScreenArguments
from licet.mcp.short import NEVER_CLEAR, Short, clip, in_arguments
from licet.services.screen import Settings
from licet.services.screen_rows import Told
from licet.services.serve import Service

MOST_HITS = 5
_MISSING = ("no list is loaded", "not loaded")


class Hit(BaseModel):
    """An entry of a list that may be the party."""

    on_list: str
    title: str
    entry: str
    name: str = Field(description="The name of the entry that was found, and what the entry is called")
    score: float
    why: list[str]
    countries: list[str]
    since: str
    cite: str
    counts: bool = Field(description="False where somebody decided that it is another party")
    means: list[str] = Field(description="What the law of the day says because of this entry; empty: see doubts")
    rules_out: list[str] = Field(description="What would tell the party from the entry: ask for it")
    doubts: list[str]


class PartyAnswer(BaseModel):
    """What a name comes to."""

    name: str
    result: str = Field(description="hit; not_clear: no hit, but lists are missing, stale or uncertain; clear")
    why: list[str]
    hits: list[Hit]
    notes: list[str] = Field(description="What was given and could not be used")


class ScreenAnswer(BaseModel):
    """What the names come to."""

    says: str
    result: str = Field(description="Of all together: hit, not_clear or clear")
    on: str
    parties: list[PartyAnswer]
    lists: dict[str, str] = Field(description="The lists that were used, and the day of each")
    unknown: list[str] = Field(description="What is not known, so that no name is clear")
    not_covered: list[str] = Field(description="Lists that count and are not loaded")
    record: int = Field(description="The number of its record in the ledger; 0: nothing is kept")
    more: list[str]


def screen(service: Service, asked: ScreenArguments, by: str = "") -> ScreenAnswer:
    """Hold names against the lists that are loaded; kept in the ledger where one is set up. Raises CaseError."""
    settings = Settings(asked.on or date.today(), None, tuple(asked.lists), limit=MOST_HITS)
    if asked.threshold is not None:
        settings = Settings(settings.on, None, settings.lists, asked.threshold, MOST_HITS)
    found = service.screen([(party.name, _told(party)) for party in asked.parties], settings, by=by)
    result, answers = found.result, found.answers
    short = Short()
    why = [*dict.fromkeys(_doubt(text) for answer in answers for text in answer["query"]["why"])]
    missing = [text for text in why if text.startswith(_MISSING)]
    queries = [answer["query"] for answer in answers]
    return ScreenAnswer(
        says=_says(result, bool(missing)),
        result=result,
        on=settings.on.isoformat(),
        parties=[_party(answer, short) for answer in answers],
        lists=dict([*queries[0]["lists"]["names"].items()][:60]),
        unknown=short.first((text for text in why if text not in missing), "doubts about lists"),
        not_covered=short.first(missing, "lists that are not loaded"),
        record=found.record,
        more=short.more,
    )


def _told(party: Party) -> Told:
    role, country, born, number = (";".join(words) for words in (party.role, party.country, party.born, party.id))
    return Told(role, country, "\n".join(party.address), born, number, party.kind)


def _says(result: str, missing: bool) -> str:
    words = {
        "hit": "HIT: at least one name may stand on a list. A person decides whether it is the party.",
        "not_clear": f"NOT CLEAR: no name was found, but that does not say that none is listed. {NEVER_CLEAR}.",
        "clear": "Clear: no name was found on lists that are all loaded and fresh.",
    }[result]
    return f"{words} Lists that count are not loaded: see `not_covered`." if missing else words


def _doubt(text: str) -> str:
    """Why no name is clear."""
    return clip(in_arguments(text), 300)


def _party(answer: dict[str, Any], short: Short) -> PartyAnswer:
    query = answer["query"]
    found = {"hit": "hit", "failed": "not_clear"}.get(query["result"])
    clear = query["complete"] == "yes" and not query["more"]
    why = [_doubt(text) for text in query["why"][:3]]
    if query["more"]:
        short.more.append(f"more entries like {clip(query['name'], 80)!r}: give its country, or a higher threshold")
    return PartyAnswer(
        name=clip(query["name"], 200),
        result=found or ("clear" if clear else "not_clear"),
        why=[query["problem"], *why] if query["problem"] else why,
        hits=[_hit(hit) for hit in answer["hits"]],
        notes=[clip(note, 200) for note in query["notes"][:10]],
    )


def _hit(hit: dict[str, Any]) -> Hit:
    entry = hit["entry"]
    named = hit["alias"] if hit["alias"] == entry["name"] else f"{hit['alias']} ({entry['name']})"
    clues = [f"{clue['ask']} (the entry has {', '.join(clue['entry_has'][:3])})" for clue in hit["rules_out"][:3]]
    return Hit(
        on_list=hit["list"],
        title=hit["list_title"],
        entry=entry["id"],
        name=clip(named, 300),
        score=hit["score"],
        why=[clip(reason["text"], 200) for reason in hit["reasons"][:4]],
        countries=entry["countries"][:10],
        since=entry["start"],
        cite=clip(entry["cite"], 200),
        counts=hit["counts"],
        means=[clip(f"{one['bites']}: {one['title']} [{one['cite']}]", 300) for one in hit["effect"][:5]],
        rules_out=[clip(text, 300) for text in clues],
        doubts=[clip(text, 200) for text in [*hit["doubts"], *filter(None, [hit["effect_note"]])][:5]],
    )
