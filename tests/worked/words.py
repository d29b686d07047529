"""What the words of a question name: countries, amounts, and the goods of `goods.yaml`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from licet.facts.countries import country_names

_SHORT = {"UAE": "AE", "USA": "US", "UK": "GB", "Korea, South": "KR", "South Korea": "KR", "Korea": "KR"}
_ADJECTIVES = {
    "Chinese": "CN",
    "Dutch": "NL",
    "German": "DE",
    "Japanese": "JP",
    "French": "FR",
    "Malaysian": "MY",
    "Russian": "RU",
    "Hong Kong": "HK",
    "Macau": "MO",
}


@cache
def _names() -> dict[str, str]:
    names = {english: code for code, (english, _) in country_names().items()}
    return names | _ADJECTIVES | _SHORT


def countries(text: str) -> list[str]:
    """The codes of the countries a text names, in the order of the text, each once."""
    names = sorted(_names(), key=len, reverse=True)
    found = re.findall("|".join(rf"\b{re.escape(name)}\b" for name in [*names, "US"]), text)
    return list(dict.fromkeys(_names().get(name, name) for name in found))


def country(text: str) -> str:
    """A country given by code or by name; empty where the text names none."""
    if text in country_names():
        return text
    return next(iter(countries(text)), "")


@cache
def _goods() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "goods.yaml").read_text(encoding="utf-8"))
    return loaded


def goods(text: str) -> dict[str, Any]:
    """The item facts that a text implies; every entry of `goods.yaml` whose pattern it holds adds its own."""
    found: dict[str, Any] = {}
    for entry in _goods():
        match = re.search(entry["says"], text, re.IGNORECASE)
        if match:
            captured = {key: float(value) for key, value in match.groupdict().items() if value}
            found |= entry.get("item", {}) | captured
    return found
