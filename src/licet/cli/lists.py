"""`licet lists`: the lists in use, brought up to date from their publishers or from files, compared and dated.

What reads and fetches lists is imported in the commands: it is heavy, and other commands have no use for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from licet.services.lists import Report
    from licet.services.lists_sync import Started

app = typer.Typer(invoke_without_command=True, help="The lists of parties: what is in use, newer ones, changes.")
WIDE = 2000
NOT_ALL = 1
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], metavar="DATE", help="As of this day.")]
Known = Annotated[str, typer.Option("--known", metavar="TIME", help="As far as loaded by this day or time.")]
Accept = Annotated[bool, typer.Option("--accept-shrink", help="Take it though it is smaller or lacks something.")]
Unknown = Annotated[bool, typer.Option("--skip-unknown", help="Leave out, and count, rows of lists not known here.")]

Published = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The publisher's day, if not in the file.")
]


class Format(StrEnum):
    """How an answer is written."""

    text = "text"
    json = "json"


Form = Annotated[Format, typer.Option("--format")]


@app.callback()
def lists(context: typer.Context) -> None:
    """Without a command: the lists in use."""
    if context.invoked_subcommand is None:
        show()


@app.command()
def show(on: On = None, known: Known = "", form: Form = Format.text) -> None:
    """The lists in use: edition, when loaded, entries, age, and which are stale."""
    from licet.services.lists import open_store
    from licet.services.lists_view import known_time, not_loaded, state_json

    store, day, time = open_store(), on.date() if on else None, known_time(known)
    states = store.state(day, time, date.today())
    if form is Format.json:
        _json(state_json(states, store.snapshot_id(day, time), not_loaded(store, time)))
        return
    rows = [
        (one.list, one.title, _or_dash(one.edition), f"{one.loaded_at:%Y-%m-%d}", f"{one.entries:,}", _age(one.age),
         "stale" if one.stale else "")
        for one in states
    ]  # fmt: skip
    _table(("list", "title", "edition", "loaded", "entries", "age", ""), rows)
    for one in states:
        if one.stale:
            _say(f"stale: {one.words}")
    if states:
        _say(f"not loaded: {', '.join(not_loaded(store, time)) or 'none'}")
    _say(f"{len(states)} lists, snapshot {store.snapshot_id(day, time)[:12]}" if states else _NOTHING)


_NOTHING = "no lists are loaded - `licet lists sync` fetches them, `licet lists add FILE` loads them from disk"


@app.command()
def sync(
    names: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Publications, lists; else all.")] = None,
    proxy: Annotated[str, typer.Option(help="A proxy; else the one HTTPS_PROXY names.")] = "",
    accept_shrink: Accept = False,
    skip_unknown: Unknown = False,
) -> None:
    """Bring the lists up to date from their publishers, over HTTPS. Exit code 1 if one could not be."""
    from licet.services.lists import Reading, open_store
    from licet.services.lists_fetch import Fetcher
    from licet.services.lists_sync import Syncing, chosen
    from licet.services.lists_sync import sync as run

    store = open_store()
    publications = chosen(store, names or [])
    reading = Reading(accept_shrink=accept_shrink, skip_unknown=skip_unknown)
    with Fetcher(proxy) as fetcher, _progress() as started:
        syncing = Syncing(store, fetcher, lambda: datetime.now(UTC), started, reading)
        good = _tell(run(syncing, publications, bool(names)))
    raise typer.Exit(0 if good else NOT_ALL)


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    as_list: Annotated[str, typer.Option("--as", metavar="LIST", help="The list it is, such as own.customers.")] = "",
    published: Published = None,
    reader: Annotated[str, typer.Option("--format", metavar="FORMAT", help="The reader; else as the file shows.")] = "",
    latest: Annotated[
        bool, typer.Option("--latest", help="You looked: the publisher has nothing newer today.")
    ] = False,
    accept_shrink: Accept = False,
    skip_unknown: Unknown = False,
) -> None:
    """Load lists from files, with the same checks. Exit code 1 if one is refused."""
    from licet.services.lists import Reading, open_store
    from licet.services.lists import add as run

    reading = Reading(as_list, reader, published.date() if published else None, skip_unknown, accept_shrink, latest)
    raise typer.Exit(0 if _tell(run(open_store(), files, reading, datetime.now(UTC))) else NOT_ALL)


@app.command()
def diff(
    name: Annotated[str, typer.Argument(metavar="LIST")],
    old: Annotated[str, typer.Argument(help="A day, or an edition of `history`; the one before without it.")] = "",
    new: Annotated[str, typer.Argument(help="A day, or an edition; the one in use without it.")] = "",
    form: Form = Format.text,
) -> None:
    """What was added, changed and removed in a list."""
    from licet.services.lists import open_store
    from licet.services.lists_view import difference, difference_json, difference_lines

    found = difference(open_store(), name, old, new)
    if form is Format.json:
        _json(difference_json(found))
        return
    for line in difference_lines(found):
        _say(line)


@app.command()
def history(name: Annotated[str, typer.Argument(metavar="LIST")], form: Form = Format.text) -> None:
    """All editions of a list, and what each changed."""
    from licet.services.lists import open_store
    from licet.services.lists_view import history as editions
    from licet.services.lists_view import history_json

    rows = history_json(name, editions(open_store(), name))
    if form is Format.json:
        _json(rows)
        return
    cells = [
        (row["load"], _or_dash(row["edition"]), row["loaded"][:16], row["publication"], f"{row['entries']:,}",
         *(_or_dash(row[key]) for key in ("added", "changed", "removed")), "; ".join(row["accepted"]))
        for row in rows
    ]  # fmt: skip
    _table(("load", "edition", "loaded", "publication", "entries", "added", "changed", "removed", "accepted"), cells)


@app.command()
def sources(form: Form = Format.text) -> None:
    """Who publishes the lists, where, how often, and on what terms."""
    from licet.parties.store.catalogue import catalogue
    from licet.services.lists_view import sources_json

    rows = sources_json(catalogue())
    if form is Format.json:
        _json(rows)
        return
    for row in rows:
        rhythm = "as it changes" if row["every_days"] is None else f"every {row['every_days']} days"
        _say(f"{row['publication']}: {row['title']}, {row['publisher']}")
        _say(f"    lists: {', '.join(row['lists'])}")
        _say(f"    from: {', '.join(row['files']) or 'no file for machines'}")
        _say(f"    issued {rhythm}, stale after {row['stale_after_days']} days")
        _say(f"    terms: {row['terms']}{' (' + row['terms_source'] + ')' if row['terms_source'] else ''}")
        if row["note"]:
            _say(f"    note: {row['note']}")


def _tell(reports: Iterable[Report]) -> bool:
    """One line for each, its problems on standard error; whether all are good."""
    from licet.render.output import complain

    good = True
    for report in reports:
        good = good and report.good
        _say(f"{report.name}: {report.status}{_loaded(report)}")
        for note in report.notes:
            _say(f"    {note}")
        for problem in report.problems:
            complain(problem)
    return good


def _loaded(report: Report) -> str:
    from licet.services.lists_view import edition_words

    if report.load is None:
        return ""
    lines = [f", {edition_words(report.load)}"]
    for one in report.load.snapshots:
        what = "" if one.added is None else f" ({one.added:,} added, {one.changed:,} changed, {one.removed:,} removed)"
        left = "".join(f"; left out: {count} {reason}" for reason, count in one.skipped.items())
        lines.append(f"    {one.list}: {one.entries:,} entries, {one.names:,} names{what}{left}")
    lines += [f"    accepted: {text}" for text in report.load.accepted]
    return "\n".join(lines if report.status == "loaded" else lines[:1])


@contextmanager
def _progress() -> Iterator[Started]:
    """Bars on standard error, for a terminal only."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:

        def started(remote: Any) -> Callable[[int, int | None], None]:
            task = bars.add_task(remote.name, total=None)
            return lambda done, total: bars.update(task, completed=done, total=total)

        yield started


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from licet.render.clean import one_line

    table = Table(*head, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    _console().print(table)


def _console() -> Console:
    """The terminal; in a pipe, lines wide enough that nothing is cut off."""
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=WIDE)


def _say(text: str) -> None:
    from licet.render.clean import printable

    typer.echo(printable(text))


def _json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _or_dash(value: object) -> str:
    return "-" if value is None else str(value)


def _age(days: int | None) -> str:
    return "-" if days is None else f"{days} d"
