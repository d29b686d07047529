"""`licet account`: who may ask the server, and what was refused. Who has Licet's folder is administrator here."""

from __future__ import annotations

import getpass
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from licet.facts.errors import CaseError
from licet.services.access.caller import Caller, Role

if TYPE_CHECKING:
    from licet.services.access.desk import Access

app = typer.Typer(no_args_is_help=True, help="Accounts and keys of licet serve, and what was refused.")
HERE = Caller("", Role.ADMINISTRATOR)
MOST = 100_000


class Word(StrEnum):
    """The words for roles."""

    READER = "reader"
    ANALYST = "analyst"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"

    @property
    def role(self) -> Role:
        """The role it names."""
        return Role[self.name]


Name = Annotated[str, typer.Argument(metavar="NAME", help="The account.")]
RoleWord = Annotated[Word, typer.Option("--role", help="What it may do.")]
Json = Annotated[bool, typer.Option("--json", help="Write JSON.")]


def _access() -> Access:
    try:
        from licet.services.access.desk import open_access
    except ModuleNotFoundError:
        raise CaseError.one(
            "E_EXTRA", "what keeps accounts is not installed", hint="pip install licet[server]"
        ) from None
    return open_access()


@app.command()
def add(name: Name, role: RoleWord = Word.READER) -> None:
    """Make an account. The password is asked for, or read from a line of standard input."""
    access = _access()
    access.add(HERE, name, role.role, _password())
    print(f"{name} is {role}.")


@app.command("list")
def list_(as_json: Json = False) -> None:
    """The accounts: role, made, last signed in, switched off."""
    rows = [asdict(one) | {"role": one.role.word} for one in _access().accounts()]
    if as_json:
        print(json.dumps(rows, default=datetime.isoformat, ensure_ascii=False, indent=2))
        return
    for row in rows:
        last = f"last signed in {_day(row['last'])}" if row["last"] else "never signed in"
        off = f", off since {_day(row['off'])}" if row["off"] else ""
        print(f"{row['role']:13}  {row['name']}  (made {_day(row['made'])}, {last}{off})")


@app.command()
def role(name: Name, role: Annotated[Word, typer.Argument(help="What it may do from now on.")]) -> None:
    """Give an account another role."""
    _access().set_role(HERE, name, role.role)
    print(f"{name} is {role}.")


@app.command()
def password(name: Name) -> None:
    """Give an account another password, which ends its sessions and lets it try again."""
    _access().set_password(HERE, name, _password())
    print(f"{name} has another password.")


@app.command()
def off(name: Name) -> None:
    """Switch an account off: its sessions end, and its keys are refused."""
    _access().switch_off(HERE, name)
    print(f"{name} is switched off.")


@app.command()
def on(name: Name) -> None:
    """Switch an account on again."""
    _access().switch_on(HERE, name)
    print(f"{name} is switched on.")


@app.command()
def key(
    name: Name,
    title: Annotated[str, typer.Option("--title", help="What the key is for.")],
    role: RoleWord = Word.READER,
    days: Annotated[int, typer.Option("--days", min=1, max=3_650, help="After how many days it ends by itself.")] = 365,
) -> None:
    """Make an API key of an account. It is shown this once, and ends by itself, after a year unless told otherwise."""
    from licet.render import output

    access = _access()
    made = access.make_key(HERE, name, title, role.role, days)
    print(made)
    output.note(f"This key {_end(access.key_of(made).ends)}.")


@app.command()
def keys(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of this account only.")] = "", as_json: Json = False
) -> None:
    """The keys: for what, of whom, last used, and when they end or ended. None is shown itself."""
    rows = [asdict(one) | {"role": one.role.word} for one in _access().keys(name or None)]
    if as_json:
        print(json.dumps(rows, default=datetime.isoformat, ensure_ascii=False, indent=2))
        return
    for row in rows:
        last = f"last used {_day(row['last'])}" if row["last"] else "never used"
        end = f"ended {_day(row['ended'])}" if row["ended"] else _end(row["ends"])
        print(f"{row['number']:>4}  {row['role']:13}  {row['account']}: {row['title']}  ({last}, {end})")


@app.command()
def end(
    number: Annotated[int, typer.Argument(metavar="N", min=1, max=2**63 - 1, help="The number of the key.")],
) -> None:
    """End an API key for good."""
    _access().end_key(HERE, number)
    print(f"Key {number} is ended.")


@app.command()
def denials(
    most: Annotated[int, typer.Option("--most", min=1, max=MOST, help="How many of the newest.")] = 50,
    as_json: Json = False,
) -> None:
    """What was refused, to whom and why; the last one first."""
    found = _access().denials(most)
    if as_json:
        rows = [asdict(one) for one in found]
        print(json.dumps(rows, default=datetime.isoformat, ensure_ascii=False, indent=2))
        return
    for one in found:
        print(f"{one.at:%Y-%m-%d %H:%M:%S}  {one.who}: {one.what}: {one.why}")


@app.command()
def acts(
    most: Annotated[int, typer.Option("--most", min=1, max=MOST, help="How many of the newest.")] = 50,
    as_json: Json = False,
) -> None:
    """What was done to accounts and keys, and by whom; the last one first."""
    found = _access().acts(most)
    if as_json:
        rows = [asdict(one) for one in found]
        print(json.dumps(rows, default=datetime.isoformat, ensure_ascii=False, indent=2))
        return
    for one in found:
        print(f"{one.at:%Y-%m-%d %H:%M:%S}  {one.who} {one.what}")


def _password() -> str:
    """A password from the terminal, twice, or the first line of standard input. Raises CaseError."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    given = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != given:
        raise CaseError.one("E_PASSWORD", "the two are not the same", hint="give the command again")
    return given


def _end(ends: datetime | None) -> str:
    """When a key that nobody ended ends by itself."""
    if ends is None:
        return "without end: make another and end this one"
    return f"{'ended by itself' if ends <= datetime.now(UTC) else 'ends'} {_day(ends)}"


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
