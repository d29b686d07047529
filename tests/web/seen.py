"""A page in a real browser, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

from licet.services.access.desk import Access

WIDE, PHONE = (1280, 900), (360, 740)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
CONTRAST = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
UNFOLD = "document.querySelectorAll('main details:not(.proof details)').forEach((one) => { one.open = true; })"
# A proof is as large as the law it rests on, and a list of countries as the world: a few stand for all.
TWIGS = {"exclude": [[".proof ul ul"], ["option + option + option"], [".listed ~ .listed"]]}
AXE = Axe().axe_script
THEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
BOOK = b"to,Colour\nCN,red\n"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LINES = """(wanted) => document.activeElement.matches(wanted)
    ? getComputedStyle(document.activeElement).outlineStyle !== 'none' : null"""


@dataclass
class Seen:
    """A page of the browser, and what it complained of or asked elsewhere."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)

    def listen(self) -> Seen:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", self._request)
        return self

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.wrong.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.wrong.append(request.url)

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.base}{path}")
        return self.page

    def tab_to(self, selector: str, key: str = "Tab") -> None:
        """Press the tabulator until this has the focus, which must be seen."""
        for _ in range(150):
            self.page.keyboard.press(key)
            seen = self.page.evaluate(LINES, selector)
            if seen is not None:
                assert seen, f"{selector} has the focus, and nobody can see it"
                return
        raise AssertionError(f"no way to {selector} by keyboard")

    def fill(self, selector: str, typed: str) -> None:
        self.tab_to(selector)
        self.page.keyboard.type(typed)

    def press(self, selector: str, key: str = "Tab") -> None:
        """Reach a link or a button and press it; the page that follows is there when this returns."""
        self.tab_to(selector, key)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


@dataclass(frozen=True)
class Live:
    base: str
    access: Access


def faults(page: Page, rules: Mapping[str, object]) -> list[str]:
    """What axe finds; it is brought onto a page once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("([where, how]) => axe.run(where, how)", [TWIGS, rules])["violations"]
    return [f"{page.url} {one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def looked_at(page: Page) -> list[str]:
    """What is wrong with a page, wide and on a phone, light and dark."""
    found = []
    page.evaluate(UNFOLD)
    for width, height in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            rules = EVERYTHING if theme == "light" else CONTRAST  # a theme changes nothing but colours
            found += [f"{theme} {width} {fault}" for fault in faults(page, rules)]
        if page.evaluate(WIDER) > 0:
            found.append(f"{page.url} is wider than {width}")
    return found


def newest(seen: Seen) -> str:
    """The newest record of the ledger."""
    return seen.go("/ledger").locator("main tbody a").first.inner_text().split()[-1]
