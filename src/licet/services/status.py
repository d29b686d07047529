"""Which status of HTTP goes with an error, for all shells that speak it."""

from __future__ import annotations

from types import MappingProxyType

from licet.facts.errors import LicetError
from licet.services.access.limits import TooMany

UNPROCESSABLE, TOO_OFTEN = 422, 429
# What is wrong with a case or a question is 422; these are something else.
STATUS = MappingProxyType({
    "E_HEADER": 400, "E_ORIGIN": 403, "E_CONTENT_TYPE": 415, "E_HOST": 421,
    "E_JSON": 400, "E_FORM": 400, "E_SIGN_IN": 401, "E_ROLE": 403, "E_TOKEN": 403, "E_NO_RECORD": 404,
    "E_NO_DRAFT": 404, "L_NO_RULE": 404, "E_NO_LEDGER": 404, "E_NO_ACCOUNT": 404, "E_NO_KEY": 404, "E_SLOW": 408,
    "E_KEPT": 409, "E_NO_HOLD": 409, "E_ONCE": 409, "E_LAST": 409, "E_ERASED": 410, "E_TOO_LARGE": 413,
    "E_LEDGER": 503, "E_CHANGED": 503, "E_LEDGER_KEY": 503, "E_DISK": 503, "E_WRITE": 503, "E_ACCOUNTS": 503,
    "E_NO_LIST": 404, "E_NO_EDITION": 404, "E_TECHNOLOGY": 404, "E_NO_JOB": 404, "E_NOT_DONE": 409,
    "E_MANY_JOBS": 429, "E_BUSY": 503, "E_LISTS_WRITE": 503, "E_LISTS_BUSY": 503, "E_LISTS_DAMAGED": 503,
})  # fmt: skip


def status_of(code: str) -> int:
    """The status of an error with this code."""
    return STATUS.get(code, UNPROCESSABLE)


def status_for(error: LicetError) -> int:
    """The status of an error. A case may hold too many things, which is not to ask too often."""
    return TOO_OFTEN if isinstance(error, TooMany) else status_of(error.problems[0].code)
