"""JSON that somebody else wrote: whole, and read through functions that expect anything."""

from __future__ import annotations

import json
from typing import Any

from licet.parties.readers.safe import Source
from licet.parties.readers.text import clean, decode


def load(source: Source, text: str | None = None, line: int = 0) -> Any:
    """The JSON of a file (or of one of its lines)."""
    text = decode(source) if text is None else text
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
            raise source.wrong("P_CUT_SHORT", "its JSON ends early", "fetch the file again", line) from None
        where = line or error.lineno
        raise source.wrong("P_FORMAT", f"is no JSON here ({error.msg})", "fetch the file again", where) from None
    except RecursionError:
        raise source.wrong("P_BOMB", "its JSON is nested without end", "an honest list is not", line) from None
    except ValueError:  # a number of thousands of digits
        raise source.wrong("P_TOO_LARGE", "a number is absurdly long", "fetch the file again", line) from None


def records(source: Source, value: Any, what: str) -> list[dict[str, Any]]:
    """A list of objects, or an error that names what was looked for."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise source.wrong("P_FORMAT", f"{what} is no list of records", "fetch the file again from its publisher")
    if len(value) > source.limits.rows:
        raise source.wrong("P_TOO_LARGE", f"has more than {source.limits.rows:,} rows", "no list is that long")
    return value


def string(value: Any) -> str:
    """A clean text; empty for null and for what is neither text nor number."""
    if isinstance(value, str):
        return clean(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def strings(value: Any) -> list[str]:
    """Clean texts of a list, of a single text, or of a text with `;` between its parts."""
    if not value:
        return []
    if isinstance(value, str):
        value = value.split(";")
    return [text for text in map(string, value) if text] if isinstance(value, list) else []


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects in a list; whatever else stands there is left out."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
