"""Ledgers in both databases. PostgreSQL is started as a user without rights, since it refuses to run as root."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from licet.ledger.keys import Signer, make_key
from licet.ledger.ledger import Ledger
from licet.ledger.store import Store, open_store
from licet.services.check import Checker
from licet.services.kept import Compiled, reader_hash, seal
from licet.services.ledger import lawkept


@pytest.fixture(scope="session")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return make_key(tmp_path_factory.mktemp("key") / "key.pem")


def _programs() -> Path | None:
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").is_file()), None)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a server of PostgreSQL, without the name of a database."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="licet-pg-"))
    user: dict[str, str] = {}
    if os.geteuid() == 0:
        user = {"user": "nobody"}
        shutil.chown(folder, "nobody")

    def run(program: str, *words: str) -> None:
        with (folder / "log").open("a") as log:
            subprocess.run([str(programs / program), *words], check=True, stdout=log, stderr=log, cwd=folder, **user)  # type: ignore[call-overload]

    (folder / "log").touch()
    if user:
        shutil.chown(folder / "log", "nobody")
    data = str(folder / "data")
    run("initdb", "-D", data, "-A", "trust", "-U", "licet", "-E", "UTF8", "--locale=C", "--no-sync")
    settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", data, "-w", "-o", settings, "-l", str(folder / "server.log"), "start")
    try:
        yield f"postgresql://licet@/{{name}}?host={folder}"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    server: str = request.getfixturevalue("server")
    name = f"t{os.urandom(6).hex()}"
    whole = server.format(name="postgres").replace("postgresql://", "postgresql+psycopg://")
    engine = sa.create_engine(whole, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.format(name=name)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    made = open_store(url, create=True)
    yield made
    made.close()


@pytest.fixture
def ledger(store: Store, signer: Signer) -> Ledger:
    """A ledger that has begun."""
    made = Ledger(store, signer)
    made.start("an officer")
    return made


@pytest.fixture
def unguarded() -> Callable[[Store], None]:
    """What somebody does who has the database: takes away what refuses changes."""

    def drop(store: Store) -> None:
        with store.engine.begin() as connection:
            for table, what in (("record", "update"), ("record", "delete"), ("part", "update"), ("blob", "update")):
                on = f" ON licet_{table}" if store.engine.dialect.name == "postgresql" else ""
                connection.exec_driver_sql(f"DROP TRIGGER licet_{table}_never_{what}{on}")

    return drop


@pytest.fixture(scope="module")
def sealed_once(checker: Checker) -> Iterator[None]:
    """The law is put into bytes once for all tests of a file."""
    sealed = seal(Compiled(checker.law, checker.known), reader_hash())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lawkept, "seal", lambda compiled, key: sealed)
        yield
