"""The desk in a real browser: by keyboard alone, in every theme and size, and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

from licet.ledger.keys import make_key
from licet.ledger.ledger import Ledger
from licet.ledger.store import open_store
from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access
from licet.services.access.limits import Limits, Rate
from licet.services.check import Checker
from licet.services.jobs import queue
from licet.services.ledger.keep import Keeper
from licet.services.serve import Service
from licet.web.language import LANGUAGES
from tests.api.conftest import OFFICER, PASSWORD, access_in
from tests.web.conftest import app_of, load_lists, serve

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


@pytest.fixture(scope="module")
def live(checker: Checker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    home = tmp_path_factory.mktemp("home")
    access = access_in(home / "accounts")
    ledger = Ledger(open_store(f"sqlite:///{home / 'l.sqlite3'}", create=True), make_key(home / "key.pem"))
    ledger.start("an officer")
    own = replace(checker, screening=None)
    with pytest.MonkeyPatch.context() as patched:
        load_lists(home, patched)
        for base in serve(app_of(Service(own, Keeper(own, ledger, "the server"), own=home), access)):
            yield Live(base, access)
    ledger.store.close()


@pytest.fixture
def opened(chromium: Browser, live: Live) -> Iterator[Callable[..., Seen]]:
    """Opens pages of contexts of their own, signed in or not; at the end nothing may have been wrong."""
    seen: list[Seen] = []

    def opens(signed_in: bool = True, language: str = "en", scripts: bool = True, width: int = WIDE[0]) -> Seen:
        context = chromium.new_context(
            locale="en-US",
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        cookies = {"licet_lang": language}
        if signed_in:
            cookies["licet_session"] = live.access.sign_in(OFFICER, PASSWORD, "a test")
        context.add_cookies([{"name": name, "value": value, "url": live.base} for name, value in cookies.items()])
        seen.append(Seen(context.new_page(), live.base).listen())
        return seen[-1]

    yield opens
    for one in seen:
        one.page.context.close()
        assert not one.wrong


def test_from_the_first_page_to_the_decision_by_keyboard(opened: Callable[..., Seen]) -> None:
    at = opened(signed_in=False)
    at.go("/")
    at.fill("[name=name]", OFFICER)
    at.fill("[name=password]", PASSWORD)
    at.press("main button")
    at.press("nav a[href='/case']")
    at.fill("[name=case]", "H800 to Shenzhen")
    at.fill("[name=act]", "export")
    at.fill("[name=on]", "11202023")
    for name, country in (("from", "United States"), ("to", "China"), ("exporter_country", "United States")):
        at.fill(f"[name='shipment.{name}']", country)
    at.fill("[name='items[1].name']", "H800")
    at.fill("[name='items[1].kind']", "integrated c")
    at.press("form[action='/case'] button")
    assert at.page.title().startswith("H800 to Shenzhen")
    question = at.page.locator("#q").inner_text()
    at.tab_to(".ask input[type=radio]")
    at.page.keyboard.press("Space")
    at.press(".ask button[value=answer]")
    assert at.page.locator("#q").inner_text() != question
    at.press(".ask button[value=unknown]")
    at.press("a[href*='edit=shipment.to']")
    assert at.page.locator(".ask select").input_value() == "CN"
    at.press(".ask a.button")
    at.press("form[action$='/decide'] button")
    assert "/decision/" in at.page.url and at.page.locator("main .outcome strong").inner_text() == "Not settled"
    assert at.page.locator(".proof").count() == 0
    at.tab_to("a[data-proof]")
    at.page.keyboard.press("Enter")
    at.page.locator("h2#proof:focus").wait_for()  # it was fetched, and is read from its beginning
    assert "proof=whole" in at.page.url
    at.fill("#find", "export")
    at.page.locator(".found:not(:empty)").wait_for()
    assert "steps" in at.page.locator(".found").inner_text()
    assert at.page.locator(".proof li.hit").count() > 0
    at.press(".questions a.button", "Shift+Tab")
    assert "edit=" in at.page.url and at.page.locator("h2#ask").inner_text() == "Change what is said"


def test_without_scripts_a_case_is_decided_too(opened: Callable[..., Seen]) -> None:
    page = opened(scripts=False).go("/case")
    page.select_option("[name=example]", "h800-to-china")
    page.click("form:has([name=example]) button")
    page.click("form[action$='/decide'] button")
    assert "3A090.a" in page.content() and page.locator(".proof").count() == 0
    page.click("a[data-proof]")
    assert page.locator(".proof li").count() > 10


def test_what_was_typed_when_the_session_had_ended_is_there_after_signing_in(opened: Callable[..., Seen]) -> None:
    seen = opened()
    page = seen.go("/case")
    page.fill("[name=case]", "A long story\u2026")
    page.context.clear_cookies(name="licet_session")
    page.click("form:has([name=case]) button")
    found = looked_at(page)
    page.fill("[name=name]", OFFICER)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    assert "A long story\u2026" in page.locator("main").inner_text()
    found += looked_at(page)
    assert not found
    page.click("main button")
    assert page.title().startswith("A long story\u2026")


def test_an_order_book_shows_how_far_it_is_and_then_its_result(opened: Callable[..., Seen]) -> None:
    seen = opened()
    page = seen.go("/orders")
    page.set_input_files("[name=table]", {"name": "b.csv", "mimeType": "text/csv", "buffer": BOOK})
    page.click("form[action='/orders'] button")
    assert "Colour" in page.locator("main").inner_text()
    page.locator("main form .buttons button").first.click()
    page.locator("a[href$='/result']").wait_for(timeout=60_000)  # nobody opens the page again
    found = looked_at(page)
    page.click("button[value=again]")
    page.check("[name=way][value=days]")
    page.fill("[name=from]", "2022-09-01")
    page.fill("[name=to]", "2024-03-01")
    page.locator("main form .buttons button").first.click()
    page.locator("a[href*='/v1/impact/']").first.wait_for(timeout=60_000)
    found += looked_at(page)
    found += looked_at(seen.go(f"/ledger/{_last(seen)}"))  # the record of the book
    assert not found


def _last(seen: Seen) -> str:
    """The newest record of the ledger."""
    return seen.go("/ledger").locator("main tbody a").first.inner_text().split()[-1]


@pytest.fixture(scope="module")
def addresses(chromium: Browser, live: Live) -> dict[str, str]:
    """What there is to look at: name and address."""
    context = chromium.new_context()
    cookie = live.access.sign_in(OFFICER, PASSWORD, "a test")
    context.add_cookies([{"name": "licet_session", "value": cookie, "url": live.base}])
    found = _made(Seen(context.new_page(), live.base))
    context.close()
    return found


def _made(seen: Seen) -> dict[str, str]:
    page = seen.go("/case")
    page.select_option("[name=example]", "h800-to-china")
    page.click("form:has([name=example]) button")
    case = page.url.removeprefix(seen.base).partition("#")[0]
    page.click("form[action$='/decide'] button")
    decision = page.url.removeprefix(seen.base) + "&proof=whole"
    page = seen.go("/screening")
    page.fill("[name=list]", "Zelkova Quantum Devices Hefei; CN\nNobody Known")
    page.click("form[action='/screening'] button")
    screened = page.url.removeprefix(seen.base)
    page = seen.go("/orders")
    page.set_input_files("[name=table]", {"name": "book.csv", "mimeType": "text/csv", "buffer": BOOK})
    page.click("form[action='/orders'] button")
    draft = page.url.removeprefix(seen.base)
    waiting = _waiting(seen)
    page = seen.go("/ledger/2")
    page.fill("#f-reason-hold", "an inquiry")
    page.click("button[value=hold]")
    held = _last(seen)
    page = seen.go(screened)
    page.locator("main summary", has_text="Decide").first.click()
    page.locator("[name=reason]").first.fill("their brochure says so")
    page.locator("button[value=true]").first.click()
    return {
        "map": draft, "waiting": waiting, "hold": f"/ledger/{held}", "hit": f"/ledger/{_last(seen)}",
        "folded": decision.removesuffix("&proof=whole"), "screening record": screened.replace("screening", "ledger"),
        "start": "/", "cases": "/case", "question": case, "edit": f"{case}?edit=items%5B1%5D.kind",
        "more": f"{case}?edit=add:", "text": f"{case}/text", "decision": decision, "record": "/ledger/2",
        "screened": screened, "orders": "/orders",
        "screening": "/screening", "hits": "/screening/hits",
        "alignment": "/alignment?technology=ai_chips&from=2023-11-10&until=2023-12-01",
        "law": "/law?text=3A090.a", "provision": "/law/us.ear.ccl.3A090.a?on=2024-01-01", "ledger": "/ledger",
        "changes": "/law/changes?from=2023-11-16&to=2023-11-17&rule=us.ear.ccl.3A090.a",
        "account": "/account", "accounts": "/accounts", "missing": "/nothing",
    }  # fmt: skip


def _waiting(seen: Seen) -> str:
    """A job that nobody begins."""
    page = seen.go("/orders")
    page.set_input_files("[name=table]", {"name": "later.csv", "mimeType": "text/csv", "buffer": BOOK})
    page.click("form[action='/orders'] button")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queue, "wake", lambda _: None)
        patch.setattr("licet.services.jobs.counter.wake", lambda _: None)
        page.locator("main form .buttons button").first.click()
    return page.url.removeprefix(seen.base)


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


def test_everybody_can_use_every_page(opened: Callable[..., Seen], addresses: dict[str, str]) -> None:
    seen = opened()
    found = [fault for path in addresses.values() for fault in looked_at(seen.go(path))]
    page = seen.go("/case")
    page.fill("[name='items[1].value']", "12 pounds")
    page.click("form:has([name=case]) button")
    page.locator("#wrong:focus").wait_for()  # what is wrong is read out first
    found += looked_at(page)
    page.click(".menu >> nth=1")
    found += faults(page, EVERYTHING)
    assert not found


def _given(base: str, route: Route) -> None:
    """Give a style or script from another server."""
    route.fulfill(response=route.fetch(url=base + urlsplit(route.request.url).path))


def test_everybody_can_read_why_they_are_refused(
    opened: Callable[..., Seen], chromium: Browser, live: Live, checker: Checker
) -> None:
    once = Limits(Rate(0.001, 1), Rate(0.001, 1))
    service = Service(replace(checker, screening=None))
    seen = opened(signed_in=False)
    live.access.add(Caller("", Role.ADMINISTRATOR), "a reader", Role.READER, PASSWORD)
    cookie = live.access.sign_in("a reader", PASSWORD, "a test")
    seen.page.context.add_cookies([{"name": "licet_session", "value": cookie, "url": live.base}])
    found = looked_at(seen.go("/accounts"))
    assert "Your role does not allow this" in seen.page.content()
    for base in serve(app_of(service, live.access, once)):
        page = chromium.new_page()
        page.route("**/static/*", partial(_given, live.base))  # styles are refused too, but browsers have kept them
        for _ in range(2):
            page.goto(f"{base}/login")
        assert "asked too often" in page.locator("h1").inner_text()
        found += looked_at(page)
        page.close()
    assert not found


def test_everybody_can_sign_in(opened: Callable[..., Seen], live: Live) -> None:
    seen = opened(signed_in=False)
    page = seen.go("/login")
    page.fill("[name=name]", "somebody")
    page.fill("[name=password]", "something")
    page.click("main button")
    assert not looked_at(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_a_phone_in_any_language(
    opened: Callable[..., Seen], addresses: dict[str, str], language: str
) -> None:
    seen = opened(language=language, width=PHONE[0])
    for path in addresses.values():
        page = seen.go(path)
        assert page.get_attribute("html", "lang") == language
        assert page.evaluate(WIDER) == 0, path


def test_the_code_of_the_one_time_link_leaves_the_address(
    opened: Callable[..., Seen], chromium: Browser, checker: Checker, tmp_path: Path
) -> None:
    from licet.accounts.store import open_store as open_accounts  # noqa: PLC0415 - of this test alone
    from tests.api.conftest import QUICK  # noqa: PLC0415

    access = Access(open_accounts(tmp_path), QUICK)
    secret = access.new_first()
    for base in serve(app_of(Service(replace(checker, screening=None)), access)):
        context = chromium.new_context(locale="en-US", reduced_motion="reduce")
        seen = Seen(context.new_page(), base).listen()
        page = seen.go(f"/welcome#{secret}")
        assert page.input_value("[name=secret]") == secret and page.url == f"{base}/welcome"
        assert not looked_at(page)
        page.fill("[name=name]", "Ada")
        for name in ("password", "again"):
            page.fill(f"[name={name}]", PASSWORD)
        page.click("main button")
        assert page.url == f"{base}/"
        page.goto(f"{base}/account")
        page.fill("[name=title]", "nightly")
        page.click("button[value=key]")
        assert access.caller_of_key(page.locator("#made").inner_text()) == Caller("Ada", Role.READER)
        assert not seen.wrong
        context.close()
