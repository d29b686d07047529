"""Every page can be used by everybody: wide and on a phone, light and dark, in every language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from licet.services.access.caller import Caller, Role
from licet.services.access.limits import Limits, Rate
from licet.services.access.sessions import HEADER
from licet.services.check import Checker
from licet.services.jobs import queue
from licet.services.serve import Service
from licet.web.language import LANGUAGES
from tests.api.conftest import OFFICER, PASSWORD
from tests.web.conftest import app_of, serve
from tests.web.seen import BOOK, EVERYTHING, PHONE, WIDER, Live, Seen, faults, looked_at, newest
from tests.web.test_ledger_findings import GRAPH, ITEMS


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
    kinds = _findings(seen)
    page = seen.go("/ledger/2")
    page.fill("#f-reason-hold", "an inquiry")
    page.click("button[value=hold]")
    held = newest(seen)
    page = seen.go(screened)
    page.locator("main summary", has_text="Decide").first.click()
    page.locator("[name=reason]").first.fill("their brochure says so")
    page.locator("button[value=true]").first.click()
    return kinds | {
        "map": draft, "waiting": waiting, "hold": f"/ledger/{held}", "hit": f"/ledger/{newest(seen)}",
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


def _findings(seen: Seen) -> dict[str, str]:
    """Records of a classification and of an ownership determination."""
    token = seen.page.locator("[name=token]").first.get_attribute("value")
    found = {}
    for path, body in (("/v1/classify?on=2023-11-20", ITEMS), ("/v1/own?on=2024-06-01", {"graph": GRAPH})):
        answer = seen.page.request.post(f"{seen.base}{path}", data=body, headers={HEADER: token or ""})
        found[path] = f"/ledger/{answer.headers['licet-record']}"
    return found


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


def test_everybody_can_read_why_they_are_refused(
    opened: Callable[..., Seen], chromium: Browser, live: Live, checker: Checker
) -> None:
    once = Limits(Rate(0.001, 1), Rate(0.001, 1))
    service = Service(replace(checker, screening=None))
    seen = opened(signed_in=False)
    live.access.add(Caller("", Role.ADMINISTRATOR), "a reader", Role.READER, PASSWORD)
    cookie = live.access.sign_in("a reader", PASSWORD, "a test")
    seen.page.context.add_cookies([{"name": "licet_session", "value": cookie, "url": live.base}])
    told: list[tuple[str, int]] = []
    found = looked_at(seen.go("/accounts"))
    assert "Your role does not allow this" in seen.page.content()
    for base in serve(app_of(service, live.access, once)):
        page = chromium.new_page()
        page.on("response", lambda answer: told.append((urlsplit(answer.url).path, answer.status)))
        for _ in range(2):
            page.goto(f"{base}/login")
        assert "asked too often" in page.locator("h1").inner_text()
        assert {status for path, status in told if path.startswith("/static/")} <= {200, 304}  # the styles are there
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
