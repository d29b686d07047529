"""Decisions on hits: true match, false match, later; by whom, when and why. They hold until the entry changes.

One SQLite file under Licet's own folder. It only grows: a decision is never changed or taken out, a newer one stands
before it, and one that is forgotten is followed by the word that it was. A decision belongs to what was asked, all of
it: the same name with another date of birth is another question.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from licet.facts.errors import CaseError, LicetError, Place
from licet.parties.entry import Entry
from licet.parties.known import name_key
from licet.parties.match.hit import Query
from licet.services.hits_entry import changes, content, digest, text

DECISIONS = ("true", "false", "later")
FORGOTTEN = "forgotten"
FILE = "decisions.sqlite3"
VERSION = 1
WAIT_SECONDS = 10.0
MAX_WORDS = 2_000  # characters of a reason, of a name
_SCHEMA = """
CREATE TABLE IF NOT EXISTS decision (
  number INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('true', 'false', 'later', 'forgotten')), reason TEXT NOT NULL,
  asked TEXT NOT NULL, key TEXT NOT NULL, list TEXT NOT NULL, entry TEXT NOT NULL, name TEXT NOT NULL,
  hash TEXT NOT NULL, content TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS never_changed BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER IF NOT EXISTS never_deleted BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
"""
_COLUMNS = "at, who, decision, reason, asked, key, list, entry, name, hash, content"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it was made: on a query (its words and its key) and an entry with its content of that day.

    `number` is its place among all that were ever made, from 1; 0 before it is kept.
    """

    at: datetime
    by: str
    decision: str
    reason: str
    asked: str
    key: str
    list: str
    entry: str
    name: str
    hash: str
    content: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it applies to a hit. Where it does not stand any more, `changed` says what is new in the entry."""

    decision: str
    by: str
    at: datetime
    reason: str
    stands: bool
    changed: tuple[str, ...] = ()

    @property
    def silences(self) -> bool:
        """Whether the hit is known to be another party."""
        return self.stands and self.decision == "false"

    @property
    def confirms(self) -> bool:
        """Whether the hit is known to be the party."""
        return self.stands and self.decision == "true"


Key = tuple[str, str, str]
Before = Callable[[Decision], object]


def _nothing(_: Decision) -> None:
    """Do nothing before a decision is kept."""


@dataclass(slots=True)
class Hits:
    """The decisions kept in one folder; None keeps nothing and knows nothing."""

    folder: Path | None
    made: dict[Key, list[Decision]] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    @classmethod
    def open(cls, home: Path | None) -> Hits:
        """The decisions under Licet's own folder. Raises LicetError where the file is damaged."""
        hits = cls(None if home is None else home / "hits")
        for decision in hits.all():
            hits._remember(decision)
        return hits

    @property
    def _path(self) -> Path | None:
        return None if self.folder is None else self.folder / FILE

    def of(self, query: Query, entry: Entry, when: datetime | None = None) -> Decided | None:
        """The decision on this hit that was known at a moment (None: now); None where there is none."""
        if not self.made:
            return None
        made = self.made.get((query_key(query), entry.list, entry.id), ())
        last = next((one for one in reversed(made) if when is None or one.at <= when), None)
        if last is None or last.decision == FORGOTTEN:
            return None
        now = content(entry)
        stands = digest(now) == last.hash
        changed = () if stands else changes(json.loads(last.content), now)
        return Decided(last.decision, last.by, last.at, last.reason, stands, changed)

    def count(self, query: Query) -> int:
        """How many entries a decision was made on for this question."""
        return self.asked.get(query_key(query), 0) if self.made else 0

    def decide(
        self, query: Query, entry: Entry, decision: str, by: str, reason: str, before: Before = _nothing
    ) -> Decision:
        """Keep a decision. Raises CaseError where it says too little, LicetError where it cannot be kept.

        It is handed to `before` first: what fails there is not decided.
        """
        if decision not in DECISIONS:
            raise CaseError.one("E_DECISION", f"{decision!r} is no decision", hint=f"one of {', '.join(DECISIONS)}")
        _told(by, reason)
        found = content(entry)
        return self._keep(
            Decision(
                at=datetime.now(UTC),
                by=by.strip(),
                decision=decision,
                reason=reason.strip(),
                asked=asked_text(query),
                key=query_key(query),
                list=entry.list,
                entry=entry.id,
                name=entry.name,
                hash=digest(found),
                content=text(found),
            ),
            before,
        )

    def forget(self, decision: Decision, by: str, reason: str, before: Before = _nothing) -> Decision:
        """Let a decision count no more; it stays on file. Raises CaseError where it says too little, LicetError."""
        _told(by, reason)
        now = datetime.now(UTC)
        return self._keep(replace(decision, at=now, by=by.strip(), decision=FORGOTTEN, reason=reason.strip()), before)

    def standing(self) -> list[Decision]:
        """The last decision on each hit, forgotten ones left out, the newest first."""
        last = [made[-1] for made in self.made.values() if made[-1].decision != FORGOTTEN]
        return sorted(last, key=lambda one: one.at, reverse=True)

    def all(self) -> Iterator[Decision]:
        """Every decision ever made, in its order. Raises LicetError."""
        path = self._path
        if path is None or not path.exists():
            return
        with _database(path) as database:
            rows = database.execute(f"SELECT {_COLUMNS}, number FROM decision ORDER BY number").fetchall()
        for at, *rest in rows:
            yield Decision(datetime.fromisoformat(at), *rest)

    def _keep(self, decision: Decision, before: Before) -> Decision:
        path = self._path
        if path is None:
            raise CaseError.one("E_HITS", "there is no folder to keep decisions in", hint="set LICET_HOME to a folder")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as bad:
            raise _unusable(path, bad.strerror or str(bad)) from None
        before(decision)
        row = (decision.at.isoformat(), *(getattr(decision, name) for name in Decision.__slots__[1:-1]))
        with _database(path) as database, database:
            made = database.execute(f"INSERT INTO decision ({_COLUMNS}) VALUES ({', '.join('?' * len(row))})", row)
        kept = replace(decision, number=made.lastrowid or 0)
        self._remember(kept)
        return kept

    def _remember(self, decision: Decision) -> None:
        key = (decision.key, decision.list, decision.entry)
        if key not in self.made:
            self.made[key] = []
            self.asked[decision.key] = self.asked.get(decision.key, 0) + 1
        self.made[key].append(decision)


