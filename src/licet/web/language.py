"""The languages of the desk, and which one a request gets."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Tag to its own name, in the order in which they are offered.
LANGUAGES: Mapping[str, str] = MappingProxyType(
    {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文", "ja": "日本語"}
)
COOKIE = "licet_lang"
_TRADITIONAL = ("hant", "tw", "hk", "mo")
MOST = 20  # languages of a browser that are looked at


def choose(cookie: str, accepted: str) -> str:
    """The language of a request: as chosen before, else the first one the browser asks for that there is."""
    if cookie in LANGUAGES:
        return cookie
    for wanted in _ordered(accepted):
        found = _ours(wanted)
        if found:
            return found
    return "en"


def _ordered(accepted: str) -> list[str]:
    """The languages of an Accept-Language header, the most wanted first."""
    found: list[tuple[float, str]] = []
    for part in accepted.split(",")[:MOST]:
        tag, _, weight = part.partition(";")
        try:
            share = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            continue
        found.append((-share, tag.strip().lower()))
    return [tag for share, tag in sorted(found, key=lambda one: one[0]) if share < 0]


def _ours(tag: str) -> str:
    language, *rest = tag.split("-")
    if language == "zh":
        return "zh-Hant" if any(word in _TRADITIONAL for word in rest) else "zh-Hans"
    return language if language in LANGUAGES else ""
