"""Chinese and Japanese names: characters, numbers, parts, pinyin."""

from __future__ import annotations

import pytest

from licet.parties.names.han import is_person, latin_choices, number, parts, person, pinyin, simplified


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("華為", "华为"),
        ("东芝", "东芝"),
        ("東芝", "东芝"),
        ("桜", "樱"),
        ("広島", "广岛"),
        ("発電", "发电"),
        ("ABC", "ABC"),
    ],
)
def test_one_set_of_characters(text: str, kept: str) -> None:
    assert simplified(text) == kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十四", 14),
        ("二十", 20),
        ("五十五", 55),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十五", 115),
        ("七〇二", 702),  # as institutes write it
        ("七一四", 714),
        ("〇七", 7),
        ("14", 14),
    ],
)
def test_numbers(text: str, value: int) -> None:
    assert number(text) == value
    assert str(value) in simplified(f"第{text}研究所").split()[0]


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("王伟", ("wang", "wei")),
        ("欧阳娜娜", ("ouyang", "nana")),
        ("欧阳", ("ou", "yang")),  # two characters are a surname and a given name
        ("单田芳", ("shan", "tianfang")),  # a surname has a reading of its own
        ("习近平", ("xi", "jinping")),
    ],
)
def test_persons_in_pinyin(name: str, spelt: tuple[str, str]) -> None:
    assert person(name) == spelt


def test_a_name_cut_into_parts() -> None:
    cut = parts("深圳市华为技术有限公司")
    assert cut == [("place", "深圳市"), ("name", "华为"), ("word", "技术"), ("legal", "有限公司")]
    assert latin_choices(cut) == [["shenzhen", "huawei", "technology"]]


def test_the_ways_a_university_may_be_written() -> None:
    ways = latin_choices(parts("北京理工大学"))
    assert ["beijing", "institute", "of", "technology"] in ways
    assert len(ways) <= 4


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("王伟", "unknown", True),
        ("上海", "unknown", False),  # a place
        ("上海", "person", True),
        ("王伟", "firm", False),
        ("华为技术有限公司", "unknown", False),
        ("王", "person", False),
        ("トヨタ", "person", False),
    ],
)
def test_what_reads_as_a_person(name: str, kind: str, expected: bool) -> None:
    assert is_person(parts(name), kind) is expected


def test_pinyin_keeps_other_letters() -> None:
    assert pinyin("华为5g") == "huawei5g"
