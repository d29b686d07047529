"""`licet demo`: the eight cases, on each of their days, and one proof in full."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from licet.cli.screening import with_lists
from licet.facts.errors import CaseError, Place
from licet.logic.decision import Decision, ListsUsed, ProofNode
from licet.rules.law import Law
from licet.services.check import Checker
from licet.services.demo import PLAN, Run, runs
from licet.services.home import open_checker
from licet.services.oracle import Count

MARKS = {"yes": "✓", "no": "✗", "unknown": "?"}
PROOF_OF = "h800-to-china.yaml"


def demo(
    folder: Annotated[Path, typer.Argument(help="a folder with demo.yaml and its cases")] = Path("examples"),
) -> None:
    """Decide the example cases on each of their days, then show one proof in full."""
    if not (folder / PLAN).is_file():
        raise CaseError.one(
            "E_NO_FILE", f"there is no {PLAN} here", Place(str(folder)), "name the folder of the examples"
        )
    checker = with_lists(open_checker(), always=True)
    title, shown = "", None
    for run in runs(checker, folder):
        if run.title != title:
            title = run.title
            typer.secho(f"\n{title}", bold=True)
        _show(run, checker.law)
        if run.file.name == PROOF_OF:
            shown = run
    if shown is not None:
        _lists(shown.decisions[-1].lists, checker)
        _proof(shown)


def _show(run: Run, law: Law) -> None:
    typer.echo(f"  {run.decisions[0].case}")
    for decision in run.decisions:
        typer.echo(f"    {decision.on}  {_outcome(decision)}")
        for line in _why(decision):
            typer.echo(f"                {line}")
    for line in _parties(run.decisions[-1], law):
        typer.echo(f"    {line}")
    typer.secho(f"    interview for the last day, from item, origin and route alone: {_interview(run.count)}", dim=True)


def _parties(decision: Decision, law: Law) -> list[str]:
    """The parties of the case against the lists of its last day: the best hit on each list."""
    from licet.render.say import Speaker

    speaker, lines = Speaker(law, "en"), []
    for screened in decision.screening:
        best = {hit.list: hit for hit in reversed(screened.hits) if hit.taken != "no"}
        hits = [f"{speaker.name(name)} {hit.score:.2f}" for name, hit in best.items()]
        said = {"possible": "to be decided: ", "listed": ""}.get(screened.result, "")
        lines.append(f"screened {screened.party}: {said}{', '.join(hits) or 'no hit'}")
    return lines


def _lists(lists: ListsUsed, checker: Checker) -> None:
    """The lists the parties were screened against."""
    from licet.render.say import Speaker

    speaker = Speaker(checker.law, "en")
    typer.secho("\nThe parties were screened against", bold=True)
    for name, day in sorted(lists.names.items()):
        typer.echo(f"  {speaker.name(name)} ({name}), {day or 'without a date'}")
    for note in lists.notes:
        typer.secho(f"  {note}", dim=True)


def _interview(count: Count) -> str:
    """What an interview came to: settled, or still open because the case itself does not know."""
    answers = "1 answer" if count.count == 1 else f"{count.count} answers"
    if count.bounds.best == count.bounds.worst:
        return f"settled by {answers}"
    return f"open after {answers}, as the case leaves it" if count.count else "stays open: see licet ask"


def _outcome(decision: Decision) -> str:
    """The headline, with what it may still become, and what has a say but is not covered."""
    if decision.coverage.level == "none":
        return "no law that is encoded has a say; what has one is not covered"
    words = decision.outcome.replace("_", " ")
    if decision.bounds.best != decision.bounds.worst:
        words += f" (from {decision.bounds.best.replace('_', ' ')} to {decision.bounds.worst.replace('_', ' ')})"
    return words if decision.coverage.level == "complete" else f"{words}; coverage {decision.coverage.level}"


def _why(decision: Decision) -> list[str]:
    """What is required or forbidden, how it is reviewed, the risks, and what is asked first."""
    lines = []
    for answer in decision.jurisdictions:
        for rule in (*answer.prohibitions, *answer.requirements):
            if rule.value == "yes":
                lines.append(f"{answer.id}: {rule.title} [{rule.cite}]")
        policies = [rule.detail.get("policy", "") for rule in answer.policies if rule.value == "yes"]
        if policies:
            lines.append(f"{answer.id}: reviewed under {policies[0].replace('_', ' ')}")
        lines.extend(f"{answer.id}: duty: {rule.title}" for rule in answer.duties if rule.value == "yes")
        lines.extend(f"{answer.id}: risk: {rule.title}" for rule in answer.exposures if rule.value == "yes")
        lines.extend(
            f"{answer.id}: red flag: {rule.title}"
            for rule in answer.flags
            if rule.value == "yes" and answer.id == "shared"
        )
    if decision.outcome == "unknown" and decision.questions:
        lines.append(f"asks first: {decision.questions[0].ask}")
    return list(dict.fromkeys(lines))


def _proof(run: Run) -> None:
    decision = run.decisions[-1]
    typer.secho(f"\nOne proof in full: {decision.case}, {decision.on}", bold=True)
    for node in decision.proof:
        if node.value == "yes":
            _node(node, 1)


def _node(node: ProofNode, depth: int) -> None:
    cite = f"  [{node.cite}]" if node.cite else ""
    typer.echo(f"{'  ' * depth}{MARKS[node.value]} {node.text}{cite}")
    for part in node.parts:
        _node(part, depth + 1)
