"""Country codes (ISO 3166-1 alpha-2, and XK) with their names in English and Chinese, from Unicode CLDR."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from licet.facts.errors import nearest


@cache
def country_names() -> dict[str, tuple[str, str]]:
    """Code to (English name, Chinese name)."""
    text = (files("licet.facts") / "countries.tsv").read_text(encoding="utf-8")
    return {code: (english, chinese) for code, english, chinese in (row.split("\t") for row in text.splitlines())}


def country_name(code: str, language: str = "en") -> str:
    """The name of a country in `en` or `zh`; the code itself where it is not known."""
    names = country_names().get(code)
    return code if names is None else names[1 if language == "zh" else 0]


def country_hint(word: str) -> str:
    """What the writer of a wrong country code may have meant."""
    by_name = {names[0].casefold(): code for code, names in country_names().items()}
    if word.casefold() in by_name:
        return f"write {by_name[word.casefold()]}"
    if word.upper() in country_names():
        return f"write {word.upper()}"
    hint = nearest(word.casefold(), by_name, 1)
    name = hint.removeprefix("did you mean ").removesuffix("?")
    return (
        f"write {by_name[name]} for {name.title()}"
        if name in by_name
        else "two-letter codes of ISO 3166, such as DE or CN"
    )
