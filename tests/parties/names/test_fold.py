"""Keys and consonants of words."""

from __future__ import annotations

import pytest

from licet.parties.names.fold import key, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mikhail", "mihail"),
        ("alexander", "aleksander"),
        ("yevgeny", "evgenii"),
        ("dmitry", "dmitrii"),
        ("sergey", "sergei"),
        ("yuriy", "iurii"),
        ("chernov", "chernoff"),
        ("zadeh", "zade"),
        ("wladimir", "vladimir"),
        ("poutine", "putin"),
        ("khamenei", "hamenei"),
        ("rossiiskii", "rossiyskiy"),
        ("rossiyskaya", "rossiiskoe"),
        ("schukin", "shchukin"),
        ("ulyanov", "ulianov"),
        ("tsar", "tzar"),
    ],
)
def test_spellings_that_meet(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ivan", "ivana"), ("li", "lu"), ("kharkov", "markov"), ("smith", "smut"), ("b52", "b25")]
)
def test_spellings_that_do_not(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_key_is_never_empty() -> None:
    assert [key(word) for word in ("h", "y", "ii", "off", "a1", "14")] == ["h", "i", "i", "ov", "a1", "14"]


@pytest.mark.parametrize(
    ("word", "bones"),
    [
        ("muhammad", "mhmd"),
        ("mohammed", "mhmd"),
        ("qassem", "ksm"),
        ("kasim", "ksm"),
        ("alsharif", "Srf"),
        ("sharif", "Srf"),
        ("petrol", "btrl"),
        ("aie", ""),
    ],
)
def test_consonants(word: str, bones: str) -> None:
    assert skeleton(word) == bones
