"""Cases in the making, on disk: each step of each draft of an account, so that one can go back, reload and go on.

A state never changes: its name holds the digest of what it says, so the same step made twice is the same state, and
several processes can write at once. They lie in Licet's own folder until they are dropped, or are the oldest of many.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from licet.facts.errors import CaseError
from licet.ledger.canonical import canonical, digest
from licet.services.home import home

MOST_BYTES = 1_000_000  # of a state
MOST_DRAFTS = 200  # of an account
MOST_STATES = 2_000  # of an account; of more, the oldest that are not the last of their draft go
SHOWN = 50
_NAME = re.compile(r"([0-9a-f]{16})-[0-9a-f]{24}")


@dataclass(frozen=True, slots=True)
class State:
    """A case at one step: as plain data, with the keys of the questions nobody could answer."""

    draft: str
    case: dict[str, Any]
    declined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it is listed: the name of its last state, its title, and when it was last worked on."""

    name: str
    title: str
    changed: datetime


def begin(case: dict[str, Any]) -> State:
    """The first state of a new draft."""
    return State(secrets.token_hex(8), case)


def keep(owner: str, state: State) -> str:
    """Keep a state; its name. Raises CaseError."""
    data = canonical({"case": state.case, "declined": list(state.declined)})
    if len(data) > MOST_BYTES:
        raise CaseError.one(
            "E_TOO_LARGE", f"a draft has at most {MOST_BYTES:,} bytes", hint="leave out what is not needed"
        )
    folder, name = _folder(owner), f"{state.draft}-{digest(data)[:24]}"
    _make_room(folder, state.draft)
    path = folder / f"{name}.json"
    if path.is_file():
        os.utime(path)
        return name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(dir=folder, prefix=".writing-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(made).replace(path)
    except OSError as bad:
        raise CaseError.one("E_DISK", f"the draft cannot be kept: {bad.strerror or bad}") from None
    return name


def read(owner: str, name: str) -> State:
    """A state of this account. Raises CaseError where there is none."""
    found = _NAME.fullmatch(name)
    try:
        if found is None:
            raise OSError
        kept = json.loads((_folder(owner) / f"{name}.json").read_bytes())
        return State(found[1], kept["case"], tuple(kept["declined"]))
    except (OSError, ValueError, KeyError):
        hint = "drafts are kept for the account that began them, until they are dropped"
        raise CaseError.one("E_NO_DRAFT", "there is no such draft", hint=hint) from None


def listed(owner: str) -> list[Draft]:
    """The drafts of an account, those worked on last first."""
    last: dict[str, tuple[float, Path]] = {}
    for at, path in _states(_folder(owner)):
        last[path.stem.partition("-")[0]] = (at, path)
    newest = sorted(last.values(), reverse=True)[:SHOWN]
    return [Draft(path.stem, _title(path), datetime.fromtimestamp(at, UTC)) for at, path in newest]


def drop(owner: str, name: str) -> None:
    """Drop a draft with all its states."""
    draft = name.partition("-")[0]
    for _, path in _states(_folder(owner)):
        if path.stem.startswith(f"{draft}-"):
            path.unlink(missing_ok=True)


def _title(path: Path) -> str:
    try:
        return str(json.loads(path.read_bytes())["case"].get("case", ""))
    except (OSError, ValueError, KeyError, AttributeError):
        return ""


def _folder(owner: str) -> Path:
    own = home()
    if own is None:
        raise CaseError.one("E_DISK", "there is no folder to keep drafts in", hint="LICET_HOME names one")
    return own / "drafts" / digest(owner.encode())[:32]


def _states(folder: Path) -> list[tuple[float, Path]]:
    """All states, the oldest first; one that goes meanwhile is left out."""
    found = []
    for path in folder.glob("*.json"):
        if _NAME.fullmatch(path.stem):
            try:
                found.append((path.stat().st_mtime, path))
            except OSError:
                continue
    return sorted(found)


def _make_room(folder: Path, draft: str) -> None:
    """Forget old steps where there are many. Raises CaseError where there are too many drafts."""
    states = _states(folder)
    last = {path.stem.partition("-")[0]: path for _, path in states}
    if len(last) >= MOST_DRAFTS and draft not in last:
        raise CaseError.one("E_TOO_MANY", f"there are {MOST_DRAFTS} drafts", hint="drop one that is not needed")
    kept = set(last.values())
    for _, path in states[: max(0, len(states) - MOST_STATES)]:
        if path not in kept:
            path.unlink(missing_ok=True)
