"""Dataclasses as JSON: the same bytes as the plain way, and back."""

from __future__ import annotations

import json
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from licet.facts.plain import from_plain, joined, to_json, to_json_fields, to_plain
from licet.ledger.canonical import canonical


@dataclass(frozen=True, slots=True)
class Leaf:
    only: str


@dataclass(frozen=True, slots=True)
class Tree:
    value: str | None
    text: str
    count: int
    held: bool
    share: float
    leaves: tuple[Leaf, ...] = ()
    parts: tuple[Tree, ...] = ()


_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_leaf = st.builds(Leaf, _text)
_share = st.decimals(0, 1000, places=3).map(float)  # as scores are


def _tree(parts: st.SearchStrategy[tuple[Tree, ...]]) -> st.SearchStrategy[Tree]:
    leaves = st.lists(_leaf, max_size=3).map(tuple)
    return st.builds(Tree, st.none() | _text, _text, st.integers(), st.booleans(), _share, leaves, parts)


@settings(max_examples=40, deadline=None)
@given(st.recursive(_tree(st.just(())), lambda inner: _tree(st.lists(inner, max_size=3).map(tuple)), max_leaves=8))
def test_json_is_the_canonical_text_of_what_is_plain(tree: Tree) -> None:
    assert to_json(tree) == canonical(to_plain(tree))
    assert joined(to_json_fields(tree)) == to_json(tree)
    assert from_plain(Tree, json.loads(to_json(tree))) == tree


def test_a_number_that_is_larger_than_the_fast_way_takes() -> None:
    large = Tree(None, "", 2**70, True, 0.5)
    assert to_json(large) == joined(to_json_fields(large)) == canonical(to_plain(large))
