"""Every example in every form and language: nothing breaks, nothing is too wide, every page is sound markup."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from licet.cli.inputs import read_input
from licet.facts.case import read_case
from licet.render.answer import Answer, show
from licet.services.check import Checker, Options
from tests.examples import CASES

ROOT = Path(__file__).parents[2]
VOID = {"meta"}


class Sound(HTMLParser):
    """Checks that elements close in the order they open, and collects what links need."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open += [] if tag in VOID else [tag]
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name in ("href", "src") and value]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def shown(checker: Checker, path: Path, form: str, language: str) -> str:
    options = Options(language=language, proof=True)
    decision = checker.check(read_case(read_input(str(path)).node, checker.law.dictionary), options)
    return show([Answer(path.name, decision)] * 2, checker.law, form, options, to_file=True)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_example_in_every_form(
    checker: Checker, monkeypatch: pytest.MonkeyPatch, path: Path, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = shown(checker, path, "text", language)
    assert max(map(len, text.splitlines())) <= 80
    assert shown(checker, path, "markdown", language).startswith("# ")
    page = Sound()
    page.feed(shown(checker, path, "html", language))
    page.close()
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
