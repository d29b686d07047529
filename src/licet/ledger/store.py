"""Where records lie: SQLite or PostgreSQL, by a URL. Records are only ever added; the database refuses all else."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, SQLAlchemyError

from licet.database.sqlite import READS, WAIT_SECONDS, make_private, sqlite_engine
from licet.database.turns import turn
from licet.facts.errors import CaseError, LicetError
from licet.ledger.columns import Bytes, Packed, Text
from licet.ledger.record import Record

CHUNK, PART_CHUNK = 500, 50  # records and parts in memory at a time
_meta = sa.MetaData()
_records = sa.Table(
    "licet_record",
    _meta,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("kind", Text, nullable=False, index=True),
    sa.Column("about", sa.BigInteger, nullable=False, index=True),
    sa.Column("body", Text, nullable=False),
    sa.Column("hash", Text, nullable=False, unique=True),
    sa.Column("signature", Text, nullable=False),
)
_parts = sa.Table(
    "licet_part",
    _meta,
    sa.Column("record", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("salt", Bytes, nullable=False),
    sa.Column("data", Packed, nullable=False),
)
_blobs = sa.Table(
    "licet_blob",
    _meta,
    sa.Column("hash", sa.Text, primary_key=True),
    sa.Column("data", Bytes, nullable=False),
)
_once = sa.Table(
    "licet_once",
    _meta,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("request", sa.Text, nullable=False),
    sa.Column("record", sa.BigInteger, nullable=False),
)
_GUARDED = (("licet_record", "UPDATE"), ("licet_record", "DELETE"), ("licet_part", "UPDATE"), ("licet_blob", "UPDATE"))

# What every decision asks for or adds, put together once: that takes as long as the database does.
_NEWEST = sa.select(_records).order_by(_records.c.number.desc()).limit(1)
_ONE = sa.select(_records).where(_records.c.number == sa.bindparam("number"))
_OF_KINDS = sa.select(_records).where(_records.c.kind.in_(sa.bindparam("kinds", expanding=True)))
_KEPT_ONCE = sa.select(_once.c.request, _once.c.record).where(_once.c.key == sa.bindparam("key"))
_HAS_BLOB = sa.select(_blobs.c.hash).where(_blobs.c.hash == sa.bindparam("name"))
_ADD, _ADD_PARTS = sa.insert(_records), sa.insert(_parts)


class Store:
    """The tables of one ledger."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One view of the ledger, which no writer disturbs. Raises CaseError."""
        level = {"isolation_level": "REPEATABLE READ"} if self.engine.dialect.name == "postgresql" else READS
        with _told(), self.engine.execution_options(**level).connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A change that is made whole or not at all, one after the other. Raises CaseError."""
        with self._turn(), _told(), self.engine.connect() as connection, connection.begin():
            if self.engine.dialect.name == "postgresql":
                connection.execute(sa.text("LOCK TABLE licet_record IN EXCLUSIVE MODE"))
            yield connection

    def _turn(self) -> AbstractContextManager[None]:
        """The turn to write, where the database itself keeps none."""
        file = self.engine.url.database
        return turn(Path(file)) if self.engine.dialect.name == "sqlite" and file else nullcontext()

    def forget_freed(self) -> None:
        """Leave nothing of what was erased in files of the database, as far as the database lets one."""
        if self.engine.dialect.name == "sqlite":
            with _told(), closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def open_store(url: str, create: bool = False) -> Store:
    """The tables behind a URL of SQLAlchemy, made with `create`. Raises CaseError."""
    with _told():
        engine = _engine(url)
        if create and engine.dialect.name == "sqlite":
            with suppress(OSError):  # the database itself says what is wrong
                make_private(Path(str(engine.url.database)))
        there = sa.inspect(engine).has_table("licet_record")
        if create and not there:
            with engine.begin() as connection:
                _meta.create_all(connection)
                for statement in _guards(engine.dialect.name):
                    connection.exec_driver_sql(statement)
        elif not there:
            raise CaseError.one("E_NO_LEDGER", "there is no ledger here", hint="licet ledger start makes one")
    return Store(engine)


def _engine(url: str) -> Engine:
    scheme, colon, rest = url.partition("://")
    if scheme in ("postgresql", "postgres"):
        url = f"postgresql+psycopg{colon}{rest}"
    elif scheme != "sqlite":
        raise CaseError.one(
            "E_LEDGER_URL",
            "a ledger lies in SQLite or PostgreSQL",
            hint="sqlite:///FILE or postgresql://USER@HOST/NAME",
        )
    if scheme == "sqlite":
        return sqlite_engine(url)
    return sa.create_engine(url, connect_args={"connect_timeout": WAIT_SECONDS})


def _guards(dialect: str) -> Iterator[str]:
    """What makes the database itself refuse to change or drop a record."""
    if dialect == "postgresql":
        yield (
            "CREATE OR REPLACE FUNCTION licet_never() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$"
        )
    for table, what in _GUARDED:
        name = f"{table}_never_{what.lower()}"
        if dialect == "postgresql":
            yield f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION licet_never()"
        else:
            yield (
                f"CREATE TRIGGER {name} BEFORE {what} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END"
            )


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong in the database, as an error that shows no password."""
    try:
        yield
    except (ArgumentError, NoSuchModuleError):
        raise CaseError.one("E_LEDGER_URL", "this is no URL of a database") from None
    except ModuleNotFoundError as bad:
        raise CaseError.one(
            "E_LEDGER_URL", f"{bad.name} is not installed", hint="pip install licet[postgres]"
        ) from None
    except DatabaseError as bad:
        raise _broken(str(bad.orig)) from None
    except SQLAlchemyError as bad:
        raise _broken(type(bad).__name__) from None