def _told(by: str, reason: str) -> None:
    for what, said in (("who decides", by), ("the reason", reason)):
        if not said.strip() or len(said) > MAX_WORDS:
            raise CaseError.one("E_DECISION", f"{what} is not told in 1 to {MAX_WORDS:,} characters")


@contextmanager
def _database(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, made where it is missing. Raises LicetError."""
    try:
        with closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as database:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version == 0:
                _make(database)
            elif version != VERSION:
                raise _unusable(path, f"it is of version {version}, this program knows {VERSION}")
            path.chmod(0o600)
            yield database
    except (sqlite3.Error, OSError) as bad:
        raise _unusable(path, str(bad)) from None


def _make(database: sqlite3.Connection) -> None:
    database.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")


def _unusable(path: Path, reason: str) -> LicetError:
    hint = "nothing was decided or applied; restore the file, or move it away and decide anew"
    return LicetError.one("E_HITS", f"the decisions on hits cannot be used: {reason}", Place(str(path)), hint)


# --- what was asked ----------------------------------------------------------------------------


def query_key(query: Query) -> str:
    """What makes two questions the same: the name and all else that was told, without case, spaces and order."""
    parts = [name_key(query.name), query.kind]
    parts += [",".join(sorted(map(name_key, told))) for told in _beside(query).values()]
    return "|".join(parts)


def asked_text(query: Query) -> str:
    """The question in words: `Zhang Wei (person, countries CN, births 1972)`."""
    more = [query.kind] if query.kind != "unknown" else []
    more += [f"{what} {', '.join(told)}" for what, told in _beside(query).items() if told]
    return f"{query.name} ({'; '.join(more)})" if more else query.name


def _beside(query: Query) -> dict[str, tuple[str, ...]]:
    return {
        "countries": query.countries,
        "births": query.births,
        "identifiers": query.identifiers,
        "addresses": query.addresses,
    }
