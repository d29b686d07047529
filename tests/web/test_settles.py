"""What would settle an ownership test, in the words of a page: every sentence that an answer can have."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import replace
from typing import cast

import pytest

from licet.parties.owners import settle
from licet.parties.owners.model import ONE_PERCENT, Entity, Graph, Share
from licet.parties.owners.settle import Settling, Unknown
from licet.parties.owners.situation import OwnershipTest
from licet.render.clean import one_line
from licet.rules.snapshot import InForce
from licet.services.own_answer import SettlingAnswer
from licet.services.own_facts import Entities
from licet.services.own_law import Test as Rule
from licet.services.own_said import Sayer
from licet.web.language import LANGUAGES
from licet.web.settles import _ALL, _ASKED, settles
from licet.web.tongue import Ours
from licet.web.words import Said

NAMES = (
    ("X & Co", "Y <Ltd>"), ("A's share of B is known: yes proves", "C, no disproves"), ("{owner}", "%s {does}"),
    ("X and Y", "Z and W act jointly: no proves"), ("a  b", "c\u202e d "), ("甲's votes in 乙", "丙 controls 丁"),
)  # fmt: skip
KINDS = ("share", "rest", "row", "control", "controllers", "joint")
P = ONE_PERCENT
ENDS = (5 * P, 60 * P)
Spans = tuple[Share | None, Share | None]
NUMBERS: tuple[Spans, ...] = (
    ((50 * P, 60 * P), (5 * P, 12 * P - 1)), ((50 * P + 1, 60 * P), (5 * P, 12 * P)), (ENDS, None), (None, ENDS),
    ((7 * P, 7 * P), None), (None, (7 * P, 8 * P + 1)),
)  # fmt: skip
ANSWERS: tuple[Spans, ...] = (((1, 1), (0, 0)), ((0, 1), None), (None, (0, 1)), ((0, 0), None))


def made(kind: str, names: tuple[str, str], spans: Spans, more: tuple[bool, bool]) -> SettlingAnswer:
    """What an answer says of something not known; `more`: whether votes count, whether the owner was screened."""
    owner, owned = names
    votes, screened = more
    graph = Graph(entities={owner: Entity(owner, screened=screened), owned: Entity(owned)})
    ends = ENDS if kind in ("share", "rest") else (0, 1)
    unknown = Unknown(kind, owner, owned, ends, lambda situation, _: situation)
    test = Rule(cast(InForce, None), "", OwnershipTest(50 * P, right="votes" if votes else "share"), ())
    return Sayer(graph, cast(Entities, None)).settling(Settling(unknown, *spans), test)


MADE = [
    made(kind, names, spans, (votes, screened))
    for kind in KINDS
    for names in NAMES
    for spans in (NUMBERS if kind in ("share", "rest") else ANSWERS)
    for votes in (False, True)
    for screened in (False, True)
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_told_in_every_language(language: str) -> None:
    for one in MADE:
        found = settles(one, Said(language))
        assert isinstance(found, Ours), one.text
        assert language != "en" or "".join(found.split()) == "".join(one_line(one.text).split()), one.text
        assert one.kind in ("rest", "controllers") or one_line(one.owner) in found, one.text
        assert one.kind == "row" or one_line(one.owned) in found, one.text


def test_every_kind_and_value_is_made() -> None:
    tree = ast.parse(inspect.getsource(settle))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    first = [node.args[0] for node in calls if isinstance(node.func, ast.Name) and node.func.id == "Unknown"]
    assert {one.value for one in first if isinstance(one, ast.Constant)} == {*KINDS} == _ASKED.keys()
    said = " ".join(one.text for one in MADE)
    assert not [name for name, pattern in _ALL if not re.search(pattern.pattern + " (dis)?proves", said, re.ASCII)]


@pytest.mark.parametrize(
    ("kind", "spans", "language", "told"),
    [
        ("share", NUMBERS[0], "ja", "Y <Ltd> に対する X & Co の持分（成立：50 % 以上、不成立：12 % 未満）"),
        ("share", NUMBERS[1], "zh-Hans", "X & Co 所持 Y <Ltd> 的份额（成立：超过 50 %，不成立：不超过 12 %）"),
        ("row", ANSWERS[0], "zh-Hant", "X & Co 是否在應計入的名單上（成立：是，不成立：否）"),
        ("joint", ANSWERS[2], "ja", "X & Co と Y <Ltd> が共同で行動しているか（不成立：どちらの回答でも）"),
        (
            "rest", NUMBERS[5], "zh-Hans",
            "Y <Ltd> 未列明所有人的 60 % 份额中，应计入者所持多少（不成立：7 % 至 8.0001 %）",
        ),
    ],
)  # fmt: skip
def test_parts_stand_in_their_places(kind: str, spans: Spans, language: str, told: str) -> None:
    assert settles(made(kind, NAMES[0], spans, (False, False)), Said(language)) == told


@pytest.mark.parametrize(
    "text",
    [
        "X & Co's share of Y <Ltd> is known: maybe proves", "X & Co's share of Y <Ltd> is known: ", "", "<b>",
        "X & Co's share of Y <Ltd> is known: > 5 % proves, <b> disproves", "X's share of Y <Ltd> is known: yes proves",
        "it is known whether X & Co controls Y <Ltd>: yes proves", "X & Co's share of Y <Ltd> is known: > 5 %",
    ],
)  # fmt: skip
def test_what_is_not_known_stays_as_it_is(text: str) -> None:
    one = replace(made("share", NAMES[0], NUMBERS[0], (False, False)), text=text)
    found = settles(one, Said("ja"))
    assert found == text.strip() and not isinstance(found, Ours)


def test_long_hostile_text_takes_no_time() -> None:
    long = ("a's share of " * 50_000, "is known: yes proves, " * 50_000)
    one = made("share", long, NUMBERS[0], (False, False))
    assert isinstance(settles(one, Said("ja")), Ours)
    assert not isinstance(settles(replace(one, text=one.text + ", > 5" * 50_000), Said("ja")), Ours)
