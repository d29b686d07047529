"""Whether a name can be read at all."""

from __future__ import annotations

from licet.facts.errors import Problem, quoted
from licet.parties.known import name_key
from licet.parties.names.form import MAX_LENGTH, MAX_WORDS, forms


def unread(name: str) -> Problem | None:
    """Why no hit on a name says nothing: it holds no word, or more of them than are read."""
    if len(name) > MAX_LENGTH or len(name.split()) > MAX_WORDS:
        text = f"of the name only {MAX_LENGTH} characters and {MAX_WORDS} words are read, and it has more"
        return Problem("E_NAME", text, hint="give the name alone")
    if not (name.isascii() and name_key(name)) and not forms(name):
        return Problem("E_NAME", f"{quoted(name)} holds nothing that can be read as a name", hint="give a name")
    return None
