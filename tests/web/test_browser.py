"""The desk in a real browser: by keyboard alone, in every theme and size, and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from licet.ledger.keys import make_key
from licet.ledger.ledger import Ledger
from licet.ledger.store import open_store
from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access
from licet.services.check import Checker
from licet.services.ledger.keep import Keeper
from licet.services.serve import Service
from licet.web.language import LANGUAGES
from tests.api.conftest import OFFICER, PASSWORD, access_in
from tests.web.conftest import app_of, serve

WIDE, PHONE = (1280, 900), (360, 740)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
UNFOLD = "document.querySelectorAll('main details:not(.proof details)').forEach((one) => { one.open = true; })"
# A proof is as large as the law it rests on, and a list of countries as the world: a few stand for all.
TWIGS = {"exclude": [[".proof ul ul"], ["option + option + option"], [".listed ~ .listed"]]}
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
        patched.setenv("LICET_HOME", str(home))
        for base in serve(app_of(Service(own, Keeper(own, ledger, "the server")), access)):
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
    assert "3A090.a" in page.content()


def test_what_was_typed_when_the_session_had_ended_is_there_after_signing_in(opened: Callable[..., Seen]) -> None:
    seen = opened(scripts=False)
    page = seen.go("/case")
    page.fill("[name=case]", "A long story\u2026")
    page.context.clear_cookies(name="licet_session")
    page.click("form:has([name=case]) button")
    page.fill("[name=name]", OFFICER)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    assert "A long story\u2026" in page.locator("main").inner_text()
    page.click("main button")
    assert page.title().startswith("A long story\u2026")


def test_an_order_book_shows_how_far_it_is_and_then_its_result(opened: Callable[..., Seen]) -> None:
    seen = opened()
    page = seen.go("/orders")
    page.set_input_files("[name=table]", {"name": "b.csv", "mimeType": "text/csv", "buffer": b"to,Colour\nCN,red\n"})
    page.click("form[action='/orders'] button")
    assert "Colour" in page.locator("main").inner_text()
    page.locator("main form .buttons button").first.click()
    page.locator("a[href$='/result']").wait_for(timeout=60_000)  # nobody opens the page again
    assert not looked_at(page)


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
    decision = page.url.removeprefix(seen.base)
    page = seen.go("/screening")
    page.fill("[name=list]", "Yangtze Memory Technologies; CN\nNobody Known")
    page.click("form[action='/screening'] button")
    screened = page.url.removeprefix(seen.base)
    page = seen.go("/orders")
    page.set_input_files("[name=table]", {"name": "book.csv", "mimeType": "text/csv", "buffer": b"to,Colour\nCN,red\n"})
    page.click("form[action='/orders'] button")
    return {
        "start": "/", "cases": "/case", "question": case, "edit": f"{case}?edit=items%5B1%5D.kind",
        "more": f"{case}?edit=add:", "text": f"{case}/text", "decision": decision, "record": "/ledger/2",
        "screened": screened, "orders": "/orders", "map": page.url.removeprefix(seen.base),
        "screening": "/screening", "hits": "/screening/hits",
        "alignment": "/alignment?technology=ai_chips&from=2023-11-10&until=2023-12-01",
        "law": "/law?text=3A090.a", "provision": "/law/us.ear.ccl.3A090.a?on=2024-01-01", "ledger": "/ledger",
        "changes": "/law/changes?from=2023-11-16&to=2023-11-17&rule=us.ear.ccl.3A090.a",
        "account": "/account", "accounts": "/accounts", "missing": "/nothing",
    }  # fmt: skip


def faults(page: Page, rules: object) -> list[str]:
    found = Axe().run(page, context=TWIGS, options=rules).response["violations"]
    return [f"{page.url} {one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def looked_at(page: Page) -> list[str]:
    """What is wrong with a page: wide and light, then on a phone and dark, which is all that differs."""
    found = []
    page.evaluate(UNFOLD)
    for (width, height), theme in ((WIDE, "light"), (PHONE, "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        found += [f"{theme} {width} {fault}" for fault in faults(page, EVERYTHING)]
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
