"""What the pages of a session carry."""

from __future__ import annotations

from licet.accounts.tokens import same
from licet.services.access.caller import Caller

COOKIE = "licet_session"
HEADER = "X-Licet-Token"  # of a request under /v1 that changes something and comes with the cookie
FIELD = "token"  # of a form


def same_token(caller: Caller, given: str) -> bool:
    """Whether a form is one of the caller's own session. A key has no token, so no form can be its own."""
    return same(caller.token, given)
