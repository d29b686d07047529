"""Who may do what: signing in, sessions, roles, keys, the one-time link, and the book of denials."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import Connection

from licet.accounts import keys
from licet.accounts.keys import ApiKey
from licet.accounts.passwords import Passwords
from licet.accounts.store import FILE, open_store
from licet.facts.errors import CaseError, LicetError
from licet.services.access import doors, first, keyring
from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access, open_access
from licet.services.access.limits import Buckets, Rate, TooMany, place
from licet.services.access.sessions import same_token

WEAK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ROOT = Caller("", Role.ADMINISTRATOR)
PASSWORD, OTHER, HERE = "four words of mine", "four other words", "192.0.2.1"


@dataclass
class Clock:
    """A clock that a test sets."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def access(tmp_path: Path, clock: Clock) -> Access:
    """With an administrator, Ada, and an analyst, Anna."""
    made = Access(open_store(tmp_path / "accounts"), Passwords(WEAK), clock)
    made.add(ROOT, "Ada", Role.ADMINISTRATOR, PASSWORD)
    made.add(ROOT, "Anna", Role.ANALYST, PASSWORD)
    return made


def code(call: Callable[[], Any]) -> str:
    """The code of the error that a call raises; nothing where it raises none."""
    try:
        call()
    except LicetError as error:
        return error.problems[0].code
    return ""


def signed_in(access: Access, name: str = "Anna") -> Caller:
    caller = access.caller_of_cookie(access.sign_in(name, PASSWORD, HERE))
    assert caller is not None
    return caller


# --- sessions --------------------------------------------------------------------------------


def test_a_session_is_new_each_time_and_only_its_hash_is_kept(access: Access, tmp_path: Path) -> None:
    one, other = access.sign_in("anna", PASSWORD, HERE), access.sign_in("ANNA", PASSWORD, HERE)
    assert one != other and len(one) >= 43
    callers = [access.caller_of_cookie(cookie) for cookie in (one, other)]
    assert [(caller.name, caller.role) for caller in callers if caller] == [("Anna", Role.ANALYST)] * 2
    assert len({caller.token for caller in callers if caller}) == 2
    access.sign_out(one)
    assert access.caller_of_cookie(one) is None and access.caller_of_cookie(other) is not None
    access.close()
    kept = b"".join(file.read_bytes() for file in (tmp_path / "accounts").iterdir())
    assert other.encode() not in kept and PASSWORD.encode() not in kept
    assert all(access.caller_of_cookie(wrong) is None for wrong in ("", "x", "x" * 10_000, "\ud800", one + "x"))


def test_a_session_ends_when_it_is_not_used_and_when_it_is_old(access: Access, clock: Clock) -> None:
    cookie = access.sign_in("Anna", PASSWORD, HERE)
    clock.now += doors.IDLE - 1
    assert access.caller_of_cookie(cookie)
    clock.now += doors.IDLE + 1
    assert access.caller_of_cookie(cookie) is None
    cookie, began = access.sign_in("Anna", PASSWORD, HERE), clock.now
    while clock.now + doors.IDLE / 2 <= began + doors.WHOLE:
        assert access.caller_of_cookie(cookie)
        clock.now += doors.IDLE / 2
    clock.now += 1
    assert access.caller_of_cookie(cookie) is None


def test_a_form_is_held_against_the_token_of_its_session(access: Access) -> None:
    caller, other = signed_in(access), signed_in(access)
    assert same_token(caller, caller.token)
    assert not any(same_token(caller, given) for given in ("", "x", other.token, caller.token + "x", "\ud800"))
    assert not same_token(Caller("Anna", Role.ANALYST), "")  # a key has no token, and no form is its own


def test_another_password_or_being_switched_off_ends_sessions(access: Access) -> None:
    cookie = access.sign_in("Anna", PASSWORD, HERE)
    access.set_password(ROOT, "anna", OTHER)
    assert access.caller_of_cookie(cookie) is None
    assert code(lambda: access.sign_in("Anna", PASSWORD, HERE)) == "E_SIGN_IN"
    cookie = access.sign_in("Anna", OTHER, HERE)
    access.switch_off(ROOT, "Anna")
    assert access.caller_of_cookie(cookie) is None
    assert code(lambda: access.sign_in("Anna", OTHER, HERE)) == "E_SIGN_IN"
    access.switch_on(ROOT, "Anna")
    assert access.caller_of_cookie(cookie) is None and access.sign_in("Anna", OTHER, HERE)


