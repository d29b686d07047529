"""Whether a hit is the party of a case without anybody's word."""

from __future__ import annotations

from licet.parties.known import name_key
from licet.parties.names.form import forms
from licet.parties.names.script import is_han
from licet.parties.names.tables import trades
from licet.services.screen_model import Found

SURE_KINDS = ("primary", "alias", "original", "former", "added")  # of names: a weak one proves nothing
PERSON, UNKNOWN = "person", "unknown"
AGAINST = frozenset(("kind", "country", "birth"))
LONG = 9  # letters of a name that need no country beside it: many a firm is called Apex
HAN_LETTERS = 3  # a Chinese character says as much


def is_sure(name: str, found: Found, kind: str = UNKNOWN) -> bool:
    """Whether a hit is the party: the very name, of a person more than a name, and of a short one the country.

    Some lists do not say what an entry is. It may be a person then, unless it reads as a firm or is asked for as one.
    """
    hit = found.hit
    if not bears(name, found) or any(reason.code in AGAINST and reason.weight < 0 for reason in hit.reasons):
        return False
    told = {reason.code for reason in hit.reasons if reason.weight > 0}
    if told & {"birth", "identifier"}:
        return True
    what = hit.entry.kind if hit.entry.kind != UNKNOWN else kind
    if PERSON in (what, kind) or (what == UNKNOWN and not _reads_as_firm(hit.alias)):
        return False
    return "country" in told or _letters(hit.alias) >= LONG


def bears(name: str, found: Found) -> bool:
    """Whether a hit has exactly this name, without regard to case, width, punctuation and spaces."""
    return found.hit.alias_kind in SURE_KINDS and name_key(found.hit.alias) == name_key(name)


def _reads_as_firm(name: str) -> bool:
    """Whether a name has a legal form or the word of a trade."""
    return any(form.legal or not trades().isdisjoint(form.words) for form in forms(name))


def _letters(name: str) -> int:
    return sum(HAN_LETTERS if is_han(mark) else 1 for mark in name_key(name))
