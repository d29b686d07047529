"""The law on the desk: listed, as it stands on a day, over the years, and between two days."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from licet.render.law_svg import Bar, picture
from licet.services.access.caller import Role
from licet.services.access.desk import Access
from licet.services.check import Checker
from licet.services.serve import Service
from licet.web.language import LANGUAGES
from licet.web.paging import Paging
from tests.web.conftest import Visitor

CHIPS = "us.ear.ccl.3A090.a"


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture(scope="module")
def desk(service: Service, doors: Access) -> Visitor:
    """A reader at the desk."""
    return Visitor(service, doors, Role.READER.word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_the_law_in_every_language(desk: Visitor, language: str) -> None:
    for path in (
        "/law?text=3A090",
        f"/law/{CHIPS}?on=2023-01-01",
        f"/law/changes?from=2023-11-16&to=2023-11-17&rule={CHIPS}",
    ):
        answer = desk.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 200 and f'<html lang="{language}">' in answer.text
        assert "3A090" in answer.text


def test_the_list_narrows_and_goes_on(desk: Visitor) -> None:
    first = desk.get("/law?kind=entry&jurisdiction=jp")
    assert "United States" not in text_of(first.text.partition("<tbody>")[2])
    following = re.search(r'rel="next" href="([^"]+)"', desk.get("/law?jurisdiction=us").text)
    assert following is not None
    second = desk.get(unescape(following[1]))
    assert "51 to 100 of" in second.text
    assert "Nothing fits" in desk.get("/law?text=no+such+words").text
    assert "51 to" not in desk.get("/law?text=3A090&page=99").text


@pytest.mark.parametrize(
    ("day", "said", "unsaid"),
    [
        ("2022-10-20", "begins 2022-10-21", "is at least 4,800"),
        ("2022-10-21", "Version 1 of 2", "performance density is at least"),
        ("2023-11-16", "input/output bandwidth is at least 600 GB/s", "1,600"),
        ("2023-11-17", "performance density is at least 5.92", "600 GB/s"),
    ],
)
def test_a_provision_says_what_it_said_on_that_day(desk: Visitor, day: str, said: str, unsaid: str) -> None:
    found = text_of(desk.get(f"/law/{CHIPS}?on={day}").text)
    assert said in found and unsaid not in found
    assert "88 FR 73458" in found  # the sources of all versions


def test_what_refers_to_a_provision_is_linked(desk: Visitor) -> None:
    page = desk.get(f"/law/{CHIPS}?on=2024-01-01").text
    assert 'href="/law/us.ear.ccl.4A090.a?on=2024-01-01"' in page
    assert desk.get("/law/us.ear.ccl.4A090.a?on=2024-01-01").status_code == 200


def test_every_provision_has_a_page(desk: Visitor, checker: Checker) -> None:
    by_kind = {rule.kind: rule.id for rule in checker.law.rules.values()}
    most = max(checker.law.rules.values(), key=lambda rule: len(rule.versions)).id
    for rule in [*by_kind.values(), most, "us.group.D5"]:
        answer = desk.get(f"/law/{rule}")
        assert answer.status_code == 200, rule
        assert answer.text.count('class="bar ') == len(checker.law.rules[rule].versions)


def test_two_days_are_compared(desk: Visitor) -> None:
    page = desk.get("/law/changes?from=2023-11-16&to=2023-11-17&jurisdiction=us")
    assert page.text.count('<article class="changed">') > 5
    one = desk.get(f"/law/changes?from=2023-11-16&to=2023-11-17&rule={CHIPS}").text
    assert re.search(r'<li class="removed">.*600 GB/s', one) and re.search(r'<li class="added">.*5.92', one)
    assert "stands the same" in desk.get(f"/law/changes?from=2024-01-01&to=2024-02-01&rule={CHIPS}").text
    assert "Rows of known parties" in desk.get("/law/changes?from=2022-12-01&to=2022-12-31").text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/law?on=tomorrow", 200, "is not a date"),
        ("/law/changes?from=2024-01-01&to=2023-01-01", 200, "does not come before"),
        ("/law/changes?from=x", 200, "is not a date"),
        ("/law/us.ear.nothing", 404, "no rule us.ear.nothing"),
        ("/law/changes?rule=us.ear.nothing", 404, "no rule"),
        (f"/law/{CHIPS}?on=soon", 422, "is not a date"),
        ("/law?page=0", 422, "greater than"),
        ("/law?text=" + "x" * 300, 422, "at most 200"),
    ],
)
def test_what_cannot_be_asked_is_told(desk: Visitor, path: str, status: int, said: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == status and said in unescape(answer.text)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x>', "\u202e{{7*7}}", "%00", "'; --"])
def test_hostile_words_stay_words(desk: Visitor, hostile: str) -> None:
    for name in ("text", "kind", "jurisdiction", "on"):
        page = desk.get("/law", params={name: hostile})
        assert page.status_code == 200
        assert "<script>alert" not in page.text and "<img src=x" not in page.text and "49" not in page.text[:500]
    assert desk.get(f"/law/{hostile.replace('/', '')}").status_code == 404


def test_a_picture_of_versions_keeps_to_its_frame() -> None:
    """Also for one day, for days long ago, and for words as they are."""
    bar = Bar(1, date(2022, 10, 21), None, "in_force", "<b>", "A & B")
    said = {"title": "a <title>", "on": "on", "open": "open"}
    for start, end in (
        (date(1995, 1, 1), None),
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2030, 1, 1), date(2031, 1, 1)),
    ):
        drawn = picture((bar, replace(bar, number=2, start=start, end=end)), date(2026, 1, 1), date(2026, 1, 1), said)
        assert "<b>" not in drawn and "A &amp; B" in drawn
        for x, width in re.findall(
            r'<rect class="bar [^"]+" x="([\d.]+)" y="[\d.]+" height="16" width="([\d.]+)"', drawn
        ):
            assert float(x) >= 0 and float(x) + float(width) <= 960


@given(count=integers(0, 2_000), each=integers(1, 60), number=integers(1, 100_000))
def test_pages_of_a_list_hold_each_thing_once(count: int, each: int, number: int) -> None:
    pages = [Paging("/x", {}, one, count, each) for one in range(1, Paging("/x", {}, 1, count, each).last + 1)]
    assert [thing for page in pages for thing in range(count)[page.span]] == [*range(count)]
    asked = Paging("/x", {"a": "<&>", "b": ""}, number, count, each)
    assert 1 <= asked.at <= asked.last and asked.start <= asked.end <= count
    assert asked.to(asked.at) == f"/x?a=%3C%26%3E&page={asked.at}"