def _broken(reason: str) -> LicetError:
    text = f"the database of the ledger says: {' '.join(reason.split())}"
    return CaseError.one("E_LEDGER", text, hint="nothing was kept; see that the database is there and has room")


# --- reading ---------------------------------------------------------------------------------


def last(connection: Connection) -> Record | None:
    """The newest record."""
    row = connection.execute(_NEWEST).first()
    return None if row is None else Record(*row)


def one(connection: Connection, number: int) -> Record | None:
    """A record by its number."""
    row = connection.execute(_ONE, {"number": number}).first()
    return None if row is None else Record(*row)


def each(
    connection: Connection, kind: str = "", after: int = 0, newest: bool = False, before: int = 0
) -> Iterator[Record]:
    """Records in their order, or the newest first, of one kind or of all; with `before` only those before one."""
    query = sa.select(_records).where(_records.c.number > after)
    if before:
        query = query.where(_records.c.number < before)
    if kind:
        query = query.where(_records.c.kind == kind)
    order = _records.c.number.desc() if newest else _records.c.number
    for row in connection.execute(query.order_by(order), execution_options={"yield_per": CHUNK}):
        yield Record(*row)


def newest_of(connection: Connection, kinds: Iterable[str]) -> Record | None:
    """The newest record of some kinds."""
    query = sa.select(_records).where(_records.c.kind.in_([*kinds])).order_by(_records.c.number.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else Record(*row)


def of_kind(connection: Connection, *kinds: str) -> list[Record]:
    """All records of kinds of which there are few, in their order."""
    rows = connection.execute(_OF_KINDS, {"kinds": kinds})
    return sorted((Record(*row) for row in rows), key=lambda record: record.number)


def about(connection: Connection, number: int) -> list[Record]:
    """The records about a record, in their order."""
    query = sa.select(_records).where(_records.c.about == number).order_by(_records.c.number)
    return [Record(*row) for row in connection.execute(query)]


def parts(connection: Connection, number: int) -> dict[str, tuple[bytes, bytes]]:
    """Salt and data of what is kept beside a record, by name."""
    rows = connection.execute(sa.select(_parts).where(_parts.c.record == number).order_by(_parts.c.name))
    return {name: (bytes(salt), bytes(data)) for _, name, salt, data in rows}


def each_part(connection: Connection) -> Iterator[tuple[int, str, bytes, bytes]]:
    """Record, name, salt and data of all parts, in the order of their records, a few of them in memory at a time."""
    query = sa.select(_parts).order_by(_parts.c.record, _parts.c.name)
    for number, name, salt, data in connection.execute(query, execution_options={"yield_per": PART_CHUNK}):
        yield int(number), str(name), bytes(salt), bytes(data)


def has_blob(connection: Connection, name: str) -> bool:
    """Whether something is kept under this hash."""
    return connection.execute(_HAS_BLOB, {"name": name}).first() is not None


def blob(connection: Connection, name: str) -> bytes | None:
    """What is kept under a hash; None where there is nothing, or nothing that can be unpacked."""
    row = connection.execute(sa.select(_blobs.c.data).where(_blobs.c.hash == name)).first()
    try:
        return None if row is None else zlib.decompress(bytes(row[0]))
    except zlib.error:
        return None


def kept_once(connection: Connection, key: str) -> tuple[str, int] | None:
    """What was asked under a key, and the number of the record."""
    row = connection.execute(_KEPT_ONCE, {"key": key}).first()
    return None if row is None else (str(row[0]), int(row[1]))


# --- writing ---------------------------------------------------------------------------------


def insert(connection: Connection, record: Record, kept: dict[str, tuple[bytes, bytes]]) -> None:
    """Add a record and its parts."""
    row = {
        "number": record.number, "kind": record.kind, "about": record.about, "body": record.body, "hash": record.hash,
        "signature": record.signature,
    }  # fmt: skip
    connection.execute(_ADD, row)
    rows = [{"record": record.number, "name": n, "salt": salt, "data": data} for n, (salt, data) in kept.items()]
    if rows:
        connection.execute(_ADD_PARTS, rows)


def insert_blob(connection: Connection, name: str, data: bytes) -> None:
    """Keep something under its hash, once."""
    if not has_blob(connection, name):
        connection.execute(sa.insert(_blobs).values(hash=name, data=zlib.compress(data, 6)))


def delete_parts(connection: Connection, number: int, names: list[str]) -> None:
    """Erase parts of a record."""
    connection.execute(sa.delete(_parts).where(_parts.c.record == number, _parts.c.name.in_(names)))


def insert_once(connection: Connection, key: str, request: str, number: int) -> None:
    """Remember under which key a record was asked for."""
    connection.execute(sa.insert(_once).values(key=key, request=request, record=number))
