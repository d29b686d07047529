"""What the ledger keeps as text, JSON, Markdown or a page: the answer as it was given, headed by its record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from licet.facts.errors import CaseError
from licet.ledger.record import BATCH, DECISION, HIT, SCREENING, Record
from licet.render.answer import Answer, show
from licet.render.clean import one_line
from licet.services.check import Options
from licet.services.ledger.show import Shown


def shown(found: Shown, form: str, to_file: bool) -> str:
    """What was kept in one form: text or json; a decision also as markdown or html. Raises CaseError."""
    if form == "json":
        return json.dumps(found.plain(), ensure_ascii=False, indent=2) + "\n"
    if found.record.kind != DECISION:
        if form != "text":
            raise CaseError.one("E_FORMAT", f"a {found.record.kind} is shown as text or json")
        return "\n".join([*_head(found), *_said(found)]) + "\n"
    head = [*_head(found)]
    if found.decision is None or found.law is None:
        return "\n".join(head) + "\n"
    answer = show([Answer("", found.decision)], found.law, form, Options(proof=form == "html"), to_file)
    if form == "html":
        return answer  # a page of its own; what heads it stands in the other forms
    return "\n".join([*head, "", answer])


def summed(record: Record) -> str:
    """In a few words what a record is about."""
    says = record.says
    if record.kind == DECISION:
        return f"{says['on'][:10]}  {says['outcome']}"
    if record.kind == SCREENING:
        count = sum(says["parties"].values())
        return f"{says['on']}  {count:,} {'party' if count == 1 else 'parties'}, {says['result'].replace('_', ' ')}"
    if record.kind == HIT:
        return f"{says['list']}:{one_line(says['entry'])}  {says['decision']}"
    if record.kind == BATCH:
        counts = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in says["outcomes"].items())
        return f"{says['lines']:,} lines" + (f": {counts}" if counts else "")
    return f"of record {record.about}" if record.about else ""


def _said(found: Shown) -> Iterator[str]:
    """What was kept beside a record that is no decision, line by line."""
    parts = found.parts
    if found.record.kind == SCREENING:
        for why in found.record.says["why"]:
            yield f"  lists: {one_line(why)}"
        for one in parts.get("answer", ()):
            yield from _party(one)
    elif found.record.kind == HIT and "inputs" in parts:
        asked, name = (one_line(str(parts["inputs"][key])) for key in ("asked", "name"))
        yield f"  {asked}, held against {name}: {one_line(str(parts.get('reason', '')))}"
    elif found.record.kind == BATCH:
        says, inputs = found.record.says, parts.get("inputs", {})
        for what in ("table", "map", "result"):
            yield f"  {what} {one_line(str(inputs.get(what, '')))} SHA-256 {says[f'{what}_sha256']}".replace(
                "  S", " S"
            )


def _party(one: dict[str, Any]) -> Iterator[str]:
    query = one["query"]
    yield f"  {one_line(query['name'])}: {query['result'].replace('_', ' ')}"
    for hit in one["hits"]:
        entry, decided = hit["entry"], hit["decided"]
        said = f", {one_line(decided['by'])} decided: {decided['decision']}" if decided else ""
        named = f"{hit['list']}:{one_line(entry['id'])} {one_line(entry['name'])}"
        yield f"    {hit['score']:.2f} {named} by {one_line(hit['alias'])}{'' if hit['counts'] else ', silent'}{said}"


def _head(found: Shown) -> list[str]:
    says = found.record.says
    by = f" by {one_line(found.by)}" if found.by else ""
    lines = [
        f"Record {found.record.number}, kept {says['at'][:19].replace('T', ' ')} UTC{by}",
        f"  hash {found.record.hash}",
    ]
    if "law" in says:
        lines.append(f"  law {says['law']['snapshot'][:12]}, lists {says['lists'][:12]}, {says['engine']}")
    if found.record.kind != DECISION:
        lines.append(f"  {summed(found.record)}")
    elif found.decision is None:
        lines.append(f"  erased; it was decided for {says['on']}: {says['outcome'].replace('_', ' ')}")
    elif found.law is None:
        lines.append(f"  decided for {says['on']}: {says['outcome'].replace('_', ' ')}; its law cannot be read here")
    lines += [f"  must be kept: {one_line(text)}" for text in found.kept]
    lines += ["  a hold stands on it"] if found.held else []
    for event in found.events:
        told = f"{event.by}: {event.reason}" if event.by else ""
        lines.append(
            f"  {event.at[:16].replace('T', ' ')} {event.kind} (record {event.number}) {one_line(told)}".rstrip()
        )
    return lines
