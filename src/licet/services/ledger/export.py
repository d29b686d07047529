"""The ledger as a file for others: every record with what is kept beside it, and how to hold it against its hashes."""

from __future__ import annotations

import json
import zipfile
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from licet.facts.replacing import replacing
from licet.ledger import store as tables
from licet.ledger.store import Store

README = """A ledger of Licet, exported.

records.jsonl   one record a line: number, kind, about, body, hash, signature
parts.jsonl     what is kept beside records and may be erased there: record, name, salt, data (both base64)
law/HASH        compiled law that decisions were made by

How to hold it against itself, record by record:
  hash       is the SHA-256 of body (UTF-8)
  signature  is Ed25519 over the 32 bytes of hash; the public key stands in the body of record 1 as "key", and after a
             record of kind "rotation", which the key before it signs, it is the "key" of that one
  body       names the hash of the record before it as "before"; that of record 1 is 64 zeros
  parts      in body name the SHA-256 of: the bytes "licet.part/1", a zero byte, salt, data
  law/HASH   has HASH as its SHA-256
A part that is missing was erased: a later record of kind "erasure" is about its record and names it.
"""


def export(store: Store, path: Path) -> int:
    """Write all of it into a ZIP file; the number of records. Raises CaseError."""
    with store.reading() as connection, replacing(path) as made:
        made.chmod(0o600)
        count, blobs = 0, dict[str, None]()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("README.txt", README)
            with out.open("records.jsonl", "w") as lines:
                for record in tables.each(connection):
                    count += 1
                    blobs.update(dict.fromkeys(record.says.get("blobs", ())))
                    lines.write(_line(
                        number=record.number, kind=record.kind, about=record.about, body=record.body, hash=record.hash,
                        signature=record.signature,
                    ))  # fmt: skip
            with out.open("parts.jsonl", "w") as lines:
                for number, name, salt, data in tables.each_part(connection):
                    both = {"salt": b64encode(salt).decode(), "data": b64encode(data).decode()}
                    lines.write(_line(record=number, name=name, **both))
            for name in blobs:
                out.writestr(f"law/{name}", tables.blob(connection, name) or b"")
    return count


@dataclass(frozen=True, slots=True)
class Exported:
    """A file to be handed out, and what removes it afterwards."""

    path: Path
    remove: Callable[[], None]


def export_aside(store: Store) -> Exported:
    """Write all of it into a file for somebody who fetches it, however slowly: the ledger is not held up meanwhile.

    Raises CaseError.
    """
    folder = TemporaryDirectory(prefix="licet-export-")
    path = Path(folder.name) / f"licet-ledger-{datetime.now(UTC).date()}.zip"
    try:
        export(store, path)
    except BaseException:
        folder.cleanup()
        raise
    return Exported(path, folder.cleanup)


def _line(**says: object) -> bytes:
    return json.dumps(says, ensure_ascii=False).encode() + b"\n"
