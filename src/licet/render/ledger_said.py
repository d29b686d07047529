"""What is kept beside records that are no decisions, line by line, and the words that facts were read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from licet.facts.plain import from_plain
from licet.ledger.record import BATCH, CLASSIFICATION, HIT, IMPACT, OWNERSHIP, SCREENING, Record
from licet.render.clean import one_line

Said = dict[str, Any]


def said(record: Record, parts: Said, to_file: bool) -> Iterator[str]:
    """What was kept beside a record, as far as it is not erased."""
    inputs = parts.get("inputs", {})
    if record.kind == SCREENING:
        for why in record.says["why"]:
            yield f"  lists: {one_line(why)}"
        for one in parts.get("answer", ()):
            yield from _party(one)
    elif record.kind == HIT and inputs:
        asked, name = (one_line(str(inputs[key])) for key in ("asked", "name"))
        yield f"  {asked}, held against {name}: {one_line(str(parts.get('reason', '')))}"
    elif record.kind == BATCH:
        yield from _files(record.says, inputs, ("table", "map", "result"))
    elif record.kind == IMPACT:
        yield from (f"  {one_line(side)}" for side in inputs.get("called", ()))
        yield from _files(record.says, inputs, ("table", "map", "proposal", "result"))
    elif record.kind == CLASSIFICATION:
        yield from words_of(inputs.get("said", ()))
    if record.kind in (CLASSIFICATION, OWNERSHIP) and "answer" in parts:
        yield ""
        yield (_classified if record.kind == CLASSIFICATION else _owned)(parts["answer"], to_file).rstrip("\n")


def words_of(facts: Sequence[Said]) -> Iterator[str]:
    """The facts that an agent read in a text, each with its words and where they stand."""
    for one in facts:
        fact = " ".join(one_line(str(one.get(key, ""))) for key in ("fact", "of") if one.get(key))
        found = {True: "found there", False: "NOT FOUND THERE"}.get(one["words_found"], "the text was not given")
        source, words = one_line(str(one["source"])), one_line(str(one["words"]))
        yield f'  {fact} = {one_line(str(one["value"]))}: "{words}" ({source}, {found})'


def _files(says: Said, inputs: Said, names: Sequence[str]) -> Iterator[str]:
    for what in names:
        if known := says[f"{what}_sha256"]:
            name = one_line(str(inputs.get(what, "")))
            yield f"  {what} {name}{' ' * bool(name)}SHA-256 {known}"


def _party(one: Said) -> Iterator[str]:
    query = one["query"]
    yield f"  {one_line(query['name'])}: {query['result'].replace('_', ' ')}"
    for hit in one["hits"]:
        entry, decided = hit["entry"], hit["decided"]
        told = f", {one_line(decided['by'])} decided: {decided['decision']}" if decided else ""
        named = f"{hit['list']}:{one_line(entry['id'])} {one_line(entry['name'])}"
        yield f"    {hit['score']:.2f} {named} by {one_line(hit['alias'])}{'' if hit['counts'] else ', silent'}{told}"


def _classified(answer: Said, to_file: bool) -> str:
    """As `licet classify` showed it."""
    from licet.render.classify_text import text
    from licet.services.classify import from_kept

    return text(from_kept(answer), to_file)


def _owned(answer: Said, to_file: bool) -> str:
    """As `licet own` showed it."""
    from licet.render.own_text import text
    from licet.services.own_answer import OwnersAnswer

    return text(from_plain(OwnersAnswer, answer), to_file)
