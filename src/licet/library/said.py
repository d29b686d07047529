"""A decision in hand: its outcome, its parts, and a page of it for a notebook."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import Any

from licet.logic.decision import Decision
from licet.render.answer import Answer, show
from licet.rules.law import Law
from licet.services.check import Options

HEIGHT = 640  # pixels of a notebook that a page takes; it scrolls inside


@dataclass(frozen=True)
class Checked:
    """What a case comes to. `decision` holds every part of it, as `licet check --format json` tells them."""

    decision: Decision
    law: Law
    options: Options

    @property
    def outcome(self) -> str:
        """The one word, such as no_licence_required, licence_required, prohibited or unknown."""
        return self.decision.outcome

    @property
    def clear(self) -> bool:
        """Whether it may go, for certain, by all the law that has a say."""
        return self.decision.exit_code == 0

    @property
    def questions(self) -> tuple[str, ...]:
        """The facts that can still change the outcome, the one most provisions wait for first."""
        return tuple(dict.fromkeys(question.fact for question in self.decision.questions))

    def as_dict(self) -> dict[str, Any]:
        """The decision in plain values, in the shape of `licet.decision-1.schema.json`."""
        told: dict[str, Any] = json.loads(self._shown("json"))
        return told

    def markdown(self) -> str:
        """The answer as Markdown."""
        return self._shown("markdown")

    def html(self) -> str:
        """The answer as a page that needs nothing else."""
        return self._shown("html")

    def _repr_html_(self) -> str:
        """The page in a frame of its own, so that its styles stay inside."""
        page = escape(self.html(), quote=True)
        return f'<iframe srcdoc="{page}" title="{escape(self.outcome)}" width="100%" height="{HEIGHT}"></iframe>'

    def __repr__(self) -> str:
        return f"<{self.outcome} on {self.decision.on}: {self.decision.case or 'a case'}>"

    def _shown(self, form: str) -> str:
        return show([Answer("", self.decision)], self.law, form, self.options, to_file=True)
