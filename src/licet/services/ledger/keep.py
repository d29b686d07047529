"""Keeping a decision: with all that is needed to make it again."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from licet.facts.case import Case
from licet.facts.plain import to_json
from licet.ledger.adding import Entry
from licet.ledger.canonical import canonical
from licet.ledger.ledger import Ledger
from licet.ledger.record import Record
from licet.logic.decision import Decision
from licet.services.check import Checker, Options, Screen
from licet.services.kept import Compiled
from licet.services.ledger.heard import Listening
from licet.services.ledger.lawkept import LawKept
from licet.services.ledger.parts import ANSWER, BY, INPUTS, LISTS
from licet.services.ledger.retention import kept_for

Screening = Callable[[date], Screen]
Said = dict[str, Any]
YAML, JSON = "yaml", "json"


class Keeper:
    """Keeps the decisions of a checker, one after the other; it listens to what the lists tell it meanwhile."""

    def __init__(self, checker: Checker, ledger: Ledger, by: str) -> None:
        self.checker, self.ledger, self.by = checker, ledger, by
        self.listening: Listening | None = None
        self.law = LawKept(Compiled(checker.law, checker.known), ledger.store)
        self.screening: Screening | None = None
        if checker.screening is not None:
            self.listen(checker.screening)

    def listen(self, screening: Screening) -> None:
        """Let the checker screen by these lists, and listen to what they tell."""
        self.screening = screening
        self.checker.screening = self._listened

    def _listened(self, day: date) -> Screen:
        assert self.screening is not None
        self.listening = Listening(self.screening(day))
        return self.listening

    def keep(
        self, text: str, case: Case, options: Options, decision: Decision, form: str = YAML, said: Sequence[Said] = ()
    ) -> Record:
        """Keep the decision just made on a case, with its text in YAML or JSON. When this returns, it is on disk.

        `said`: from which words its facts were read. Raises CaseError.
        """
        entry = self.entry(text, case, options, decision, to_json(decision), form, said=said)
        record = self.ledger.keep(entry)
        self.law.kept()
        return record

    def entry(
        self, text: str, case: Case, options: Options, decision: Decision, answer: bytes, form: str = YAML,
        by: str = "", said: Sequence[Said] = (),
    ) -> Entry:  # fmt: skip
        """What is to be kept of the decision just made, whose `answer` in JSON has its proof, for `Ledger.keep`.

        It has to be asked for before the next decision is made; then others can be made while it is kept. `by` says
        who checks, where it is not who the keeper was opened for.
        """
        heard, self.listening = self.listening, None
        says = {
            "on": decision.on,
            "outcome": decision.outcome,
            "best": decision.bounds.best,
            "worst": decision.bounds.worst,
            "coverage": decision.coverage.level,
            "exit_code": decision.exit_code,
            "lists": decision.lists.snapshot,
            "keep": [
                {"cite": kept.cite, "title": kept.title, "until": kept.until and kept.until.isoformat()}
                for kept in kept_for(decision)
            ],
        }
        parts = {
            INPUTS: canonical(_inputs(text, form, options, case) | ({"said": [*said]} if said else {})),
            LISTS: canonical(None if heard is None else heard.heard),
            ANSWER: answer,
            BY: canonical(by or self.by),
        }
        return Entry(self.law.says() | says, parts, self.law.blobs)


def _inputs(text: str, form: str, options: Options, case: Case) -> dict[str, Any]:
    return {"text": text, "form": form, "options": _options(options), "files": _beside(case)}


def _options(options: Options) -> dict[str, Any]:
    return {
        "on": options.on and options.on.isoformat(),
        "moment": options.moment and options.moment.isoformat(),
        "language": options.language,
        "law_age": options.law_age.days,
        "questions": options.questions,
    }


def _beside(case: Case) -> dict[str, str]:
    """The bills of materials that the items of a case name, which lie beside it."""
    named = {str(item.facts["item.bom"]) for item in case.items if "item.bom" in item.facts}
    folder = Path(case.file).parent
    return {name: b64encode((folder / name).read_bytes()).decode() for name in sorted(named)}
