"""Which bodies a request may bring: of what type, and how large."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from licet.api.bodies import MAX_BYTES

MAX_UPLOAD = 200_000_000
JSON = frozenset({"application/json"})
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
# Paths that take files or a form, as their routes are written, and its type. All else is JSON under /v1, and forms.
_FILES = ("multipart/form-data",)
UPLOADS: dict[str, Iterable[str]] = {
    **dict.fromkeys(("/v1/batch", "/v1/batch/map", "/v1/impact"), _FILES),
    **dict.fromkeys(("/orders", "/orders/draft/{name}"), FORMS),
    "/v1/reconcile": ("application/x-www-form-urlencoded",),
}


class Takes:
    """The types and the most bytes of the body of a request, by its path."""

    def __init__(self, uploads: Mapping[str, Iterable[str]]) -> None:
        self.uploads = [(_pattern(path), frozenset(types)) for path, types in uploads.items()]

    def of(self, path: str, is_api: bool) -> tuple[frozenset[str], int]:
        """What a path takes."""
        for pattern, types in self.uploads:
            if pattern.fullmatch(path):
                return types, MAX_UPLOAD if types.issuperset(_FILES) else MAX_BYTES
        return (JSON if is_api else FORMS), MAX_BYTES


def _pattern(path: str) -> re.Pattern[str]:
    """What fits a path that is written as a route, with its variable parts in braces."""
    return re.compile("[^/]+".join(re.escape(part) for part in re.split(r"\{[^}]*\}", path)))
