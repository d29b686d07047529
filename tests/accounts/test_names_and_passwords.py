"""Names of one person are one name; a password is kept as a slow hash, and nobody's password takes as long."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from licet.accounts import names, passwords, tokens
from licet.accounts.passwords import STRONG, Passwords
from licet.facts.errors import CaseError

WEAK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
LONG = "four words of mine"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Anna", "Anna"),
        (" Anna  Lee ", "Anna Lee"),
        ("ａｎｎａ", "anna"),
        ("anna@example.org", "anna@example.org"),
        ("李娜", "李娜"),
    ],
)
def test_a_name_is_kept_as_one_reads_it(typed: str, kept: str) -> None:
    assert names.clean(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "x" * 65,
        "a\nb",
        "a\0b",
        "a\u202eb",
        "a\u200bb",
        "a\ud800",
        "a\u2028b",
        "../x",
        "a/b",
        "a\\b",
        ".",
        "-x",
        "Nobody",
        "an  unknown NAME",
        "<b>",
        "x" * 10**6,
    ],
)
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(CaseError, match="E_NAME"):
        names.clean(typed)


@pytest.mark.parametrize(("one", "other"), [("Anna", "ANNA"), ("straße", "STRASSE"), ("ﬁna", "FINA"), ("É", "e\u0301")])
def test_names_that_differ_in_capitals_are_one(one: str, other: str) -> None:
    assert names.folded(one) == names.folded(other)


@given(st.text(max_size=80))
def test_a_name_that_is_kept_is_kept_as_it_is(typed: str) -> None:
    try:
        kept = names.clean(typed)
    except CaseError:
        return
    assert names.clean(kept) == kept and kept.isprintable() and 1 <= len(kept) <= names.MOST
    assert names.folded(names.folded(kept)) == names.folded(kept) == names.folded(typed)


def test_passwords_are_long_enough_not_too_long_and_not_the_name() -> None:
    made = Passwords(WEAK)
    for password in ("", "x" * 11, "x" * 257):
        with pytest.raises(CaseError, match="12 to 256"):
            made.made(password, "Anna")
    with pytest.raises(CaseError, match="no password"):
        made.made("ANNA OF CLEVES", "Anna of Cleves")
    for password in ("x" * 12, "x" * 256, "\ud800" * 12, "密码密码密码密码密码密码"):
        assert made.fits(made.made(password, "Anna"), password)


def test_a_hash_is_argon2id_and_another_each_time() -> None:
    made = Passwords(WEAK)
    one, other = made.made(LONG, "Anna"), made.made(LONG, "Anna")
    assert one != other and one.startswith("$argon2id$v=19$m=8,t=1,p=1$") and LONG not in one
    assert made.fits(one, LONG) and not made.fits(one, LONG + " ")
    assert made.fits(made.made("cafe\u0301 au lait!", "Anna"), "caf\u00e9 au lait!")


def test_settings_of_now_are_strong_and_older_hashes_are_told() -> None:
    assert (STRONG.time_cost, STRONG.memory_cost, STRONG.parallelism) == (2, 47_104, 1)
    assert Passwords().is_old(Passwords(WEAK).made(LONG, "Anna"))
    assert not Passwords(WEAK).is_old(Passwords(WEAK).made(LONG, "Anna"))


def test_nobodys_password_is_hashed_like_anybodys(monkeypatch: pytest.MonkeyPatch) -> None:
    made, seen = Passwords(), list[str]()

    def verify(_: PasswordHasher, kept: str, __: bytes) -> bool:
        seen.append(kept)
        return True

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    assert not made.fits(None, LONG)
    assert seen == [made.dummy] and not made.is_old(made.dummy)  # a hash with the settings of every new one
    monkeypatch.undo()
    assert not made.fits(None, LONG) and not made.fits("no hash", LONG)


def test_secrets_are_long_never_the_same_and_kept_as_hashes() -> None:
    made = {tokens.make_key() for _ in range(50)}
    assert len(made) == 50 and all(len(key) == 6 + 43 and tokens.is_key(key) for key in made)
    assert not tokens.is_key("x" + made.pop()) and not tokens.is_key("licet_" + "x" * 1_000)
    assert len(tokens.digest("a")) == 64 and tokens.digest("a") != tokens.digest("b")
    assert tokens.same("a", "a") and not tokens.same("a", "b") and not tokens.same("", "")


def test_so_many_hashes_are_made_at_a_time() -> None:
    assert Passwords().room._initial_value == passwords.TOGETHER  # type: ignore[attr-defined]
