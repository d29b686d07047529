"""The answer of `licet chips` for other programs: rows of a table, and everything with its sources as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from licet.logic.measured import Exact
from licet.services.chips import ChipsAnswer, Status
from licet.services.chips_law import Area, Field
from licet.services.chips_model import Chip, Source, Stated

_TEXT, _NUMBER, _DIGITS = "VARCHAR", "DOUBLE", 9
_NONE: Exact = (None, None)
_MEASURED = {"tpp": "item.tpp", "density": "item.performance_density", "io_gb_s": "item.io_bandwidth_gb_s"}
# Name, type and width in a sheet of each column.
COLUMNS = (
    ("chip", _TEXT, 38),
    ("maker", _TEXT, 14),
    ("launched", _TEXT, 12),
    *((f"{name}_{end}", _NUMBER, 12) for name in _MEASURED for end in ("least", "most")),
    ("on", _TEXT, 12),
    ("status", _TEXT, 14),
    ("entry", _TEXT, 10),
    ("entries", _TEXT, 20),
    ("entries_open", _TEXT, 20),
    ("outcome", _TEXT, 22),
    ("best", _TEXT, 22),
    ("worst", _TEXT, 22),
    ("provisions", _TEXT, 44),
    ("policies", _TEXT, 24),
    ("policies_open", _TEXT, 24),
    ("asks", _TEXT, 30),
    ("unclassified", _TEXT, 12),
    ("announced", _TEXT, 12),
)


def rows(answer: ChipsAnswer) -> Iterator[tuple[str | float | None, ...]]:
    """One row for each chip and day."""
    for day in answer.days:
        for status in day.statuses:
            known = answer.measured[status.chip.id]
            ends = [_end(end) for fact in _MEASURED.values() for end in known.get(fact, _NONE)]
            chip, said = status.chip, _status(status)
            words = [_word(said[name]) for name, _, _ in COLUMNS[COLUMNS.index(("on", _TEXT, 12)) :]]
            yield chip.name, chip.maker, chip.launched.text, *ends, *words


def as_json(answer: ChipsAnswer) -> str:
    """Everything, each number of a chip with its sources and notes."""
    made = {
        "title": answer.table.title,
        "law": answer.law,
        "checked_to": answer.checked_to,
        "days": [
            {
                "on": day.on.isoformat(),
                "not_encoded": list(day.missing),
                "field": None if day.field is None else _field(day.field),
                "statuses": [{"chip": status.chip.id, **_status(status)} for status in day.statuses],
            }
            for day in answer.days
        ],
        "chips": [_chip(chip, answer.measured[chip.id]) for chip in answer.table.chips],
        "sources": {key: _source(source) for key, source in answer.table.sources.items()},
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _status(status: Status) -> dict[str, Any]:
    return {
        "on": status.on.isoformat(),
        "status": status.kind,
        "entry": status.code,
        "entries": list(status.entries),
        "entries_open": list(status.entries_open),
        "outcome": status.outcome,
        "best": status.best,
        "worst": status.worst,
        "provisions": [held.rule.id for held in status.needs],
        "policies": list(status.policies),
        "policies_open": list(status.policies_open),
        "asks": list(status.asks),
        "unclassified": status.unclassified,
        "announced": status.announced,
    }


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _field(field: Field) -> dict[str, Any]:
    return {
        "since": field.since.isoformat(),
        "across": field.across,
        "entries": list(field.codes),
        "lines": [{"fact": line.fact, "at": _end(line.at), "cites": list(line.cites)} for line in field.lines],
        "areas": [_area(area) for area in field.areas],
    }


def _area(area: Area) -> dict[str, Any]:
    across, up = [_end(end) for end in area.across], [_end(end) for end in area.up]
    return {"across": across, "up": up, "for_datacenters": area.code, "others": area.other}


def _chip(chip: Chip, measured: Mapping[str, Exact]) -> dict[str, Any]:
    return {
        "id": chip.id,
        "name": chip.name,
        "maker": chip.maker,
        "note": chip.note,
        "launched": _stated(chip.launched),
        "memory": _stated(chip.memory),
        **{name: _stated(stated) for name, stated in chip.stated.items()},
        "rates": [{"form": rate.form, **_stated(rate.tops), "bits": rate.bits_text} for rate in chip.rates],
        "measured": {fact: [_end(end) for end in ends] for fact, ends in measured.items()},
    }


def _stated(stated: Stated) -> dict[str, Any]:
    return {"is": stated.text, "sources": list(stated.sources), "note": stated.note}


def _source(source: Source) -> dict[str, str]:
    return {"cite": source.cite, "url": source.url, "note": source.note}


def _end(end: Fraction | None) -> float | None:
    return None if end is None else round(float(end), _DIGITS)
