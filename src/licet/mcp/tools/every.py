"""All tools, as they are told to a client."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mcp_types as types
from pydantic import BaseModel

from licet.mcp import arguments
from licet.mcp.tools import ask, check, classify, explain, facts, screen
from licet.services.serve import Service


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: what it is for, what it takes, what it gives, and what does it."""

    name: str
    title: str
    about: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    does: Callable[[Any], BaseModel]
    reads_only: bool = True

    def described(self) -> types.Tool:
        """As it is told to a client."""
        return types.Tool(
            name=self.name,
            title=self.title,
            description=self.about,
            input_schema=self.takes.model_json_schema(),
            output_schema=self.gives.model_json_schema(),
            annotations=types.ToolAnnotations(
                title=self.title, read_only_hint=self.reads_only, destructive_hint=False, open_world_hint=False
            ),
        )


def tools_of(service: Service, by: str) -> list[Tool]:
    """The tools over a service. `by` is who checks, in the ledger."""

    def over(does: Callable[[Service, Any], BaseModel]) -> Callable[[Any], BaseModel]:
        return lambda asked: does(service, asked)

    return [
        Tool(
            "facts",
            "Look facts up",
            "Search the dictionary of facts: names, types, units, values, questions. Use it before you propose a fact.",
            arguments.FactsArguments,
            facts.FactsAnswer,
            over(facts.facts),
        ),
        Tool(
            "check",
            "May this go?",
            "Decide a case by the law of its day, from facts with the words they came from, or from a case file: the "
            "outcome, what decides with citations, what is unknown and what is not covered. Unknown is never a clear. "
            "Kept in the ledger where one is set up.",
            arguments.CheckArguments,
            check.CheckAnswer,
            lambda asked: check.check(service, asked, by),
            reads_only=service.keeper is None,
        ),
        Tool(
            "ask",
            "What to ask next",
            "The next question of the interview: only what can still change the outcome, nearest rule first. Give the "
            "whole case with the answers so far.",
            arguments.AskArguments,
            ask.AskAnswer,
            over(ask.ask),
        ),
        Tool(
            "screen",
            "Names on the lists",
            "Hold names in any script against the lists of parties that are loaded: hit, not_clear or clear, and why. "
            "Kept in the ledger where one is set up.",
            arguments.ScreenArguments,
            screen.ScreenAnswer,
            lambda asked: screen.screen(service, asked, by),
            reads_only=service.keeper is None,
        ),
        Tool(
            "classify",
            "Which list entries",
            "Which entries of the control lists describe an item, which may, and what would decide it. Kept in the "
            "ledger where one is set up.",
            arguments.ClassifyArguments,
            classify.ClassifyAnswer,
            lambda asked: classify.classify(service, asked, by),
            reads_only=service.keeper is None,
        ),
        Tool(
            "explain",
            "What a provision says",
            "A provision as it stands on a day: conditions, versions, sources; with a case, its proof in that case.",
            arguments.ExplainArguments,
            explain.ExplainAnswer,
            over(explain.explain),
        ),
    ]
