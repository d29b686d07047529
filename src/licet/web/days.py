"""Days as pages ask for them: empty fields of a form are sent too, and mean the day that is meant without them."""

from __future__ import annotations

from datetime import date

from licet.facts.errors import CaseError, Place, quoted


def read_day(text: str, field: str, without: date) -> date:
    """The day in a field. Raises CaseError at it."""
    if not text.strip():
        return without
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise CaseError.one("E_DATE", f"{quoted(text)} is not a date", Place(path=field), "write YYYY-MM-DD") from None
