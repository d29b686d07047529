"""What the pages of a session carry."""

from __future__ import annotations

import hashlib
import hmac

from licet.accounts.tokens import same
from licet.services.access.caller import Caller

COOKIE = "licet_session"
HEADER = "X-Licet-Token"  # of a request under /v1 that changes something and comes with the cookie
FIELD = "token"  # of a form


def form_token(caller: Caller) -> str:
    """What forms of a session carry: its token, with a mark by which its person is known when it has ended."""
    return f"{caller.token}.{_mark(caller.token, caller.name)}" if caller.token else ""


def same_token(caller: Caller, given: str) -> bool:
    """Whether a form is one of the caller's own session. A key has no token, so no form can be its own."""
    return same(caller.token, given.partition(".")[0])


def is_of(caller: Caller, given: str) -> bool:
    """Whether a form is one of a session of the same person, which may have ended."""
    token, _, mark = given.partition(".")
    return same(_mark(token, caller.name), mark)


def _mark(token: str, name: str) -> str:
    """Tells nothing of the name to who does not know it."""
    return hmac.new(token.encode("utf-8", "surrogatepass"), name.encode(), hashlib.sha256).hexdigest()
