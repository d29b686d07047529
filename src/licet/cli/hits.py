"""`licet hits`: decisions on hits of `licet screen`, kept and applied again until the entry changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from licet.cli.keeping import Keep, ledger
from licet.cli.screen import Kind
from licet.facts.errors import CaseError
from licet.render.clean import one_line

if TYPE_CHECKING:
    from licet.parties.entry import Entry
    from licet.services.hits import Decision

app = typer.Typer(no_args_is_help=True, help="Decisions on hits: true or false match, by whom and why.")
By = Annotated[str, typer.Option("--by", metavar="WHO", help="Who decides.")]
Reason = Annotated[str, typer.Option("--reason", help="Why.")]
_Texts = list[str] | None


class Format(StrEnum):
    """How decisions are written."""

    TEXT = "text"
    JSON = "json"


@app.command()
def decide(  # noqa: PLR0913, PLR0917 - one for each option
    name: Annotated[str, typer.Argument(metavar="NAME", help="The party as it was screened.")],
    entry: Annotated[str, typer.Argument(metavar="LIST:ENTRY", help="The entry, such as us.sdn:45391.")],
    reason: Reason,
    by: By,
    true: Annotated[bool, typer.Option("--true", help="It is the party.")] = False,
    false: Annotated[bool, typer.Option("--false", help="It is another party.")] = False,
    later: Annotated[bool, typer.Option("--later", help="Left open for now.")] = False,
    country: Annotated[_Texts, typer.Option("--country", help="As it was screened.")] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="As it was screened.")] = None,
    born: Annotated[_Texts, typer.Option("--born", metavar="DATE", help="As it was screened.")] = None,
    number: Annotated[_Texts, typer.Option("--id", metavar="NUMBER", help="As it was screened.")] = None,
    address: Annotated[_Texts, typer.Option("--address", help="As it was screened.")] = None,
    keep: Keep = None,
) -> None:
    """Keep a decision on a hit. It holds for the same question (name, country, birth …) until the entry changes."""
    from licet.services.hits import Hits
    from licet.services.home import home
    from licet.services.screen_rows import Told, asked

    chosen = [word for word, said in (("true", true), ("false", false), ("later", later)) if said]
    if len(chosen) != 1:
        raise CaseError.one("E_DECISION", "say what it is", hint="one of --true, --false, --later")
    told = Told(
        country=";".join(country or ()),
        born=";".join(born or ()),
        id=";".join(number or ()),
        kind=kind.value if kind else "",
        address="\n".join(address or ()),
    )
    party = asked(name, told, ())
    if party.problem or party.notes:
        raise CaseError.one("E_VALUE", party.problem.message if party.problem else "; ".join(party.notes))
    found = _entry(entry)
    before = _before(keep)
    _show(Hits.open(home()).decide(party.query, found, chosen[0], by, reason, before))


def _before(keep: bool | None) -> Callable[[Decision], object]:
    """What keeps a decision in the ledger before it counts, where there is one."""
    found = ledger(keep)
    if found is None:
        return lambda _: None
    from licet.services.ledger.hits import keep_hit

    return partial(keep_hit, found)


def _entry(text: str) -> Entry:
    """The entry of a list in use. Raises CaseError."""
    from licet.services.screen_open import open_store

    name, colon, number = text.partition(":")
    store = open_store()
    loaded = store.on(name) if name in store.lists() else None
    if not colon or loaded is None:
        hint = f"write LIST:ENTRY; loaded are {', '.join(store.lists()) or 'none'}"
        raise CaseError.one("E_LIST", f"there is no list {name!r}", hint=hint)
    for entry in loaded.entries:
        if entry.id == number:
            return entry
    raise CaseError.one("E_ENTRY", f"{name} has no entry {number!r}", hint="licet screen shows the entry of each hit")


@app.command("list")
def show(form: Annotated[Format, typer.Option("--format")] = Format.TEXT) -> None:
    """The decisions that are kept, the newest first."""
    from licet.services.hits import Hits
    from licet.services.home import home

    made = Hits.open(home()).standing()
    if form is Format.JSON:
        typer.echo(json.dumps([_plain(one) for one in made], ensure_ascii=False, indent=1))
        return
    for one in made:
        _show(one)
    if not made:
        typer.echo("nothing has been decided")


@app.command()
def forget(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `licet hits list` shows it.")],
    reason: Reason,
    by: By,
    keep: Keep = None,
) -> None:
    """Let a decision count no more: the hit is open again. It stays on file, with who let it go and why."""
    from licet.services.hits import Hits
    from licet.services.home import home

    hits = Hits.open(home())
    for one in hits.standing():
        if one.number == number:
            hits.forget(one, by, reason, _before(keep))
            typer.echo(f"forgotten: {_words(one)}")
            return
    raise CaseError.one("E_DECISION", f"there is no decision {number} that counts", hint="see licet hits list")


def _show(one: Decision) -> None:
    typer.echo(f"{one.number}: {_words(one)}")


def _words(one: Decision) -> str:
    words = {"true": "is", "false": "is not", "later": "may be"}[one.decision]
    return one_line(
        f"{one.asked} {words} {one.name} ({one.list}:{one.entry}), {one.by} on {one.at:%Y-%m-%d}: {one.reason}"
    )


def _plain(one: Decision) -> dict[str, object]:
    found = asdict(one) | {"at": one.at.isoformat()}
    return {key: value for key, value in found.items() if key not in ("key", "content")}
