"""An answer to one case on one day, and the forms it can be shown in."""

from __future__ import annotations

from dataclasses import dataclass

from licet.facts.errors import Problem
from licet.logic.decision import Decision
from licet.rules.law import Law
from licet.services.check import Options

BAD_INPUT = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision, or what was wrong with the case."""

    file: str
    decision: Decision | None
    problems: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """The exit code of this answer alone."""
        return BAD_INPUT if self.decision is None else self.decision.exit_code


def show(answers: list[Answer], law: Law, form: str, options: Options, to_file: bool) -> str:
    """The answers in one form: text, json, markdown or html."""
    # Each form is loaded only when asked for: rich alone costs more than a decision.
    if form == "json":
        from licet.render.asjson import answers_json

        return answers_json(answers)
    from licet.render.build import Builder

    pages = [Builder(law, options.language).page(a.decision, options.proof) for a in answers if a.decision is not None]
    if form == "html":
        from licet.render.html import html

        return html(pages, options.language)
    if form == "markdown":
        from licet.render.markdown import markdown

        return "\n".join(markdown(page) for page in pages)
    from licet.render.text import text

    return text(pages, to_file)
