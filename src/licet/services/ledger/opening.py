"""Where the ledger lies: SQLite in Licet's own folder, or a database that is named once or by LICET_LEDGER."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from licet.database.turns import turn
from licet.facts.errors import CaseError, Place
from licet.facts.replacing import replacing
from licet.ledger import store as tables
from licet.ledger.checkpoint import Checkpoint, checkpoint, read_checkpoint
from licet.ledger.keys import Signer, make_key, read_key
from licet.ledger.ledger import Ledger, current_key
from licet.ledger.record import Record
from licet.ledger.store import Store, open_store
from licet.services.ledger.place import KEY, SETTINGS, URL, YEARS, begun, folder

FILE, KEY_FILE, CHECKPOINTS = "ledger.sqlite3", "key.pem", "checkpoints"
MOST_YEARS = 100


def start(url: str, by: str, years: int = 0) -> Ledger:
    """Set up a ledger and make its key; `years`: all is kept so long. Raises CaseError where there is one."""
    own = folder()
    if begun() and not os.environ.get(URL):
        raise CaseError.one("E_LEDGER", "there is a ledger already", Place(str(own)), "licet ledger list shows it")
    url = os.environ.get(URL) or url or f"sqlite:///{(own / FILE).absolute()}"
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = open_store(url, create=True)
    with store.reading() as connection:
        if tables.last(connection) is not None:
            hint = f"name it with {URL}, and its key with {KEY}"
            raise CaseError.one("E_LEDGER", "there is a ledger in this database already", hint=hint)
    key = _key()
    ledger = Ledger(store, read_key(key) if key.exists() else make_key(key), years=years)
    ledger.start(by)
    _remember(own / SETTINGS, url, years)
    return ledger


def _remember(file: Path, url: str, years: int) -> None:
    """A URL may hold a password."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(json.dumps({"url": url} | ({"years": years} if years else {})) + "\n")


def open_ledger() -> Ledger:
    """The ledger, to be added to. Raises CaseError."""
    store = open_kept()
    return Ledger(store, _signer(store), lambda: _signer(store), _years())


def _years() -> int:
    """How long the owner wants all to be kept: by the environment, else as it was set up. Raises CaseError."""
    # What was set up here says nothing of a ledger that is named by the environment.
    told = os.environ.get(YEARS) or (0 if os.environ.get(URL) else _settings().get("years", 0))
    try:
        years = int(told)
    except (TypeError, ValueError):
        years = -1
    if not 0 <= years <= MOST_YEARS:
        raise CaseError.one("E_VALUE", f"{told!r} is no number of years from 0 to {MOST_YEARS}", Place(YEARS))
    return years


def _settings() -> dict[str, Any]:
    """What was set up; nothing where the ledger is named otherwise. Raises CaseError."""
    file = folder() / SETTINGS
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise CaseError.one("E_LEDGER", "this does not say where the ledger lies", Place(str(file)))
    return found


def _signer(store: Store) -> Signer:
    """The key in its file. A rotation that was cut short after the ledger named the new key is brought to its end."""
    path, new = _key(), _new_key()
    if new.exists():
        with store.reading() as connection:
            named = current_key(connection)
        with suppress(FileNotFoundError):  # another process has put it in place meanwhile
            if new.exists() and read_key(new).public == named:
                new.replace(path)
    return read_key(path)


def rotate(by: str, reason: str) -> tuple[Ledger, Record]:
    """Put a new key in the place of the one that signs; what this one has signed stays. Raises CaseError."""
    with turn(_key()):  # two at a time would take each other's new key for their own
        ledger, new = open_ledger(), _new_key()
        # One that is there already was made by a rotation that was cut short before the ledger named it.
        signer = read_key(new) if new.exists() else make_key(new)
        record = ledger.rotate(signer, by, reason)
        _signer(ledger.store)  # which puts it in place, where nobody who wrote meanwhile has
    make_checkpoint(ledger)
    return ledger, record


def open_kept() -> Store:
    """The ledger, to be read: no key is needed. Raises CaseError."""
    url = os.environ.get(URL)
    if not url:
        settings = _settings()
        if not settings:
            raise CaseError.one("E_NO_LEDGER", "no ledger is set up", hint="licet ledger start")
        url = str(settings.get("url", ""))
    return open_store(url)


def make_checkpoint(ledger: Ledger) -> Checkpoint:
    """A checkpoint of now, which is also kept in Licet's own folder under its day. Raises CaseError."""
    with ledger.store.reading() as connection:
        newest = tables.last(connection)
        if newest is None:
            raise CaseError.one("E_NO_LEDGER", "this ledger has not begun", hint="licet ledger start")
        signer = ledger.signing(connection)
    now = datetime.now(UTC)
    made = checkpoint(newest, signer, now.isoformat(timespec="seconds"))
    kept = folder() / CHECKPOINTS
    try:
        kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as bad:
        text = f"the folder for checkpoints cannot be made: {bad.strerror}"
        raise CaseError.one("E_LEDGER", text, Place(str(kept)), "see that the disk has room") from None
    with replacing(kept / f"{now.date()}.json") as file:
        file.write_text(made.text(), encoding="utf-8")
    return made


def day_checkpoint(ledger: Ledger) -> None:
    """The first decision of a day makes the checkpoint of that day. Raises CaseError."""
    if not (folder() / CHECKPOINTS / f"{datetime.now(UTC).date()}.json").is_file():
        make_checkpoint(ledger)


def own_checkpoints() -> list[Checkpoint]:
    """The checkpoints kept in Licet's own folder. Raises CaseError."""
    return [read_checkpoint(path) for path in sorted((folder() / CHECKPOINTS).glob("*.json"))]


def _new_key() -> Path:
    """Where a new key lies until the ledger names it."""
    key = _key()
    return key.with_name(f"{key.name}.new")


def _key() -> Path:
    named = os.environ.get(KEY)
    return Path(named) if named else folder() / KEY_FILE
