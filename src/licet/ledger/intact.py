"""Whether one record, and what is kept beside it, is what its hashes say: looked at before it is shown or used again.

Whether it stands where it stood and is signed is seen by going over the whole ledger (`licet.ledger.verify`).
"""

from __future__ import annotations

from collections.abc import Mapping

from licet.facts.errors import CaseError, LicetError
from licet.ledger.canonical import commitment, digest
from licet.ledger.record import KINDS, Record

Parts = Mapping[str, tuple[bytes, bytes]]  # salt and data by name


def check_intact(record: Record, parts: Parts) -> None:
    """Raises CaseError where a record, or a part beside it, is not what was kept. A part may be gone."""
    if digest(record.body.encode("utf-8", "replace")) != record.hash:
        raise _changed(record.number, "its body is not what its hash says")
    promised = record.says["parts"]
    for name, (salt, data) in parts.items():
        if promised.get(name) != commitment(salt, data):
            if (form := str(record.says["schema"])) not in KINDS:
                raise _later(record.number, form)
            raise _changed(record.number, f"{name} is not what was kept beside it")


def _later(number: int, form: str) -> LicetError:
    text = f"record {number} has the form {form}, of a later version of Licet"
    return CaseError.one("E_LEDGER", text, hint="use that version, or a later one")


def _changed(number: int, what: str) -> LicetError:
    text = f"record {number} was changed since it was kept: {what}"
    return CaseError.one("E_CHANGED", text, hint="licet ledger verify tells all that was changed")
