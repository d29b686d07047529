"""Making what was kept again, from what it was made on and the law that was kept, or with the law of today."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from licet.facts.errors import LicetError
from licet.ledger import store as tables
from licet.ledger.canonical import canonical, digest
from licet.ledger.intact import check_intact
from licet.ledger.ledger import missing
from licet.ledger.record import BATCH, HIT, IMPACT, KEPT, SCREENING, Record
from licet.ledger.store import Store
from licet.rules.compiled import Refused
from licet.services.check import SEMANTICS, Checker
from licet.services.kept import Compiled, unseal
from licet.services.ledger.parts import ANSWER, INPUTS
from licet.services.ledger.remake import NEEDED, remake
from licet.services.ledger.rescreen import Open, open_here, rescreen

SAME, DIFFERS, ERASED, UNAVAILABLE = STATUSES = ("same", "differs", "erased", "engine_unavailable")
MOST = 50  # differences that are told
_NAMES = ("id", "fact", "of", "item", "party", "rule", "row")  # what tells things of an answer apart
_NEEDED = NEEDED | {SCREENING: {INPUTS, ANSWER}}
_NO_REPLAY = {
    HIT: "a person decided it",
    BATCH: "its lines are not kept: licet batch explain makes the answer to a line again",
    IMPACT: "its lines are not kept: licet impact on the files with these hashes makes it again",
}


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it: the status, in one line why, the differences, and both answers where there are two."""

    number: int
    status: str
    why: str = ""
    differences: tuple[str, ...] = ()
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A record with the parts that were kept beside it."""

    record: Record
    parts: dict[str, Any]
    law: bytes | None


def read_kept(store: Store, number: int, with_law: bool = True) -> Kept:
    """What is kept under a number. Raises CaseError where there is nothing, or not what was kept.

    A law that is not the one that was kept is none.
    """
    with store.reading() as connection:
        record = tables.one(connection, number)
        if record is None or record.kind not in KEPT:
            raise missing(number)
        beside = tables.parts(connection, number)
        check_intact(record, beside)
        named = record.says.get("law", {}).get("kept")
        law = tables.blob(connection, named) if with_law and named else None
        parts = {name: json.loads(data) for name, (_, data) in beside.items()}
        return Kept(record, parts, law if law is not None and digest(law) == named else None)


def replay(store: Store, number: int, open_screener: Open = open_here) -> Replay:
    """Decide again with the law that was kept, or screen again on the lists as they were known. Raises CaseError."""
    kept = read_kept(store, number)
    says = kept.record.says
    needed = _NEEDED.get(kept.record.kind)
    if needed is None:
        return Replay(number, UNAVAILABLE, _NO_REPLAY[kept.record.kind])
    if not needed <= set(kept.parts):
        return Replay(number, ERASED, "what was decided on has been erased")
    if says["semantics"] != SEMANTICS:
        return Replay(number, UNAVAILABLE, f"decided by {says['engine']}; this is semantics {SEMANTICS}")
    if kept.law is None:
        return Replay(
            number, UNAVAILABLE, "the law it was decided by is gone or changed; licet ledger verify tells more"
        )
    try:
        compiled = unseal(kept.law, says["law"]["reader"])
    except Refused as bad:
        return Replay(number, UNAVAILABLE, f"this version cannot read the law as it was kept ({bad})")
    if kept.record.kind == SCREENING:
        return _screened(kept, compiled, open_screener)
    return _compared(kept, compiled, says["engine"])


def _screened(kept: Kept, compiled: Compiled, open_screener: Open) -> Replay:
    number, before = kept.record.number, kept.parts[ANSWER]
    try:
        after = rescreen(kept.record, kept.parts[INPUTS], compiled, open_screener)
    except LicetError as error:
        return Replay(number, UNAVAILABLE, str(error), (), before)
    if after is None:
        why = "the lists it was made on are not here as they were then: use the folder of lists of that time"
        return Replay(number, UNAVAILABLE, why, (), before)
    by_place = [{str(place): one for place, one in enumerate(answers, 1)} for answers in (before, after)]
    told = tuple(differences(*by_place))
    return Replay(number, DIFFERS if told else SAME, "", told, before, after)


def replay_today(store: Store, number: int, checker: Checker) -> Replay:
    """Answer by another law what was kept, a case with the kept facts of lists. Raises CaseError."""
    kept = read_kept(store, number, with_law=False)
    needed = NEEDED.get(kept.record.kind)
    if needed is None:
        return Replay(number, UNAVAILABLE, f"no {kept.record.kind} is made again by the law of now")
    if not needed <= set(kept.parts):
        return Replay(number, ERASED, "what was decided on has been erased")
    return _compared(kept, Compiled(checker.law, checker.known), "")


def _compared(kept: Kept, compiled: Compiled, engine: str) -> Replay:
    record, before = kept.record, kept.parts[ANSWER]
    try:
        after = remake(record.kind, record.says, kept.parts, compiled, engine)
    except LicetError as error:
        told = tuple(str(problem) for problem in error.problems)
        return Replay(record.number, DIFFERS, "it cannot be decided now", told, before)
    if canonical(before) == canonical(after):
        return Replay(record.number, SAME, "", (), before, after)
    # Read as it is kept, so that both are of the same types.
    after = json.loads(canonical(after))
    return Replay(record.number, DIFFERS, "", tuple(differences(before, after)), before, after)


def differences(before: Any, after: Any) -> list[str]:
    """Where two answers differ, each as a path and both values, at most `MOST` of them."""
    found = list(_differences("", before, after))
    rest = len(found) - MOST
    return found if rest <= 0 else [*found[:MOST], f"and {rest} more"]


def _differences(path: str, before: Any, after: Any) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            yield from _differences(f"{path}.{key}" if path else key, before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list) and path != "proof":
        named = [_by_name(one) for one in (before, after)]
        if None not in named:
            yield from _differences(path, *named)
        elif before != after:
            yield f"{path}: {_short(before)} -> {_short(after)}"
    elif before != after:
        yield f"{path}: {_short(before)} -> {_short(after)}"


def _by_name(values: list[Any]) -> dict[str, Any] | None:
    """A list of things with names as a mapping; None where they have none, or one twice."""
    keys = [
        ":".join(str(one[key]) for key in _NAMES if one.get(key) and isinstance(one[key], str | int))
        if isinstance(one, dict) else "" for one in values
    ]  # fmt: skip
    return dict(zip(keys, values, strict=True)) if all(keys) and len(set(keys)) == len(keys) else None


def _short(value: Any) -> str:
    text = "nothing" if value in (None, [], {}, "") else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:117]}…"
