"""`licet law`: look at the law, test it, mutate it, write it."""

from __future__ import annotations

from typing import Annotated

import typer

from licet.rules.corpus import read_law_with_problems
from licet.services import mutate
from licet.services.home import law_root
from licet.services.lawtest import failures, read_tests

app = typer.Typer(no_args_is_help=True, help="The law: look at it, test it, write it.")


@app.command()
def check() -> None:
    """Loader errors, dangling references, missing sources and tests."""
    root = law_root()
    law, problems = read_law_with_problems(root)
    for problem in problems:
        typer.echo(str(problem))
    typer.echo(f"{len(law.rules)} rules, {len(law.instruments)} instruments, {len(problems)} problems")
    raise typer.Exit(1 if problems else 0)


@app.command()
def test(ids: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    """Run the tests beside the law: of all rules, or of those whose id begins with one of IDS."""
    root = law_root()
    law, _ = read_law_with_problems(root)
    count = failed = 0
    for rule in law.rules.values():
        if ids and not any(rule.id.startswith(prefix) for prefix in ids):
            continue
        tests = read_tests(law, root, rule)
        count += len(tests)
        for failure in failures(law, rule, tests):
            failed += 1
            typer.echo(failure)
    typer.echo(f"{count} tests, {failed} failures")
    raise typer.Exit(1 if failed else 0)


@app.command("mutate")
def mutate_command(ids: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    """Change rules a little and see whether their tests notice."""
    root = law_root()
    law, _ = read_law_with_problems(root)
    total = alive = 0
    for rule in law.rules.values():
        if ids and not any(rule.id.startswith(prefix) for prefix in ids):
            continue
        run = mutate.run(law, rule, read_tests(law, root, rule))
        total += run.total
        alive += len(run.alive)
        for name in run.alive:
            typer.echo(f"{rule.id}: alive: {name}")
        for name in run.stale:
            typer.echo(f"{rule.id}: listed as equivalent, but killed or gone: {name}")
    typer.echo(f"{total} mutants, {alive} alive")
    raise typer.Exit(1 if alive else 0)
