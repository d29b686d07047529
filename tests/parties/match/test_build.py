"""Rows, vocabulary and the strings that help to find rows."""

from __future__ import annotations

import numpy as np

from licet.parties.match.build import (
    MAX_FORMS,
    build_finder,
    build_rows,
    build_vocabulary,
    chinese_names,
    helpers,
    initials,
    pairs_of_characters,
    read_forms,
)
from licet.parties.match.vocabulary import CONSONANTS, INITIALS, PAIRS, READINGS
from licet.parties.names.form import CONSONANTS as CONSONANT_VIEW
from licet.parties.names.form import HAN, Form

from .making import ENTRIES, entry


def test_each_name_is_read() -> None:
    read = read_forms(ENTRIES)
    assert {number for number, _, _ in read} == set(range(len(ENTRIES)))
    own = [(place, form.view) for number, place, form in read if ENTRIES[number].id == "hit"]
    assert own == [(0, "latin"), (1, "han"), (1, "spelt"), (1, "spelt")]
    assert all(
        len(one.names) * MAX_FORMS >= sum(number == at for number, _, _ in read) for at, one in enumerate(ENTRIES)
    )


def test_a_reading_that_an_entry_has_twice_is_one_row() -> None:
    assert len(read_forms([entry(1, "Huawei Ltd", "HUAWEI, Ltd.")])) == 1


def test_rows_hold_the_words_of_their_forms() -> None:
    read = read_forms(ENTRIES)
    vocabulary = build_vocabulary(read)
    rows = build_rows(read, vocabulary)
    for row, (number, place, form) in enumerate(read):
        numbers = rows.words[rows.start[row] : rows.start[row + 1]]
        assert tuple(vocabulary.words[word] for word in numbers) == form.words
        assert (rows.entry[row], rows.name[row]) == (number, place)
        assert np.isclose(rows.totals[row], vocabulary.weights[numbers].sum(), atol=1e-4)


def test_words_of_any_list_are_known_in_a_short_one() -> None:
    assert "university" in build_vocabulary(read_forms([entry(1, "Huawei")])).ids


def test_strings_that_help() -> None:
    assert helpers(Form(("gazprom", "neft", "shelf"))).keys() >= {
        "gazpromneft",
        "neftshelf",
        "gazpromneftshelf",
        CONSONANTS + "gzbrm",
    }
    assert helpers(Form(("华为", "技术"), view=HAN)).keys() == {PAIRS + "华为", PAIRS + "为技", PAIRS + "技术"}
    assert helpers(Form(("mhmd",), view=CONSONANT_VIEW)).keys() == {CONSONANTS + "mhmd"}
    assert pairs_of_characters(["华"]) == set()


def test_chinese_persons_meet_in_pinyin() -> None:
    pinyin = READINGS + "guo taiming"
    for words in (("kuo", "tai", "ming"), ("tai", "ming", "kuo"), ("guo", "taiming"), ("taiming", "guo")):
        assert pinyin in chinese_names(words)
    assert chinese_names(("john", "smith")) == chinese_names(("guo",)) == set()


def test_initials_are_those_of_firms() -> None:
    read = read_forms(ENTRIES)
    vocabulary = build_vocabulary(read)
    number, place, form = next(one for one in read if ENTRIES[one[0]].id == "hit")
    assert initials(ENTRIES[number], place, form, vocabulary) == {INITIALS + "hit"}
    person = entry(1, "Harbin Institute of Technology", kind="person")
    assert initials(person, 0, form, vocabulary) == set()


def test_the_matrix_has_a_row_for_each_string() -> None:
    read = read_forms(ENTRIES)
    vocabulary = build_vocabulary(read)
    numbers, matrix = build_finder(ENTRIES, read, vocabulary, build_rows(read, vocabulary))
    assert matrix.shape == (len(vocabulary.words) + len(numbers), len(read))
    assert sorted(numbers.values()) == list(range(len(numbers)))
    assert not set(numbers) & {"huawei", "technology"}
