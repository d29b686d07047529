"""Files of aliases, and each kind of mistake in them. All parties are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from licet.facts.errors import LawError
from licet.parties.aliases_file import aliases_hash, read_aliases
from licet.parties.aliases_same import Aliases

NAME = "{text: 安方有限公司, kind: official, cite: a paper, read: 2026-01-02, basis: official}"
ROW = f"- name: Anfang Works\n  lists: [xx.one]\n  country: CN\n  add:\n    - {NAME}\n"


def read(folder: Path, *texts: str) -> Aliases:
    for number, text in enumerate(texts):
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    return read_aliases(folder)


def test_a_file_is_read_with_all_it_says(tmp_path: Path) -> None:
    more = "{text: 安方, kind: short, cite: a paper, read: 2026-01-02, basis: secondary, from: 2009-05, until: 2020}"
    head = ROW.replace("country: CN", "country: CN\n  from: 2001")
    found = read(tmp_path, f"{head}    - {more}\n")
    (row,) = found.aliases
    assert (row.name, row.lists, row.country, row.same_as) == ("Anfang Works", ("xx.one",), "CN", "")
    assert [(name.text, name.kind, name.basis) for name in row.names] == [
        ("安方有限公司", "official", "official"),
        ("安方", "short", "secondary"),
    ]
    assert [(name.start, name.end) for name in row.names] == [("2001", ""), ("2009-05", "2020")]
    assert found.hash == aliases_hash(tmp_path)


def test_the_hash_names_the_files(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    assert read(one, ROW).hash != read(two, ROW.replace("a paper", "another")).hash


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("country: CN", "land: CN", "0.yaml:3:3", "'land' is not a key here"),
        ("kind: official", "sort: official", "0.yaml:5:22", "'sort' is not a key here"),
        ("country: CN", "country: XQ", "0.yaml:3:12", "'XQ' is not a country code"),
        ("country: CN\n", "\n", "0.yaml:1:3", "country is missing"),
        ("country: CN", "country: ", "0.yaml:3:3", "country is missing"),
        ("[xx.one]", "[]", "0.yaml:2:10", "expected a list with something in it"),
        ("[xx.one]", "xx.one", "0.yaml:2:10", "expected a list with something in it"),
        ("[xx.one]", "[one]", "0.yaml:2:11", "'one' is not the name of a list"),
        ("[xx.one]", "[[xx.one]]", "0.yaml:2:11", "'' is not the name of a list"),
        ("[xx.one]", "[xx.one, xx.one]", "0.yaml:2:19", "'xx.one' stands twice"),
        ("kind: official", "kind: offical", "0.yaml:5:28", "kind: 'offical'"),
        ("basis: official", "basis: recalled", "0.yaml:5:78", "basis: 'recalled'"),
        ("read: 2026-01-02", "read: 2026-01", "0.yaml:5:59", "read: '2026-01' is not a whole date"),
        ("read: 2026-01-02", "read: 2026-02-30", "0.yaml:5:59", "read: '2026-02-30' is not a date"),
        ("read: 2026-01-02", "read: last week", "0.yaml:5:59", "read: 'last week' is not a date"),
        ("read: 2026-01-02", "from: 2026-13, read: 2026-01-02", "0.yaml:5:59", "from: '2026-13' is not a date"),
        ("basis: official", "basis: official, from: 2021, until: 2020-05", "0.yaml:5:100", "until 2020-05 is before"),
        ("cite: a paper", "cite: ", "0.yaml:5:38", "cite is missing"),
        ("cite: a paper", "cite: [a paper]", "0.yaml:5:44", "cite: expected a text in one line"),
        ("text: 安方有限公司", "text: ' 安方'", "0.yaml:5:14", "text: expected a text in one line"),
        ("text: 安方有限公司", "text: '。'", "0.yaml:5:14", "has no letter"),
        ("text: 安方有限公司", "text: ANFANG works", "0.yaml:4:3", "'ANFANG works' stands twice"),
        (
            "- name: Anfang Works",
            "- name: Anfang Works\n  same_as: Morgen",
            "0.yaml:1:3",
            "there is no alias of 'Morgen'",
        ),
        ("- name: Anfang Works", "- name: Anfang Works\n  same_as: Anfang Works", "0.yaml:1:3", "names itself"),
        (ROW, "name: Anfang", "0.yaml:1:1", "expected a list with something in it"),
        (ROW, "- Anfang", "0.yaml:1:3", "expected keys and values"),
        (ROW, ROW + ROW, "0.yaml:6:3", "'Anfang Works' stands twice for xx.one"),
        ("country: CN", "country: CN\n  country: CN", "0.yaml:4:3", "the key 'country' stands twice"),
        ("country: CN", "country: &a CN", "0.yaml:3:12", "anchors and aliases are not read"),
    ],
)
def test_each_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, place: str, message: str) -> None:
    assert old in ROW
    with pytest.raises(LawError) as caught:
        read(tmp_path, ROW.replace(old, new))
    (problem,) = caught.value.problems
    assert message in problem.message
    assert str(problem.place) == place


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    bad = ROW.replace("country: CN", "country: XQ")
    with pytest.raises(LawError) as caught:
        read(tmp_path, bad + ROW.replace("kind: official", "kind: none"), bad, "")
    assert [problem.place.file for problem in caught.value.problems] == ["0.yaml", "0.yaml", "1.yaml", "2.yaml"]


OTHER = ROW.replace("Anfang Works", "Morgen Works")


def test_one_official_name_of_two_parties_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(LawError, match="is the official name of 'Anfang Works' as well as 'Morgen Works'") as caught:
        read(tmp_path, ROW, OTHER)
    assert str(caught.value.problems[0].place) == "1.yaml:1:3"


@pytest.mark.parametrize("through", ["same_as", "case"])
def test_unless_they_are_one(tmp_path: Path, through: str) -> None:
    second = OTHER.replace("  lists", "  same_as: Anfang Works\n  lists") if through == "same_as" else ROW.upper()
    if through == "case":
        second = ROW.replace("Anfang Works", "ANFANG WORKS").replace("xx.one", "xx.two")
    assert len(read(tmp_path, ROW, second).aliases) == 2


def test_marks_go_on_from_row_to_row(tmp_path: Path) -> None:
    third = ROW.replace("Anfang Works", "Abend Works").replace("  lists", "  same_as: Morgen Works\n  lists")
    second = OTHER.replace("  lists", "  same_as: Anfang Works\n  lists")
    assert len(read(tmp_path, third, second, ROW).aliases) == 3


def test_rows_of_one_party_have_a_name_in_common(tmp_path: Path) -> None:
    second = OTHER.replace("安方", "晨").replace("  lists", "  same_as: Anfang Works\n  lists")
    with pytest.raises(LawError, match="'Morgen Works' shares no name with 'Anfang Works'"):
        read(tmp_path, ROW, second)
