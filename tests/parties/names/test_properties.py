"""What holds for any text: it is read without error, and always the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.parties.match.hit import Query
from licet.parties.names.fold import key, skeleton
from licet.parties.names.form import MAX_WORDS, forms, query_forms
from licet.parties.names.mend import mend, split

ANY = st.text(max_size=60) | st.text(st.characters(min_codepoint=0x370, max_codepoint=0xFFFF), max_size=20)
KINDS = st.sampled_from(["person", "firm", "vessel", "unknown"])
READABLE = st.text(st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x17F), min_size=1, max_size=30)
ASCII = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20)


@given(ANY, KINDS)
def test_any_text_is_read(text: str, kind: str) -> None:
    for form in (*forms(text, kind), *query_forms(text, kind, ())):
        assert 0 < len(form.words) <= max(MAX_WORDS, len(text))
        assert all(form.words)
    assert forms(text, kind) == forms(text, kind)


@given(READABLE | st.text(st.characters(categories=["Lo"], min_codepoint=0x3400, max_codepoint=0xD7A3), min_size=1))
def test_letters_and_digits_always_give_a_form(text: str) -> None:
    assert forms(text)


@given(READABLE, KINDS)
def test_neither_case_nor_space_matters(text: str, kind: str) -> None:
    assert forms(f"  {text}\t", kind) == forms(text, kind)
    if text.isascii():
        assert forms(text.upper(), kind) == forms(text.lower(), kind)


@given(ASCII)
def test_words_keep_something(word: str) -> None:
    assert key(word)
    assert skeleton(word).isalpha() or skeleton(word) == ""
    assert "".join(split(word)) == word
    assert mend(mend(word)) == mend(word)


@pytest.mark.parametrize("text", ["ﷺ" * 500, "a." * 5000, "\u0301" * 10_000, "第一百" * 4000, "🚀" * 10_000])
def test_texts_that_grow_when_read(text: str) -> None:
    assert len(query_forms(Query(text).name, "firm", ())) <= 8
