"""Texts of ours in traditional characters, made from those in simplified ones."""

from __future__ import annotations

from functools import lru_cache

HANT = "zh-Hant"


@lru_cache(maxsize=1 << 13)
def traditional(text: str) -> str:
    """A text of ours in traditional characters. Never a name: it would no longer be as it was given."""
    return _convert(text)


def written(text: str, language: str) -> str:
    """A Chinese text of ours as a language writes it; any other as it is."""
    return traditional(text) if language == HANT else text


@lru_cache(maxsize=1)
def _converter() -> object:
    from opencc import OpenCC  # its tables are loaded only where somebody reads traditional characters

    return OpenCC("s2tw")


def _convert(text: str) -> str:
    converter = _converter()
    converted: str = converter.convert(text)  # type: ignore[attr-defined]
    return converted
