"""Alignments for a server: worked out one at a time, since each takes seconds, and the last ones kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Semaphore

from licet.facts.errors import CaseError, nearest, quoted
from licet.services.align import Asked, align
from licet.services.align_model import AlignAnswer
from licet.services.align_read import names
from licet.services.check import Checker

MOST_KEPT, MOST_WAITING = 64, 4
_Key = tuple[str, str, Asked]


@dataclass(slots=True)
class Alignments:
    """The last answers, by the law, the technology and what was asked."""

    lock: Lock = field(default_factory=Lock)
    room: Semaphore = field(default_factory=lambda: Semaphore(MOST_WAITING))
    kept: dict[_Key, AlignAnswer] = field(default_factory=dict)

    def ask(self, checker: Checker, root: Path, technology: str, asked: Asked) -> AlignAnswer:
        """The matrix of a technology of the law; a file of one's own is none. Raises LicetError."""
        known = names(root)
        if technology not in known:
            hint = nearest(technology, known) or f"one of {', '.join(known)}"
            raise CaseError.one("E_TECHNOLOGY", f"there is no technology {quoted(technology)}", hint=hint)
        key = (checker.law.hash, technology, asked)
        found = self.kept.get(key)
        return self._made(key, checker, root) if found is None else found

    def _made(self, key: _Key, checker: Checker, root: Path) -> AlignAnswer:
        """An answer worked out, unless somebody else has done it meanwhile."""
        _, technology, asked = key
        if not self.room.acquire(blocking=False):
            raise CaseError.one("E_BUSY", "others are waiting for alignments already", hint="ask again in a minute")
        try:
            with self.lock:
                if key not in self.kept:
                    # A checker of its own: it is for one thread at a time, and this takes long.
                    self.kept[key] = align(Checker(checker.law, checker.known, {}), root, technology, asked)
                    while len(self.kept) > MOST_KEPT:
                        del self.kept[next(iter(self.kept))]
                return self.kept[key]
        finally:
            self.room.release()
