"""The law that something kept was decided by: its compiled form is kept once, by its hash."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from licet import __version__
from licet.ledger import store as tables
from licet.ledger.canonical import digest
from licet.ledger.record import BATCH, DECISION, SCREENING, THIRD_KINDS
from licet.ledger.store import Store
from licet.services.check import SEMANTICS
from licet.services.kept import Compiled, reader_hash, seal

NAMES_LAW = (DECISION, SCREENING, BATCH, *THIRD_KINDS)  # kinds of records that name a law


@dataclass(slots=True)
class LawKept:
    """What records say of the law in use. `blobs` is the law itself until it is kept."""

    compiled: Compiled
    store: Store
    law: dict[str, str] = field(default_factory=dict)
    blobs: tuple[bytes, ...] = ()

    def says(self) -> dict[str, Any]:
        """Engine, semantics and law, as a record names them."""
        if not self.law:
            self._find()
        return {
            "engine": f"licet {__version__}, semantics {SEMANTICS}",
            "semantics": SEMANTICS,
            "law": self.law,
            "blobs": [self.law["kept"]],
        }

    def kept(self) -> None:
        """The law itself lies in the ledger now."""
        self.blobs = ()

    def _find(self) -> None:
        """The hash under which the compiled law is kept; it is put into bytes only where the ledger has it not."""
        law, parties = self.compiled.law, self.compiled.parties
        own = {"snapshot": law.hash, "parties": parties.hash, "reader": reader_hash()}
        with self.store.reading() as connection:
            before = tables.newest_of(connection, NAMES_LAW)
        known = {} if before is None else before.says["law"]
        if {key: known.get(key) for key in own} == own:
            self.law = known
            return
        sealed = seal(self.compiled, own["reader"])
        self.law, self.blobs = own | {"kept": digest(sealed)}, (sealed,)
