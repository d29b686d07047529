"""What the ledger keeps as text, JSON, Markdown or a page: the answer as it was given, headed by its record."""

from __future__ import annotations

import json

from licet.facts.errors import CaseError
from licet.ledger.record import BATCH, CLASSIFICATION, DECISION, HIT, IMPACT, OWNERSHIP, SCREENING, Record
from licet.render.answer import Answer, show
from licet.render.clean import one_line
from licet.render.ledger_said import said, words_of
from licet.services.check import Options
from licet.services.ledger.show import Shown

MOST_CODES = 8


def shown(found: Shown, form: str, to_file: bool) -> str:
    """What was kept in one form: text or json; a decision also as markdown or html. Raises CaseError."""
    if form == "json":
        return json.dumps(found.plain(), ensure_ascii=False, indent=2) + "\n"
    if found.record.kind != DECISION:
        if form != "text":
            raise CaseError.one("E_FORMAT", f"a record of the kind {found.record.kind} is shown as text or json")
        return "\n".join([*_head(found), *said(found.record, found.parts, to_file)]) + "\n"
    head = [*_head(found), *words_of(found.said)]
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
        count = _counted(sum(says["parties"].values()), "party", "parties")
        return f"{says['on']}  {count}, {says['result'].replace('_', ' ')}"
    if record.kind == HIT:
        return f"{says['list']}:{one_line(says['entry'])}  {says['decision']}"
    if record.kind == BATCH:
        counts = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in says["outcomes"].items())
        return f"{says['lines']:,} lines" + (f": {counts}" if counts else "")
    if record.kind == CLASSIFICATION:
        codes = [f"{code} ({scheme})" for scheme, found in says["codes"].items() for code in found]
        named = f"{', '.join(codes[:MOST_CODES])}{' …' if len(codes) > MOST_CODES else ''}" or "no entry for certain"
        return f"{says['on']}  {_counted(says['items'], 'item')}: {named}, {says['open']:,} open"
    if record.kind == OWNERSHIP:
        tests = ", ".join(f"{count:,} {name}" for name, count in says["tests"].items())
        return f"{says['on']}  {_counted(says['targets'], 'entity', 'entities')}: {tests or 'no test'}"
    if record.kind == IMPACT:
        return f"{says['lines']:,} lines: {says['flipped']:,} flip"
    return f"of record {record.about}" if record.about else ""


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def _head(found: Shown) -> list[str]:
    says = found.record.says
    by = f" by {one_line(found.by)}" if found.by else ""
    lines = [
        f"Record {found.record.number}, kept {says['at'][:19].replace('T', ' ')} UTC{by}",
        f"  hash {found.record.hash}",
    ]
    if "law" in says:
        lists = f", lists {says['lists'][:12] or 'none'}" if "lists" in says else ""
        lines.append(f"  law {says['law']['snapshot'][:12]}{lists}, {says['engine']}")
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
