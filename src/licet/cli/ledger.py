"""`licet ledger`: what was decided, by whom, by which law; and the proof that nobody changed it since."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from licet.cli.check import Format
from licet.cli.keeping import who
from licet.render import output
from licet.render.clean import one_line

app = typer.Typer(no_args_is_help=True, help="Decisions kept: chained, signed, shown and made again.")
NOT_SO = 1  # what was kept is not as it was, or comes out otherwise
ERASED, UNAVAILABLE = 14, 15
Number = Annotated[int, typer.Argument(metavar="N", min=1, help="The number of the record.")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="Who does it; your login name without it.")]
Reason = Annotated[str, typer.Option("--reason", help="Why.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON.")]


@app.command()
def start(
    url: Annotated[str, typer.Argument(metavar="URL", help="A database; a file in Licet's own folder without.")] = "",
    by: By = "",
    years: Annotated[int, typer.Option("--years", min=0, max=100, help="Keep all at least so long.")] = 0,
) -> None:
    """Set up a ledger: from now on all that is decided and found out is kept in it.

    URL is sqlite:///FILE or postgresql://USER@HOST/NAME. The key that signs is made beside it: keep a copy of it.
    """
    from licet.services.ledger.opening import start as set_up

    ledger = set_up(url, who(by), years)
    print(f"A ledger is set up. Its public key is {ledger.signer.public}.")
    print("Give checkpoints to somebody else (licet ledger checkpoint): they prove that nothing was changed since.")


@app.command("list")
def list_(
    most: Annotated[int, typer.Option("--most", min=1, help="How many of the newest.")] = 20, as_json: Json = False
) -> None:
    """The newest records, the last one first."""
    from itertools import islice

    from licet.ledger import store as tables
    from licet.ledger.intact import check_intact
    from licet.render.ledger import summed
    from licet.services.ledger.opening import open_kept

    with open_kept().reading() as connection:
        records = [*islice(tables.each(connection, newest=True), most)]
    for record in records:
        check_intact(record, {})
    if as_json:
        print(json.dumps([record.plain() for record in records], ensure_ascii=False, indent=2))
        return
    for record in records:
        says = record.says
        at = says["at"][:16].replace("T", " ")
        print(f"{record.number:>7}  {at}  {record.kind:14}  {summed(record)}".rstrip())


@app.command()
def show(
    number: Number,
    form: Annotated[Format, typer.Option("--format", help="How to write the decision.")] = Format.TEXT,
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write it to FILE.")] = "",
) -> None:
    """What was kept as it was given, with who made it, when, and what came after."""
    from licet.render.ledger import shown
    from licet.services.ledger.opening import open_kept
    from licet.services.ledger.show import read_shown

    output.deliver(shown(read_shown(open_kept(), number), form.value, bool(out)), out, True)


@app.command()
def verify(
    checkpoint: Annotated[
        list[Path] | None, typer.Option("--checkpoint", metavar="FILE", help="A checkpoint that somebody else kept.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Whether anything was changed: every record, link, signature, part and kept law. Exit code 1 if so."""
    from licet.ledger.checkpoint import read_checkpoint
    from licet.ledger.verify import verify as hold
    from licet.services.ledger.opening import open_kept, own_checkpoints

    given = [read_checkpoint(path) for path in checkpoint or ()]
    found = hold(open_kept(), [*own_checkpoints(), *given])
    if as_json:
        print(json.dumps(asdict(found), indent=2))
    else:
        for one in found.findings:
            print(f"record {one.number}: {one.text}" if one.number else one.text)
        told = f"{found.records:,} records, {found.erased:,} erasures, {found.checkpoints:,} checkpoints"
        print(f"{told}: {'nothing was changed' if not found.findings else 'THIS LEDGER IS NOT AS IT WAS'}")
        print(f"signed with {', then '.join(found.keys)}")
    raise typer.Exit(NOT_SO if found.findings else 0)


@app.command()
def replay(
    number: Number,
    today: Annotated[bool, typer.Option("--today", help="By the law of now, and say what differs.")] = False,
    as_json: Json = False,
) -> None:
    """Make a decision, classification, ownership determination or screening again from what was kept.

    Exit codes: 0 the same, 1 differs, 14 erased, 15 engine unavailable.
    """
    from licet.services.home import open_checker
    from licet.services.ledger.opening import open_kept
    from licet.services.ledger.replay import replay as again
    from licet.services.ledger.replay import replay_today

    found = replay_today(open_kept(), number, open_checker()) if today else again(open_kept(), number)
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        print(f"record {number}: {found.status}{': ' * bool(found.why)}{found.why}")
        for line in found.differences:
            print(f"  {one_line(line)}")
    raise typer.Exit({"same": 0, "differs": NOT_SO, "erased": ERASED}.get(found.status, UNAVAILABLE))


@app.command()
def erase(number: Number, reason: Reason, by: By = "") -> None:
    """Erase what a record rests on, and its answer, for good. The chain stays whole.

    Refused while a duty to keep it or a hold stands against it.
    """
    from licet.services.ledger.opening import open_ledger

    record = open_ledger().erase(number, who(by), reason, datetime.now(UTC).date())
    print(f"Record {number} is erased; record {record.number} says so.")


@app.command()
def hold(number: Number, reason: Reason, by: By = "") -> None:
    """A legal hold: nobody can erase the record while it stands."""
    from licet.services.ledger.opening import open_ledger

    print(f"Record {number} is held by record {open_ledger().hold(number, who(by), reason).number}.")


@app.command()
def release(number: Number, reason: Reason, by: By = "") -> None:
    """End the holds on a record."""
    from licet.services.ledger.opening import open_ledger

    print(f"Record {number} is free; record {open_ledger().release(number, who(by), reason).number} says so.")


@app.command()
def rotate(reason: Reason, by: By = "") -> None:
    """Put a new key in the place of the one that signs, and make a checkpoint with it. Keep a copy of the new one."""
    from licet.services.ledger.opening import rotate as turn

    ledger, record = turn(who(by), reason)
    print(f"Record {record.number} names the new key, {ledger.signer.public}.")
    print(
        "The one before adds nothing any more. Keep a copy of the new one, and hand it to all who write to this ledger."
    )


@app.command()
def checkpoint(
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Write it to FILE.")] = "",
) -> None:
    """How far the chain has come, signed: give it to somebody else. One is made on each day with a decision."""
    from licet.services.ledger.opening import make_checkpoint, open_ledger

    output.deliver(make_checkpoint(open_ledger()).text(), out, True)


@app.command()
def export(
    out: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.zip", help="The file to write.")],
) -> None:
    """The whole ledger as a ZIP file that others can hold against its hashes without Licet."""
    from licet.services.ledger.export import export as write
    from licet.services.ledger.opening import open_kept

    print(f"{write(open_kept(), out):,} records written to {out}")
