"""Every word of a page exists in every language, says the same parts, and is used."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

from licet.web.app import ROUTES
from licet.web.language import LANGUAGES, choose
from licet.web.pages import PLACES
from licet.web.words import catalogue

HERE = Path(str(files("licet.web")))
SOURCES = [*HERE.rglob("*.html"), *HERE.rglob("*.py")]
TEXT = "\n".join(file.read_text(encoding="utf-8") for file in SOURCES)
NAMED = set(re.findall(r"""\b(?:w|said|words)\(\s*["']([a-z0-9_.]+)["']""", TEXT))
KINDS = set(re.findall(r"""\b(?:w|words|said\(request\))\.(?:of|known)\(\s*["']([a-z0-9_.]+)["']""", TEXT))
LITERALS = set(re.findall(r"""["']([a-z0-9_]+\.[a-z0-9_.]+)["']""", TEXT))


def test_what_pages_name_exists() -> None:
    assert not NAMED - set(catalogue())
    assert not [kind for kind in KINDS if not any(key.startswith(f"{kind}.") for key in catalogue())]


def test_what_the_top_of_a_page_leads_to_is_told_of_on_the_first_page() -> None:
    addresses = {getattr(route, "path", "") for routes in ROUTES for route in routes.routes}
    assert not [path for _, path, _ in PLACES if path in addresses and f"about.{path[1:]}" not in catalogue()]


def test_what_exists_is_used() -> None:
    unused = [
        key for key in catalogue()
        if key not in NAMED | LITERALS and not any(key.startswith(f"{kind}.") for kind in KINDS)
    ]  # fmt: skip
    assert not unused


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_it_with_the_same_parts(language: str) -> None:
    for key, words in catalogue().items():
        assert words[language].strip(), key
        parts = [sorted(name for _, name, _, _ in Formatter().parse(words[of]) if name) for of in ("en", language)]
        assert parts[0] == parts[1], key


def test_han_of_one_script_only() -> None:
    """A few characters that the other script writes otherwise."""
    for key, words in catalogue().items():
        assert not set("许证账户语订单规这") & set(words["zh-Hant"]), key
        assert not set("許證帳戶語訂單規這") & set(words["zh-Hans"]), key


@pytest.mark.parametrize(
    ("cookie", "accepted", "chosen"),
    [
        ("", "", "en"), ("ja", "zh-CN", "ja"), ("xx", "zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"), ("", "zh", "zh-Hans"),
        ("", "de-DE,de;q=0.9,ja;q=0.5,en;q=0.3", "ja"), ("", "ja;q=0,en", "en"), ("", "ja;q=x, ,;;,zh-HK", "zh-Hant"),
        ("", "*", "en"),
    ],
)  # fmt: skip
def test_the_language_of_a_request(cookie: str, accepted: str, chosen: str) -> None:
    assert choose(cookie, accepted) == chosen
