"""The matrix of a technology on the desk."""

from __future__ import annotations

import re
from html import unescape

import pytest

from licet.services.access.caller import Role
from licet.services.access.desk import Access
from licet.services.serve import Service
from licet.web.language import LANGUAGES
from tests.web.conftest import Visitor

CHIPS = "/alignment?technology=ai_chips&from=2023-11-10&until=2023-12-01&on=2023-12-01"


@pytest.fixture(scope="module")
def desk(service: Service, doors: Access) -> Visitor:
    """A reader at the desk."""
    return Visitor(service, doors, Role.READER.word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_controls_a_technology_in_every_language(desk: Visitor, language: str) -> None:
    answer = desk.get(CHIPS, headers={"Accept-Language": language})
    assert answer.status_code == 200 and f'<html lang="{language}">' in answer.text
    assert "<svg" in answer.text and "3A090" in answer.text and 'class="badge stop"' in answer.text


def test_the_day_the_places_and_what_stands_behind_are_told(desk: Visitor) -> None:
    page = unescape(re.sub(r"<[^>]+>", " ", desk.get(CHIPS).text))
    for said in (
        "Sold to China (CN)",
        "The day looked at is 2023-12-01",
        "controlled",
        "United States (US)",
        "2023-11-17",
    ):
        assert said in page, said
    assert "<style" not in desk.get(CHIPS).text  # the browser would not take it
    assert ".align" in desk.get("/static/align.css").text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("technology=nothing", "there is no technology"), ("technology=../duv", "there is no technology"),
        ("technology=ai_chips&to=XX", "is no country"), ("technology=ai_chips&from=x", "is not a date"),
        ("technology=ai_chips&from=2024-01-01&on=2023-01-01", "does not lie between"),
        ("technology=<script>alert(1)</script>", "there is no technology"),
        ("technology=ai_chips&to=<b>", "is no country"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(desk: Visitor, query: str, said: str) -> None:
    answer = desk.get(f"/alignment?{query}")
    assert answer.status_code == 422 and said in unescape(answer.text)
    assert "<script>alert" not in answer.text and "<b>" not in answer.text