def test_a_role_counts_at_once(access: Access) -> None:
    cookie = access.sign_in("Anna", PASSWORD, HERE)
    access.set_role(ROOT, "Anna", Role.READER)
    caller = access.caller_of_cookie(cookie)
    assert caller is not None and caller.role is Role.READER


def test_a_password_is_hashed_anew_with_settings_of_now(access: Access, tmp_path: Path, clock: Clock) -> None:
    newer = Access(open_store(tmp_path / "accounts"), Passwords(PasswordHasher(2, 16, 1)), clock)
    kept = newer.person("Anna").password
    newer.sign_in("Anna", PASSWORD, HERE)
    assert "m=16,t=2" in newer.person("Anna").password != kept
    newer.sign_in("Anna", PASSWORD, HERE)


# --- sign-ins that go wrong ------------------------------------------------------------------


def test_an_unknown_name_is_told_and_treated_like_a_wrong_password(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, asked = access.person("Anna").password, list[str | None]()
    real = access.passwords.fits

    def fits(hashed: str | None, password: str) -> bool:
        asked.append(hashed)
        return real(hashed, password)

    monkeypatch.setattr(access.passwords, "fits", fits)
    said = []
    for name in ("Anna", "Nobody"):
        with pytest.raises(CaseError) as error:
            access.sign_in(name, "some wrong password", HERE)
        said.append(str(error.value))
    assert said[0] == said[1] and asked == [kept, None]


def test_after_five_wrong_ones_a_name_waits_and_so_does_nobody_else(access: Access, clock: Clock) -> None:
    for number in range(doors.UNDER_NAME):
        assert code(lambda: access.sign_in("Anna", "wrong wrong wrong", f"192.0.2.{number}")) == "E_SIGN_IN"  # noqa: B023
        clock.now += 1
    with pytest.raises(TooMany) as error:
        access.sign_in("ANNA", PASSWORD, "198.51.100.7")
    assert error.value.wait == doors.WITHIN - doors.UNDER_NAME
    assert access.sign_in("Ada", PASSWORD, "192.0.2.1")
    clock.now += error.value.wait - 1
    assert code(lambda: access.sign_in("Anna", PASSWORD, HERE)) == "E_TOO_MANY"
    clock.now += 1
    assert access.sign_in("Anna", PASSWORD, HERE)


def test_after_twenty_wrong_ones_an_address_waits(access: Access, clock: Clock) -> None:
    for number in range(doors.FROM_ADDRESS):
        name, address = f"name {number}", f"2001:db8::{number:x}"  # all of one network
        assert code(lambda: access.sign_in(name, PASSWORD, address)) == "E_SIGN_IN"  # noqa: B023
    assert code(lambda: access.sign_in("Anna", PASSWORD, "2001:db8::ffff")) == "E_TOO_MANY"
    assert access.sign_in("Anna", PASSWORD, "2001:db8:0:1::1")
    clock.now += doors.WITHIN
    assert access.sign_in("Anna", PASSWORD, "2001:db8::ffff")


def test_the_right_password_forgets_the_wrong_ones_and_an_administrator_does_too(access: Access) -> None:
    def wrong(times: int) -> None:
        for _ in range(times):
            assert code(lambda: access.sign_in("Anna", "wrong wrong wrong", HERE)) == "E_SIGN_IN"

    wrong(doors.UNDER_NAME - 1)
    access.sign_in("Anna", PASSWORD, HERE)
    wrong(doors.UNDER_NAME)
    assert code(lambda: access.sign_in("Anna", PASSWORD, HERE)) == "E_TOO_MANY"
    access.set_password(ROOT, "Anna", OTHER)
    assert access.sign_in("Anna", OTHER, HERE)


def test_many_at_once_are_no_way_around(access: Access) -> None:
    with ThreadPoolExecutor(12) as pool:
        codes = [*pool.map(lambda _: code(lambda: access.sign_in("Anna", "wrong wrong wrong", HERE)), range(24))]
    assert sorted(codes) == ["E_SIGN_IN"] * doors.UNDER_NAME + ["E_TOO_MANY"] * (24 - doors.UNDER_NAME)


# --- accounts --------------------------------------------------------------------------------


def test_only_administrators_make_and_change_accounts(access: Access) -> None:
    for role in (Role.READER, Role.ANALYST, Role.OFFICER):
        by = Caller("somebody", role, "token")
        for call in (
            lambda: access.add(by, "Bob", Role.READER, PASSWORD),  # noqa: B023
            lambda: access.set_role(by, "Anna", Role.ADMINISTRATOR),  # noqa: B023
            lambda: access.set_password(by, "Anna", OTHER),  # noqa: B023
            lambda: access.switch_off(by, "Anna"),  # noqa: B023
            lambda: access.switch_on(by, "Anna"),  # noqa: B023
            lambda: access.make_key(by, "Anna", "t", Role.READER),  # noqa: B023
        ):
            assert code(call) == "E_ROLE"
    assert [(one.name, one.role, one.off) for one in access.accounts()] == [
        ("Ada", Role.ADMINISTRATOR, None), ("Anna", Role.ANALYST, None)
    ]  # fmt: skip


def test_ones_own_password_takes_the_one_of_now(access: Access) -> None:
    for name in ("Anna", "Ada"):
        caller = signed_in(access, name)
        assert code(lambda: access.set_password(caller, name, OTHER)) == "E_SIGN_IN"  # noqa: B023
        assert code(lambda: access.set_password(caller, name.upper(), OTHER, "wrong")) == "E_SIGN_IN"  # noqa: B023
        access.set_password(caller, name, OTHER, PASSWORD)
        assert access.sign_in(name, OTHER, HERE)
    for _ in range(doors.UNDER_NAME):
        code(lambda: access.set_password(Caller("Anna", Role.ANALYST, "t"), "Anna", PASSWORD, "wrong"))
    assert code(lambda: access.set_password(Caller("Anna", Role.ANALYST, "t"), "Anna", PASSWORD, OTHER)) == "E_TOO_MANY"


def test_one_administrator_must_stay(access: Access) -> None:
    assert code(lambda: access.set_role(ROOT, "Ada", Role.OFFICER)) == "E_LAST"
    assert code(lambda: access.switch_off(ROOT, "ada")) == "E_LAST"
    access.set_role(ROOT, "Ada", Role.ADMINISTRATOR)
    access.set_role(ROOT, "Anna", Role.ADMINISTRATOR)
    access.switch_off(ROOT, "Ada")
    access.switch_off(ROOT, "Ada")
    assert code(lambda: access.switch_off(ROOT, "Anna")) == "E_LAST"
    access.switch_on(ROOT, "Ada")
    access.switch_off(ROOT, "Anna")


@pytest.mark.parametrize("name", ["anna", "ＡＮＮＡ", " Anna"])
def test_a_name_that_is_taken_is_refused(access: Access, name: str) -> None:
    assert code(lambda: access.add(ROOT, name, Role.READER, PASSWORD)) == "E_NAME"


def test_an_account_that_is_not_there_is_told(access: Access) -> None:
    for call in (
        lambda: access.set_role(ROOT, "Bob", Role.READER),
        lambda: access.set_password(ROOT, "Bob", PASSWORD),
        lambda: access.switch_off(ROOT, "Bob"),
        lambda: access.switch_on(ROOT, "Bob"),
        lambda: access.make_key(ROOT, "Bob", "t", Role.READER),
    ):
        assert code(call) == "E_NO_ACCOUNT"


# --- keys ------------------------------------------------------------------------------------


def test_a_key_asks_as_its_account_and_is_shown_once(access: Access, tmp_path: Path) -> None:
    key = access.make_key(signed_in(access), "Anna", "a program", Role.READER)
    assert access.caller_of_key(key) == Caller("Anna", Role.READER)
    assert access.remembered(key) == Caller("Anna", Role.READER)
    (told,) = access.keys("ANNA")
    assert (told.title, told.account, told.role, told.ended) == ("a program", "Anna", Role.READER, None)
    assert key not in str(asdict(told))
    access.close()
    assert key.encode() not in (tmp_path / "accounts" / FILE).read_bytes()
    for wrong in ("", "licet_", key + "x", key[:-1], "licet_" + "x" * 10_000, "\ud800"):
        assert access.caller_of_key(wrong) is None and access.remembered(wrong) is None


def test_a_key_may_never_do_more_than_its_account(access: Access) -> None:
    anna = signed_in(access)
    assert code(lambda: access.make_key(anna, "Anna", "t", Role.OFFICER)) == "E_ROLE"
    assert code(lambda: access.make_key(ROOT, "Anna", "t", Role.OFFICER)) == "E_ROLE"
    key = access.make_key(anna, "Anna", "t", Role.ANALYST)
    access.set_role(ROOT, "Anna", Role.READER)
    assert access.caller_of_key(key) == Caller("Anna", Role.READER)
    access.set_role(ROOT, "Anna", Role.ADMINISTRATOR)
    assert access.caller_of_key(key) == Caller("Anna", Role.ANALYST)


def test_a_key_makes_no_keys_unless_it_is_an_administrators(access: Access) -> None:
    low = access.caller_of_key(access.make_key(ROOT, "Ada", "t", Role.OFFICER))
    high = access.caller_of_key(access.make_key(ROOT, "Ada", "t", Role.ADMINISTRATOR))
    assert low is not None and high is not None
    assert code(lambda: access.make_key(low, "Ada", "t", Role.READER)) == "E_ROLE"
    assert access.make_key(high, "Anna", "t", Role.READER)


def test_a_key_that_was_ended_is_refused_here_at_once_and_elsewhere_soon(
    access: Access, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keyring.REMEMBERED < 5
    other = Access(open_store(tmp_path / "accounts"), Passwords(WEAK), clock)
    ticks = [100.0]
    monkeypatch.setattr(keyring, "monotonic", lambda: ticks[0])
    key = access.make_key(ROOT, "Anna", "t", Role.READER)
    assert access.caller_of_key(key) and other.caller_of_key(key) and other.remembered(key)
    access.end_key(ROOT, access.keys()[0].number)
    assert access.remembered(key) is None and access.caller_of_key(key) is None
    ticks[0] += keyring.REMEMBERED
    assert other.remembered(key) is None and other.caller_of_key(key) is None
    assert access.keys()[0].ended is not None


def test_a_key_that_is_ended_while_it_is_looked_up_is_not_remembered(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, by_hash = access.make_key(ROOT, "Anna", "t", Role.READER), keys.by_hash

    def meanwhile(connection: Connection, hashed: str) -> ApiKey | None:
        found = by_hash(connection, hashed)
        monkeypatch.setattr(keys, "by_hash", by_hash)
        access.end_key(ROOT, 1)
        return found

    monkeypatch.setattr(keys, "by_hash", meanwhile)
    assert access.caller_of_key(key) == Caller("Anna", Role.READER)  # as it was when it was looked up
    assert access.remembered(key) is None and access.caller_of_key(key) is None


def test_a_key_ends_by_itself(access: Access, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = [100.0]
    monkeypatch.setattr(keyring, "monotonic", lambda: ticks[0])
    key = access.make_key(ROOT, "Anna", "t", Role.READER, days=2)
    (told,) = access.keys("Anna")
    assert told == access.key_of(key)
    assert told.ends is not None and told.ends - told.made == timedelta(days=2)
    assert access.acts(1)[0].what == f"made a key of Anna as reader until {told.ends.date()}: t"
    clock.now += 2 * keyring.DAY - 1
    assert access.caller_of_key(key) == Caller("Anna", Role.READER)
    assert access.remembered(key) is None  # it would be remembered longer than it counts
    assert access.why_none(key) == keyring.NONE
    clock.now += 1
    assert access.caller_of_key(key) is None
    assert access.why_none(key) == f"key {told.number} ended by itself on {told.ends.date()}"
    assert access.keys("Anna")[0].over(clock.now) and access.keys("Anna")[0].ended is None
    access.switch_off(ROOT, "Anna")
    assert access.why_none(key) == keyring.NONE  # nothing more is told of it
    access.switch_on(ROOT, "Anna")
    access.end_key(ROOT, told.number)
    assert access.why_none(key) == keyring.NONE
    for none in ("", "licet_", key + "x", "\ud800"):
        assert access.why_none(none) == keyring.NONE
    assert code(lambda: access.key_of("licet_none")) == "E_NO_KEY"


def test_a_key_ends_after_a_year_unless_told_otherwise(access: Access) -> None:
    told = access.key_of(access.make_key(ROOT, "Anna", "t", Role.READER))
    assert told.ends is not None and (told.ends - told.made).days == 365
    for days in (0, -1, 3_651):
        assert code(lambda: access.make_key(ROOT, "Anna", "t", Role.READER, days)) == "E_VALUE"  # noqa: B023
    assert len(access.keys()) == 1


def test_a_key_made_before_keys_ended_goes_on_without_end(access: Access, clock: Clock) -> None:
    key = access.make_key(ROOT, "Anna", "t", Role.READER)
    with access.store.writing() as connection:
        connection.exec_driver_sql("UPDATE licet_key SET ends = NULL")
    clock.now += 100 * 365 * keyring.DAY
    assert access.caller_of_key(key) == Caller("Anna", Role.READER)
    assert access.keys()[0].ends is None and not access.keys()[0].over(clock.now)


def test_keys_are_refused_while_their_account_is_off(access: Access) -> None:
    key = access.make_key(ROOT, "Anna", "t", Role.READER)
    assert access.caller_of_key(key)
    access.switch_off(ROOT, "Anna")
    assert access.remembered(key) is None and access.caller_of_key(key) is None
    access.switch_on(ROOT, "Anna")
    assert access.caller_of_key(key)


def test_ones_own_keys_are_ended_by_oneself_and_no_others(access: Access) -> None:
    key = access.make_key(ROOT, "Ada", "t", Role.READER)
    (told,) = access.keys("Ada")
    assert code(lambda: access.end_key(Caller("Anna", Role.OFFICER, "t"), told.number)) == "E_NO_KEY"
    assert code(lambda: access.end_key(ROOT, 2**63 - 1)) == "E_NO_KEY"
    access.end_key(Caller("ada", Role.READER), told.number)
    assert access.caller_of_key(key) is None


@pytest.mark.parametrize("title", ["", " ", "x" * 101, "a\nb", "\u202e"])
def test_a_key_has_a_title(access: Access, title: str) -> None:
    assert code(lambda: access.make_key(ROOT, "Anna", title, Role.READER)) == "E_TITLE"


# --- the one-time link -----------------------------------------------------------------------


@pytest.fixture
def empty(tmp_path: Path, clock: Clock) -> Access:
    return Access(open_store(tmp_path / "empty"), Passwords(WEAK), clock)


def test_the_link_makes_the_first_administrator_once(empty: Access, tmp_path: Path) -> None:
    assert not empty.first_link_open()
    secret = empty.new_first()
    assert empty.first_link_open()
    for wrong in ("", "x", secret + "x"):
        assert code(lambda: empty.make_first(wrong, "Ada", PASSWORD)) == "E_SIGN_IN"  # noqa: B023
    assert code(lambda: empty.make_first(secret, "Ada", "short")) == "E_PASSWORD"
    assert code(lambda: empty.make_first(secret, "", PASSWORD)) == "E_NAME"
    assert empty.first_link_open()  # a typing error does not use it up
    empty.make_first(secret, "Ada", PASSWORD)
    assert [(one.name, one.role) for one in empty.accounts()] == [("Ada", Role.ADMINISTRATOR)]
    assert code(lambda: empty.make_first(secret, "Eve", PASSWORD)) == "E_SIGN_IN"
    assert not empty.first_link_open() and empty.new_first() == ""
    assert len(empty.accounts()) == 1
    empty.close()
    assert secret.encode() not in (tmp_path / "empty" / FILE).read_bytes()


def test_the_link_dies_after_a_day_and_when_another_is_made(empty: Access, clock: Clock) -> None:
    old, secret = empty.new_first(), empty.new_first()
    assert code(lambda: empty.make_first(old, "Ada", PASSWORD)) == "E_SIGN_IN"
    clock.now += first.LIVES + 1
    assert not empty.first_link_open()
    assert code(lambda: empty.make_first(secret, "Ada", PASSWORD)) == "E_SIGN_IN"


def test_the_link_dies_when_there_is_an_account(empty: Access) -> None:
    secret = empty.new_first()
    empty.add(ROOT, "Ada", Role.ADMINISTRATOR, PASSWORD)
    assert not empty.first_link_open()
    assert code(lambda: empty.make_first(secret, "Eve", PASSWORD)) == "E_SIGN_IN"


PROCESS = """
import sys
from pathlib import Path
from licet.accounts.store import open_store
from licet.facts.errors import LicetError
from licet.services.access.desk import Access
access = Access(open_store(Path(sys.argv[1])))
print("ready", flush=True)
sys.stdin.readline()
try:
    access.make_first(sys.argv[2], sys.argv[3], "four words of mine")
    print("made")
except LicetError as error:
    print(error.problems[0].code)
"""


def test_of_two_processes_one_uses_the_link(empty: Access, tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROCESS, str(tmp_path / "empty"), empty.new_first()]
    started = [
        subprocess.Popen([*command, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for name in ("Ada", "Eve")
    ]
    for process in started:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert sorted(process.communicate(timeout=60)[0] for process in started) == ["E_SIGN_IN\n", "made\n"]
    assert len(empty.accounts()) == 1


# --- what is written down --------------------------------------------------------------------


def test_what_is_done_to_accounts_and_keys_is_written_down_with_it(access: Access) -> None:
    ada = signed_in(access, "Ada")
    access.set_role(ada, "Anna", Role.OFFICER)
    access.make_key(ada, "Anna", "a program", Role.READER)
    ends = access.keys()[0].ends
    assert ends is not None
    until = ends.date()
    access.end_key(ada, 1)
    access.set_password(ada, "Anna", OTHER)
    access.switch_off(ada, "Anna")
    access.switch_on(ROOT, "Anna")
    assert code(lambda: access.switch_off(ada, "Ada")) == "E_LAST"  # what is not done is not written down
    assert [f"{one.who} {one.what}" for one in access.acts()] == [
        "on this machine switched Anna on",
        "Ada switched Anna off",
        "Ada gave Anna another password",
        "Ada ended key 1 of Anna",
        f"Ada made a key of Anna as reader until {until}: a program",
        "Ada made Anna officer",
        "on this machine made Anna analyst",
        "on this machine made Ada administrator",
    ]
    assert len(access.acts(1)) == 1


def test_what_was_refused_is_written_down_without_passwords(access: Access, tmp_path: Path) -> None:
    for name, password in (("anna", "a wrong password"), ("my secret password", "Anna")):
        code(lambda: access.sign_in(name, password, HERE))  # noqa: B023
    key = access.make_key(ROOT, "Ada", "t", Role.READER)
    access.denied("Ada", "", f"GET /{key}\n\u202e" + "y" * 1_000, "no")
    told = access.denials()
    assert [(one.who, one.why) for one in told] == [
        ("Ada from here", "no"),
        (f"an unknown name from {HERE}", "the name or the password is wrong"),
        (f"Anna from {HERE}", "the name or the password is wrong"),
    ]
    assert told[0].what.startswith("GET /licet_…\ufffd\ufffdy") and len(told[0].what) == 200
    assert len(access.denials(1)) == 1
    access.close()
    kept = b"".join(file.read_bytes() for file in (tmp_path / "accounts").iterdir())
    assert b"a wrong password" not in kept and b"my secret password" not in kept


def test_a_flood_is_summed_up(access: Access, clock: Clock) -> None:
    for _ in range(100):
        access.denied("", HERE, "GET /", "no")
    assert len(access.denials()) == 30
    clock.now += 60
    access.denied("", "192.0.2.2", "GET /", "no")
    assert [one.why for one in access.denials(2)] == ["no", "70 more were refused within a minute"]


# --- how often -------------------------------------------------------------------------------


def test_a_bucket_fills_again() -> None:
    buckets, rate = Buckets(), Rate(2, 3)
    assert [buckets.take("a", rate, 10.0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.take("b", rate, 10.0) == 0
    assert buckets.take("a", rate, 10.5) == 0 and buckets.take("a", rate, 10.5) == 0.5
    assert [buckets.take("a", rate, 100.0) for _ in range(4)] == [0, 0, 0, 0.5]


def test_buckets_of_the_idle_are_forgotten() -> None:
    buckets = Buckets()
    for number in range(30_000):
        buckets.take(str(number), Rate(1, 2), number / 1_000)
    assert len(buckets.left) <= 10_000


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"), ("", ""), ("testclient", "testclient"),
    ],
)  # fmt: skip
def test_from_where_one_asks(address: str, counted: str) -> None:
    assert place(address) == counted


def test_accounts_lie_in_licets_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICET_HOME", str(tmp_path / "own"))
    access = open_access()
    assert access.accounts() == [] and (tmp_path / "own" / "accounts" / FILE).is_file()
    with sqlite3.connect(tmp_path / "own" / "accounts" / FILE) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
