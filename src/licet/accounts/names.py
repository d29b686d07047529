"""Names of accounts: one person is one name, however it is typed."""

from __future__ import annotations

import unicodedata

from licet.facts.errors import CaseError, LicetError

MOST = 64
_APART = frozenset("/\\")  # they would cut an address in two
NOBODY, UNKNOWN = "nobody", "an unknown name"  # who asks, in the book of denials, where no account does


def clean(name: str) -> str:
    """A name as it is kept. Raises CaseError where it can be none."""
    found = " ".join(part for part in unicodedata.normalize("NFKC", name[: MOST * 4]).split(" ") if part)
    if not found or len(found) > MOST or len(name) > MOST * 4:
        raise _wrong(f"a name has 1 to {MOST} characters")
    if not found.isprintable() or _APART.intersection(found):  # no marks that turn the reading direction either
        raise _wrong("a name has no control characters and no slashes")
    if not found[0].isalnum():
        raise _wrong("a name begins with a letter or a digit")
    if folded(found) in (NOBODY, UNKNOWN):
        raise _wrong("this is what somebody is called who has no account")
    return found


def folded(name: str) -> str:
    """What is the same for two names that would be taken for one another but for their capitals."""
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(once.split())


def _wrong(text: str) -> LicetError:
    return CaseError.one("E_NAME", text, hint="choose another name")
