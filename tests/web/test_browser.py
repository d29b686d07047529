"""The desk in a real browser: by keyboard alone, without scripts, after a session, and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser

from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access
from licet.services.check import Checker
from licet.services.serve import Service
from tests.api.conftest import OFFICER, PASSWORD
from tests.web.conftest import app_of, serve
from tests.web.seen import BOOK, Seen, looked_at, newest


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
    found += looked_at(seen.go(f"/ledger/{newest(seen)}"))  # the record of the book
    assert not found


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
