"""`licet account` as the one who keeps the server uses it."""

from __future__ import annotations

import getpass
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from licet.cli import account
from licet.cli.app import build
from licet.facts.errors import CaseError, LicetError
from licet.services.access.caller import Caller, Role
from licet.services.access.desk import Access, open_access

PASSWORD, OTHER = "four words of mine", "four other words"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICET_HOME", str(tmp_path))


def licet(*words: str, told: str = "") -> str:
    """What a command prints. Raises what it raises."""
    result = CliRunner().invoke(build("account"), ["account", *words], input=told)
    if isinstance(result.exception, LicetError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def access() -> Access:
    return open_access()


def test_an_account_from_its_making_to_its_end() -> None:
    assert licet("add", "Ada", "--role", "administrator", told=f"{PASSWORD}\n") == "Ada is administrator.\n"
    assert licet("add", "Anna", told=f"{PASSWORD}\r\n") == "Anna is reader.\n"
    cookie = access().sign_in("anna", PASSWORD, "")
    assert licet("role", "anna", "analyst") == "anna is analyst.\n"
    licet("password", "Anna", told=f"{OTHER}\n")
    assert access().caller_of_cookie(cookie) is None and access().sign_in("Anna", OTHER, "")
    licet("off", "Anna")
    listed = licet("list")
    assert "administrator  Ada" in listed and "off since" in listed and "never signed in" in listed
    licet("on", "Anna")
    told = json.loads(licet("list", "--json"))
    assert [(one["name"], one["role"], one["off"]) for one in told] == [
        ("Ada", "administrator", None), ("Anna", "analyst", None)
    ]  # fmt: skip
    with pytest.raises(CaseError, match="last administrator"):
        licet("off", "Ada")
    with pytest.raises(CaseError, match="no account"):
        licet("role", "Bob", "reader")


def test_a_key_from_its_making_to_its_end() -> None:
    licet("add", "Anna", "--role", "analyst", told=f"{PASSWORD}\n")
    key = licet("key", "Anna", "--title", "a program", "--role", "analyst").strip()
    assert access().caller_of_key(key) == Caller("Anna", Role.ANALYST)
    listed = licet("keys")
    assert "Anna: a program  (last used" in listed and key not in listed
    assert f", ends {datetime.now(UTC).date() + timedelta(days=365)})" in listed
    assert licet("keys", "Bob") == ""
    assert json.loads(licet("keys", "--json"))[0]["role"] == "analyst"
    licet("end", "1")
    assert access().caller_of_key(key) is None and "ended" in licet("keys")
    with pytest.raises(CaseError, match="E_NO_KEY"):
        licet("end", "2")


def test_a_key_is_shown_with_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    licet("add", "Anna", told=f"{PASSWORD}\n")
    result = CliRunner().invoke(build("account"), ["account", "key", "Anna", "--title", "short", "--days", "7"])
    until = datetime.now(UTC).date() + timedelta(days=7)
    assert result.stdout.startswith("licet_") and len(result.stdout.splitlines()) == 1
    assert result.stderr == f"This key ends {until}.\n"
    licet("key", "Anna", "--title", "old")
    with access().store.writing() as connection:
        connection.exec_driver_sql("UPDATE licet_key SET ends = NULL WHERE title = 'old'")
        connection.exec_driver_sql("UPDATE licet_key SET ends = made WHERE title = 'short'")
    listed = licet("keys")
    assert "Anna: old  (never used, without end: make another and end this one)" in listed
    assert f"Anna: short  (never used, ended by itself {datetime.now(UTC).date()})" in listed
    assert (
        CliRunner().invoke(build("account"), ["account", "key", "Anna", "--title", "x", "--days", "0"]).exit_code == 2
    )


def test_what_was_done_is_shown() -> None:
    licet("add", "Anna", told=f"{PASSWORD}\n")
    assert licet("acts").endswith("  on this machine made Anna reader\n")
    assert json.loads(licet("acts", "--json"))[0]["who"] == "on this machine"


def test_what_was_refused_is_shown() -> None:
    assert licet("denials") == ""
    access().denied("Anna", "192.0.2.1", "GET /v1/accounts", "no")
    assert licet("denials", "--most", "1").endswith("  Anna from 192.0.2.1: GET /v1/accounts: no\n")
    assert json.loads(licet("denials", "--json"))[0]["why"] == "no"


def test_a_password_comes_from_a_terminal_twice_or_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for told in ("", "\n", "short\n"):
        with pytest.raises(CaseError, match="E_PASSWORD"):
            licet("add", "Anna", told=told)
    answers = [PASSWORD, PASSWORD, PASSWORD, OTHER]
    monkeypatch.setattr(getpass, "getpass", lambda _: answers.pop(0))
    monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": lambda _: True})())
    assert account._password() == PASSWORD
    with pytest.raises(CaseError, match="not the same"):
        account._password()


def test_what_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("licet.services.access.desk", "argon2"))]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(CaseError, match="E_EXTRA"):
        licet("list")
