"""`licet lists`: what each command shows, and its exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from licet.cli.lists import app
from licet.facts.errors import CaseError
from licet.parties.store import store as kept
from licet.parties.store.catalogue import Remote
from tests.services.lists_files import catalogue, csl
from tests.services.lists_serving import CA_FILE, Served, file, make_certificate, serving, status

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `licet lists` in a folder of its own, with a home of its own."""
    monkeypatch.setenv("LICET_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(kept, "shipped", lambda: catalogue({"csl": [], "paper": []}))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, list(arguments), catch_exceptions=False)


@pytest.fixture
def two(run: Run) -> Run:
    """With two editions loaded: Firm a to d, then Firm b to e."""
    for keys, made in (("abcd", "2026-06-30"), ("bcde", "2026-07-31")):
        Path("csl.json").write_bytes(csl(keys, "xyz", made))
        assert run("add", "csl.json").exit_code == 0
    return run


def test_nothing_is_loaded_at_first(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    assert "no lists are loaded - `licet lists sync`" in result.stdout


def test_the_sources_are_told_with_their_terms(run: Run) -> None:
    rows = {row["publication"]: row for row in json.loads(run("sources", "--format", "json").stdout)}
    assert rows["us_csl"]["files"] == [
        "https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.json"
    ]
    assert all(row["terms"] and row["source"] for row in rows.values())
    text = run("sources").stdout
    assert "jp_end_user_list: Foreign End-User List" in text
    assert "from: no file for machines" in text


def test_add_says_what_it_found(run: Run) -> None:
    Path("csl.json").write_bytes(csl("abcd", "xyz"))
    result = run("add", "csl.json")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "csl.json: loaded, edition of 2026-07-31",
        "    us.el: 4 entries, 4 names",
        "    us.sdn: 3 entries, 3 names",
    ]
    assert run("add", "csl.json").stdout.splitlines() == ["csl.json: same, edition of 2026-07-31"]


def test_the_table_of_lists(two: Run) -> None:
    for result in (two(), two("show")):
        head, first, *_ = result.stdout.splitlines()
        assert head.split() == ["list", "title", "edition", "loaded", "entries", "age"]
        assert first.split()[:6] == ["us.el", "Test", "list", "us.el", "2026-07-31", first.split()[5]]
        assert "stale: us.el: edition of 2026-07-31, " in result.stdout
        assert "not loaded: none" in result.stdout
        assert "2 lists, snapshot " in result.stdout


def test_the_table_as_of_a_day_and_as_json(two: Run) -> None:
    found = json.loads(two("show", "--on", "2026-07-01", "--format", "json").stdout)
    (first, *_) = found["lists"]
    assert (first["list"], first["edition"], first["age_days"], first["stale"]) == ("us.el", "2026-06-30", 1, False)
    assert len(found["snapshot"]) == 64
    assert json.loads(two("show", "--known", "2026-01-01", "--format", "json").stdout)["lists"] == []


def test_what_changed(two: Run) -> None:
    lines = two("diff", "us.el").stdout.splitlines()
    assert lines[:2] == ["us.el: edition of 2026-06-30 → edition of 2026-07-31", "1 added, 0 changed, 1 removed"]
    assert [line.split(" [")[0] for line in lines[2:]] == ["+ Firm e (CN)", "- Firm a (CN)"]
    found = json.loads(two("diff", "us.el", "2026-07-01", "2026-08-01", "--format", "json").stdout)
    assert ([one["name"] for one in found["added"]], found["old"]["edition"]) == (
        ["Firm e"],
        "as it stood on 2026-07-01",
    )
    assert (
        two("diff", "us.el", "2026-01-01")
        .stdout.splitlines()[2]
        .startswith("as it stood on 2026-01-01, it is not certain")
    )


def test_history_and_its_editions_by_id(two: Run) -> None:
    rows = json.loads(two("history", "us.el", "--format", "json").stdout)
    assert [(row["edition"], row["entries"], row["added"], row["removed"]) for row in rows] == [
        ("2026-06-30", 4, None, None), ("2026-07-31", 4, 1, 1),
    ]  # fmt: skip
    assert "Firm e" in two("diff", "us.el", rows[0]["load"], rows[1]["load"]).stdout
    text = two("history", "us.el").stdout
    assert rows[1]["load"] in text
    assert "publication" in text.splitlines()[0]


def test_a_refused_file_has_exit_code_1_and_its_reasons(two: Run) -> None:
    Path("csl.json").write_bytes(csl("b", "xyz", "2026-08-01"))
    result = two("add", "csl.json")
    assert result.exit_code == 1
    assert "csl.json: refused" in result.stdout
    assert "E_LIST_SHRINKS: us.el: 1 entries, the edition before has 4" in result.stderr
    taken = two("add", "csl.json", "--accept-shrink")
    assert taken.exit_code == 0
    assert "accepted: E_LIST_SHRINKS" in taken.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("diff", "us.ell"), "E_NO_LIST"),
        (("diff", "us.el", "nothing"), "E_NO_EDITION"),
        (("diff", "us.el", "20"), "E_NO_EDITION"),
        (("show", "--known", "yesterday"), "E_KNOWN"),
        (("show", "--known", "2026-07-31T10:00"), "E_KNOWN"),
        (("add", "none.json"), "E_NO_FILE"),
        (("sync", "us.ell"), "E_NO_LIST"),
        (("sync", "--proxy", "gopher://x"), "E_PROXY"),
    ],
)
def test_a_wrong_word_is_told(two: Run, arguments: tuple[str, ...], code: str) -> None:
    with pytest.raises(Exception, match=code):
        two(*arguments)


def test_one_edition_has_nothing_before_it(run: Run) -> None:
    Path("csl.json").write_bytes(csl("ab"))
    run("add", "csl.json")
    with pytest.raises(CaseError, match="E_ONE_EDITION"):
        run("diff", "us.el")


def test_a_name_from_a_list_cannot_steer_the_terminal(run: Run) -> None:
    for keys, made in (("ab", "2026-06-30"), ("ab\x1b", "2026-07-31")):
        Path("csl.json").write_bytes(csl(keys, made=made))
        run("add", "csl.json")
    assert "\x1b" not in run("diff", "us.el").stdout


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / CA_FILE))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with serving(certificate) as running:
        yield running


def test_sync_reports_each_and_exits_1_if_one_failed(run: Run, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {name: [Remote(served.url(f"{name}.json"), f"{name}.json")] for name in ("csl", "other")}
    monkeypatch.setattr(kept, "shipped", lambda: catalogue({**files, "paper": []}))
    served.on("csl.json", file(csl("abcd", "xyz")))
    served.on("other.json", status(404))
    result = run("sync")
    assert result.exit_code == 1
    assert [line for line in result.stdout.splitlines() if not line.startswith(" ")] == [
        "csl: loaded, edition of 2026-07-31", "other: failed", "paper: skipped",
    ]  # fmt: skip
    assert "E_FETCH: the server answers 404" in result.stderr
    assert run("sync", "csl").exit_code == 0
    assert run("sync", "paper").exit_code == 1


def test_the_history_of_a_list_nobody_loaded_is_an_error(two: Run) -> None:
    with pytest.raises(CaseError, match=r"E_NO_LIST.*us\.ell"):
        two("history", "us.ell")
