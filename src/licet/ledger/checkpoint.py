"""A checkpoint: how far the chain had come, signed. Given away, it proves that nothing before it changed since."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from licet.facts.errors import CaseError, LicetError, Place
from licet.ledger.canonical import canonical
from licet.ledger.keys import Signer, signed
from licet.ledger.record import Record

SCHEMA = "licet.checkpoint/1"
MAX_BYTES = 10_000
_FIELDS = {"schema": str, "ledger": str, "number": int, "hash": str, "at": str, "key": str, "signature": str}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The number and the hash of the newest record at a moment. `signature` is over all the rest."""

    schema: str
    ledger: str
    number: int
    hash: str
    at: str
    key: str
    signature: str

    def text(self) -> str:
        """As a file holds it."""
        return json.dumps(asdict(self), indent=2) + "\n"

    def genuine(self) -> bool:
        """Whether it was signed with the key that it names."""
        return signed(self.key, self.signature, _signed_part(asdict(self)))


def checkpoint(record: Record, signer: Signer, at: str) -> Checkpoint:
    """The checkpoint of the newest record."""
    says = {
        "schema": SCHEMA, "ledger": record.says["ledger"], "number": record.number, "hash": record.hash, "at": at,
        "key": signer.public,
    }  # fmt: skip
    return Checkpoint(**says, signature=signer.sign(_signed_part(says)))


def read_checkpoint(path: Path) -> Checkpoint:
    """The checkpoint in a file. Raises CaseError."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        value = json.loads(data) if len(data) <= MAX_BYTES else None
    except OSError as bad:
        raise _wrong(path, f"the checkpoint cannot be read: {bad.strerror}") from None
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict) or {key: type(entry) for key, entry in value.items()} != _FIELDS:
        raise _wrong(path, "this is no checkpoint")
    found = Checkpoint(**value)
    if found.schema != SCHEMA or not found.genuine():
        raise _wrong(path, "this checkpoint was not signed with the key that it names")
    return found


def _signed_part(says: dict[str, object]) -> bytes:
    return canonical({key: value for key, value in says.items() if key != "signature"})


def _wrong(path: Path, text: str) -> LicetError:
    return CaseError.one("E_CHECKPOINT", text, Place(str(path)), "give a file that licet ledger checkpoint wrote")
