"""Why a hit has its score, in the words of a page: every sentence that matching makes."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import permutations
from types import ModuleType

import pytest

from licet.parties.entry import KINDS, Identifier
from licet.parties.match import context, index, judge, reasons
from licet.parties.match.hit import Query, Reason
from licet.parties.match.index import Index
from licet.parties.match.reasons import reasons as steps
from licet.parties.match.score import Side, agree
from licet.render.clean import one_line
from licet.services.screen_answer import ReasonAnswer
from licet.web.language import LANGUAGES
from licet.web.scored import SENTENCES, scored
from licet.web.sentence import Sentence
from licet.web.tongue import Ours, Tongue
from licet.web.words import Said
from tests.parties.match.making import ENTRIES, entry

PAIRS = (
    ("wang wei", "wei wang"), ("mikhail ivanov", "mihail ivanov"), ("chang mingli", "zhang mingli"),
    ("v putin", "vladimir putin"), ("hauwei sales", "huawei sales"), ("hua wei", "huawei"), ("hauwei", "huawei"),
    ("vektra", "vektra sibir"), ("vektra sibir", "vektra"), ("vektra sibir", "vektra ural"),
    ("dostoyevskiy bank", "dostaevsky bank"), ("mourjanah bank", "marjaneh bank"),
)  # fmt: skip
KNOWN = entry(
    "known", "Brisk Lantern", kind="vessel", births=("1970-03-04",), countries=("RU", "BY"),
    identifiers=(Identifier("imo", "IMO 9000001"), Identifier("tax", "7700")),
)  # fmt: skip
ASKED = (
    Query("Brisk Lantern", births=("1970",), countries=("BY",)), Query("Brisk Lantern", births=("1971-02",)),
    Query("Brisk Lantern", countries=("PA",)), Query("Brisk Lantern", identifiers=("IMO 9000001", "77-00")),
    Query("Quite Another", identifiers=("7700",)), Query("Lantern", identifiers=("7700",)),
    Query("SMIC"), Query("CETC", "firm"), Query("Harbin Institute of Tecnology"), Query("Dahua Trahsportation Cmpany"),
    Query("brisk lantern"), Query("王偉"), Query("المرجانة الزرقاء"),
)  # fmt: skip


def compared(one: str, other: str) -> tuple[Reason, ...]:
    mine, theirs = (Side(text.split(), [1.0] * len(text.split()), float(len(text.split()))) for text in (one, other))
    return steps(mine, theirs, agree(mine, theirs))


def made() -> Iterator[Reason]:
    """Reasons of every sort, as matching gives them."""
    for one, other in PAIRS:
        yield from compared(one, other)
    whole = Index.build([*ENTRIES, KNOWN])
    for query in ASKED:
        for hit in whole.search(query, threshold=0.3):
            yield from hit.reasons
    for one, other in permutations(KINDS, 2):
        yield from context.context(Query("x", one), entry("x", "x", kind=other))


def told(one: Reason, language: str) -> str:
    return scored(ReasonAnswer(one.code, one.text, one.weight), Said(language))


MADE = sorted({(one.code, one.text) for one in made()})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_told_in_every_language(language: str) -> None:
    for code, text in MADE:
        found = told(Reason(code, text, 0.0), language)
        assert isinstance(found, Ours) and "{" not in found, (code, text)
        assert (found == text) == (language == "en"), (code, text)


def test_every_sentence_that_is_read_is_made() -> None:
    unmade = [
        (code, one.name)
        for code, several in SENTENCES.items()
        for one in several
        if not any(one.read(text) is not None for made_code, text in MADE if made_code == code)
    ]
    assert not unmade


def test_every_code_of_matching_is_read() -> None:
    assert {code for module in (context, index, judge, reasons) for code in _codes(module)} == SENTENCES.keys()


def _codes(module: ModuleType) -> Iterator[str]:
    """The codes in a module: of `Reason("code", …)`, and those of two words that are not spelt alike."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
            first = node.args[0]
            yield from (str(one.value) for one in ast.walk(first) if isinstance(one, ast.Constant))
    if module is reasons:
        yield from (code for code, _ in reasons._HOW.values())
        yield "letters"


