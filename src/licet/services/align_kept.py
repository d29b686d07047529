"""Alignments for a server: worked out one at a time, since each takes seconds, and the last ones kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from licet.facts.errors import CaseError, nearest, quoted
from licet.services.align import Asked, align
from licet.services.align_model import AlignAnswer
from licet.services.align_read import names
from licet.services.check import Checker

MOST_KEPT = 64
_Key = tuple[str, str, Asked]


@dataclass(slots=True)
class Alignments:
    """The last answers, by the law, the technology and what was asked."""

    lock: Lock = field(default_factory=Lock)
    kept: dict[_Key, AlignAnswer] = field(default_factory=dict)

    def ask(self, checker: Checker, root: Path, technology: str, asked: Asked) -> AlignAnswer:
        """The matrix of a technology of the law; a file of one's own is none. Raises LicetError."""
        known = names(root)
        if technology not in known:
            hint = nearest(technology, known) or f"one of {', '.join(known)}"
            raise CaseError.one("E_TECHNOLOGY", f"there is no technology {quoted(technology)}", hint=hint)
        key = (checker.law.hash, technology, asked)
        with self.lock:
            found = self.kept.pop(key, None)
            if found is None:
                # A checker of its own: it is for one thread at a time, and this takes long.
                found = align(Checker(checker.law, checker.known, {}), root, technology, asked)
            self.kept[key] = found
            while len(self.kept) > MOST_KEPT:
                del self.kept[next(iter(self.kept))]
        return found
