"""A decision of the ledger as text, JSON, Markdown or a page: the answer as it was given, headed by its record."""

from __future__ import annotations

import json

from licet.render.answer import Answer, show
from licet.render.clean import one_line
from licet.services.check import Options
from licet.services.ledger.show import Shown


def shown(found: Shown, form: str, to_file: bool) -> str:
    """The decision in one form: text, json, markdown or html."""
    if form == "json":
        return json.dumps(found.plain(), ensure_ascii=False, indent=2) + "\n"
    head = [*_head(found)]
    if found.decision is None or found.law is None:
        return "\n".join(head) + "\n"
    answer = show([Answer("", found.decision)], found.law, form, Options(proof=form == "html"), to_file)
    if form == "html":
        return answer  # a page of its own; what heads it stands in the other forms
    return "\n".join([*head, "", answer])


def _head(found: Shown) -> list[str]:
    says = found.record.says
    by = f" by {one_line(found.by)}" if found.by else ""
    lines = [
        f"Record {found.record.number}, kept {says['at'][:19].replace('T', ' ')} UTC{by}",
        f"  hash {found.record.hash}",
        f"  law {says['law']['snapshot'][:12]}, lists {says['lists'][:12]}, {says['engine']}",
    ]
    if found.decision is None:
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
