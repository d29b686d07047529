"""Keeping what is found out and decides no single case: classifications, ownership determinations and impacts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from licet.facts.plain import to_plain
from licet.ledger.adding import Entry
from licet.ledger.canonical import canonical, digest
from licet.ledger.ledger import Ledger, Once
from licet.ledger.record import CLASSIFICATION, IMPACT, OWNERSHIP, Record
from licet.services.classify import Classification, as_plain
from licet.services.ledger.lawkept import LawKept
from licet.services.ledger.parts import ANSWER, BY, INPUTS
from licet.services.own_answer import OwnersAnswer
from licet.services.own_given import GraphGiven

if TYPE_CHECKING:
    from licet.services.impact.made import Made
    from licet.services.impact.model import ImpactAnswer

Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ItemsGiven:
    """Items as they were given: the text of a file (`yaml`) or a request (`json`), the lists that were asked for.

    `said` are the words that their facts were read from, where an agent read them.
    """

    text: str
    form: str
    schemes: tuple[str, ...] = ()
    said: Sequence[Said] = ()


@dataclass(frozen=True, slots=True)
class FindingsKeeper:
    """Keeps findings in a ledger. When a method returns, its record is on disk; each raises CaseError."""

    ledger: Ledger
    law: LawKept
    by: str

    def classification(
        self, given: ItemsGiven, found: Sequence[Classification], once: Once | None = None, by: str = ""
    ) -> Record:
        """Keep which entries describe items: their codes for good, what the items are only as long as not erased."""
        schemes = [scheme for item in found for scheme in item.schemes]
        codes: dict[str, set[str]] = {}
        for scheme in schemes:
            codes.setdefault(scheme.scheme, set()).update(entry.code for entry in scheme.described)
        says = {
            "on": found[0].on.isoformat(),
            "items": len(found),
            "codes": {name: sorted(said) for name, said in sorted(codes.items())},
            "open": sum(len(scheme.open) for scheme in schemes),
        }
        inputs = asdict(given) | {"said": [*given.said]}
        return self._keep(CLASSIFICATION, says, inputs, as_plain(found), once, by)

    def ownership(
        self,
        given: GraphGiven,
        targets: Sequence[str],
        answer: OwnersAnswer,
        once: Once | None = None,
        by: str = "",
    ) -> Record:
        """Keep what ownership rules make of a graph: how many tests came to what, and no name, for good."""
        tests = Counter(one.value for target in answer.targets for one in target.leading)
        says = {
            "on": answer.on,
            "entities": len(answer.entities),
            "targets": len(answer.targets),
            "tests": dict(sorted(tests.items())),
            "lists": answer.lists,
            "exit_code": answer.exit_code,
        }
        inputs = asdict(given) | {"targets": [*targets]}
        return self._keep(OWNERSHIP, says, inputs, to_plain(answer), once, by)

    def impact(self, made: Made, answer: ImpactAnswer, once: Once | None = None, by: str = "") -> Record:
        """Keep what a change does to an order book: hashes and counts; no line of it, as of a batch.

        A law with a proposal is called by the proposal's title: here its hash stands for it.
        """
        says = made.hashes | {
            "sides": [{"on": side.on, "law": side.law.partition(" ")[0]} for side in (answer.before, answer.after)],
            "lines": answer.lines,
            "flipped": answer.flipped,
            "reasons": sum(move.lines for move in answer.reasons),
            "open": answer.open,
            "rejected": answer.rejected,
            "exit_code": answer.exit_code,
            "result_sha256": digest(canonical(to_plain(answer))),
        }
        inputs = made.names | {"called": [answer.before.name, answer.after.name]}
        return self._keep(IMPACT, says, inputs, None, once, by)

    def _keep(self, kind: str, says: Said, inputs: Said, answer: Any, once: Once | None, by: str) -> Record:
        parts = {INPUTS: canonical(inputs), BY: canonical(by or self.by)}
        if answer is not None:
            parts[ANSWER] = canonical(answer)
        record = self.ledger.keep(Entry(self.law.says() | says, parts, self.law.blobs), once, kind)
        self.law.kept()
        return record