def test_parts_stand_in_their_places() -> None:
    assert told(Reason("words", "words that agree: hua wei", 1.0), "zh-Hans") == "一致的词：hua wei"
    assert told(Reason("birth", "born 1970-03-04, not 1971", -0.2), "ja") == "生年月日は 1971 ではなく 1970-03-04"
    assert told(Reason("kind", "a vessel and not a person", -0.2), "zh-Hant") == "是船舶，而非個人"
    assert told(Reason("country", "in RU, BY", -0.03), "ja") == "国は RU, BY"


@pytest.mark.parametrize(
    ("one", "other", "code", "said"),
    [
        ("sales a stands against b", "sales c", "conflict", None), ("sales", "sales a / b:", "only_entry", "a / b:"),
        ("sales q", "sales b stands against c", "conflict", None), ("hua wei", "huawei", "joined", "hua wei / huawei"),
        ("sales {one} <b>", "sales {other}", "conflict", "{one} <b> と {other}"),
        ("only asked for: sales", "sales", "only_query", "only asked for:"),
        ("x words that agree: y", "x words that agree: y", "words", "x, words, that, agree:, y"),
    ],
)  # fmt: skip
def test_names_with_words_of_a_sentence_stay_whole(one: str, other: str, code: str, said: str | None) -> None:
    """What can be read in two ways is not read; what is read has each name as it was."""
    (reason,) = (reason for reason in compared(one, other) if reason.code == code)
    found = told(reason, "ja")
    assert told(reason, "en") == reason.text and isinstance(found, Ours) == (said is not None)
    assert (said in found) if said is not None else (found == reason.text)


def test_an_abbreviation_that_names_another_is_shown_as_it_is() -> None:
    hits = Index.build([entry("a", "Semiconductor: the initials of Manufacturing")]).search(Query("SM"), threshold=0.1)
    said = [reason for hit in hits for reason in hit.reasons if reason.code == "abbreviation"]
    for reason in [*said, Reason("abbreviation", "A: the initials of B: the initials of C", 0.75)]:
        assert not isinstance(told(reason, "ja"), Ours) and told(reason, "ja") == reason.text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("words", "only asked for: x"), ("another", "words that agree: x"), ("words", "words that agree: "),
        ("kind", "a <b> and not a person"), ("birth", "born 1970, not 1971 as asked"), ("country", "in a <b> place"),
        ("country", "in RU as asked as asked"), ("conflict", " stands against x"),
        ("letters", "a / : a few letters apart"),
    ],
)  # fmt: skip
def test_what_is_not_known_stays_as_it_is(code: str, text: str) -> None:
    found = told(Reason(code, text, 0.0), "ja")
    assert found == one_line(text) and not isinstance(found, Ours)


def test_names_are_escaped_and_not_written_otherwise() -> None:
    read = told(Reason("words", "words that agree: <b>华为</b>", 1.0), "zh-Hant")
    assert Tongue("zh-Hant").kept(read) == "一致的詞：&lt;b&gt;华为&lt;/b&gt;"
    kept = told(Reason("words", "other words: <b>华为</b>\u202e", 1.0), "zh-Hant")
    assert Tongue("zh-Hant").kept(kept) == '<span lang="en">other words: &lt;b&gt;华为&lt;/b&gt;\ufffd</span>'


def test_long_hostile_text_takes_no_time() -> None:
    for code in SENTENCES:
        for text in ("a / " * 50_000, "a stands against " * 20_000, "in " + "a, " * 50_000 + "! !", "born " * 30_000):
            assert told(Reason(code, text, 0.0), "ja") == one_line(text)


def test_a_sentence_with_overlapping_words_between_is_not_read() -> None:
    one = Sentence.of("x", "{one} / {other}: y")
    assert one.read("a / b: y") == {"one": "a", "other": "b"}
    assert one.read("a / / b: y") is None and one.read("a / b / c: y") is None and one.read(" / b: y") is None
