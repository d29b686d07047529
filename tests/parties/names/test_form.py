"""The forms of names: the same name meets itself in every script and spelling."""

from __future__ import annotations

import pytest

from licet.parties.names.form import CONSONANTS, HAN, LATIN, MAX_WORDS, SPELT, forms, query_forms

# A name and its kind, and the view and words of its first form.
FIRST = [
    ("Wáng Wěi", "person", LATIN, "wang wei"),
    ("WANG, Wei", "person", LATIN, "wang wei"),
    ("WANG, Da", "person", LATIN, "wang da"),  # no small word, as in da Silva
    ("LIU Hsiao-po", "unknown", LATIN, "liu hsiao po"),
    ("Da Silva, Tiago", "person", LATIN, "of silva tiago"),
    ("王偉", "person", HAN, "王伟"),
    ("王伟", "unknown", HAN, "王伟"),
    ("華為技術有限公司", "firm", HAN, "华为 技术"),
    ("中芯国际集成电路制造有限公司", "firm", HAN, "中芯 国际 集成电路 制造"),
    ("トヨタ自動車株式会社", "firm", HAN, "トヨタ自动车"),
    ("シャープ株式会社", "firm", HAN, "シャープ"),
    ("김정은", "person", HAN, "김정은"),
    ("LG전자 주식회사", "firm", HAN, "lg전자"),
    ("محمد بن سلمان", "person", CONSONANTS, "mhmd bn slmn"),
    ("البنك المركزي", "firm", CONSONANTS, "bnk mrkz"),
    ("ال", "firm", CONSONANTS, "l"),
    ("Αλέξης Τσίπρας", "person", LATIN, "alexis tsipras"),
    ("Владимир Путин", "person", LATIN, "vladimir putin"),
    ("Сбeрбанк Pоссии", "firm", LATIN, "sberbank russian"),  # Latin e and P
    ("Müller & Söhne GmbH", "firm", LATIN, "muller and sohne"),
    ("Łódź Straße Æther", "firm", LATIN, "lodz strasse aether"),
    ("O'Brien", "person", LATIN, "obrien"),
    ("Xi'an Aircraft", "firm", LATIN, "xian aircraft"),
    ("A.V. Ivanov", "person", LATIN, "a v ivanov"),
    ("I.B.M.", "firm", LATIN, "ibm"),
    ("14th Research Institute", "firm", LATIN, "14 research institute"),
    ("22nd and 101st", "firm", LATIN, "22 and 101"),
    ("2nd Plant", "firm", LATIN, "second plant"),
    ("№ 14 Research Institute", "firm", LATIN, "no 14 research institute"),
    ("第十四研究所", "firm", HAN, "14 研究所"),
    ("第七〇二研究所", "firm", HAN, "702 研究所"),
    ("Petrozavodsk Ship Building Plant", "firm", LATIN, "petrozavodsk shipyard"),
    ("Ｈｕａｗｅｉ ①", "firm", LATIN, "huawei 1"),
    ("\u202eHua\u200bwei\x00", "firm", LATIN, "huawei"),
]


@pytest.mark.parametrize(("text", "kind", "view", "words"), FIRST)
def test_the_first_form(text: str, kind: str, view: str, words: str) -> None:
    form = forms(text, kind)[0]
    assert (form.view, " ".join(form.words)) == (view, words)


# A name in another script, its kind, and a way to spell it that must be among its forms.
SPELLINGS = [
    ("王伟", "person", "wang wei"),
    ("欧阳娜娜", "person", "ouyang nana"),
    ("华为技术有限公司", "firm", "huawei technology"),
    ("哈尔滨工业大学", "firm", "harbin institute of technology"),
    ("哈尔滨工程大学", "firm", "harbin engineering university"),
    ("第十四研究所", "firm", "14 research institute"),
    ("김정은", "person", "kim jong un"),
    ("박근혜", "person", "pak kun hye"),
]


@pytest.mark.parametrize(("text", "kind", "words"), SPELLINGS)
def test_latin_spellings(text: str, kind: str, words: str) -> None:
    assert words in {" ".join(form.words) for form in forms(text, kind) if form.view == SPELT}


def test_two_scripts_side_by_side_are_two_names() -> None:
    found = {(form.view, form.words) for form in forms("Nanjing University (南京大学)", "firm")}
    assert found == {(LATIN, ("nanjing", "university")), (HAN, ("南京", "大学")), (SPELT, ("nanjing", "university"))}


@pytest.mark.parametrize("text", ["", " ", "...", "\x00", "\u200f\u202e", "«»", "ـ", "ь"])
def test_what_has_nothing_to_read_has_no_form(text: str) -> None:
    assert forms(text) == query_forms(text, "unknown", ()) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Huawei Technolgies Cmpany", "huawei technology"),
        ("Yingsaeirelectronic", "yingsaeir electronics"),
        ("HuaweiTechnologies", "huawei technology"),
        ("JOINT SOCK COMPANY ROSBANK", "rosbank"),
    ],
)
def test_what_is_typed_is_mended_in_a_second_form(text: str, words: str) -> None:
    found = query_forms(text, "firm", ())
    assert found[0] == forms(text, "firm")[0]
    assert " ".join(found[-1].words) == words


def test_a_word_of_the_lists_is_not_mended() -> None:
    assert len(query_forms("Cmpany Huawei", "firm", {"cmpany"})) == 1
    assert len(query_forms("Cmpany Huawei", "person", ())) == 1


def test_a_name_in_characters_is_not_mended_as_if_it_were_latin() -> None:
    # In pinyin written as one, two universities of a town would be a few letters apart.
    assert {form.view for form in query_forms("哈尔滨工业大学", "firm", ())} == {HAN, SPELT}


def test_long_names_are_cut() -> None:
    assert len(forms("ab " * 1000)[0].words) == MAX_WORDS
    assert len(forms("x" * 10_000)[0].words[0]) == 500


@pytest.mark.parametrize(
    "written",
    ["M/s Alpha Trading", "M/S. Alpha Trading", "c/o Alpha Trading", "Messrs Alpha Trading", "Attn: Alpha Trading"],
)
def test_what_addresses_put_before_a_name_is_no_part_of_it(written: str) -> None:
    assert forms(written) == forms("Alpha Trading")


def test_a_name_that_only_begins_alike_keeps_its_beginning() -> None:
    assert forms("Attnang Alpha") != forms("Alpha")
    assert forms("MS Alpha") != forms("Alpha")
