"""Bad input: one line for each problem with its code and place, exit code 2, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from licet.cli import check as command
from licet.cli.app import build
from licet.cli.main import main
from licet.facts.errors import CaseError
from licet.facts.yamltext import MAX_BYTES
from licet.services.check import Checker

Run = Callable[..., Result]
GOOD = "case: nothing much\non: 2023-11-20\nact: export\nshipment: {from: NL, to: JP}\n"
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.fixture
def run(checker: Checker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `licet check` in a folder with one good case."""
    monkeypatch.setattr(command, "open_checker", lambda: checker)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    runner = CliRunner()
    return lambda *arguments, **extra: runner.invoke(build(), ["check", *arguments], **extra)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "E_EMPTY"),
        (b"\x00\x01\xff\xfe", "E_NOT_TEXT"),
        (b"\x89PNG\r\n\x1a\n", "E_NOT_TEXT"),
        (BOMB.encode(), "E_YAML_ALIAS"),
        (b"[1, 2]", "E_CASE"),
        (b"case: [", "E_YAML"),
        (b"case: x\non: 2023-02-30\n", "E_DATE"),
        (b"case: x\non: 1999-01-01\n", "E_BEFORE_LAW"),
        (b"case: x\n", "E_DATE"),
        (b"case: x\non: 2023-11-20\nshipment: {to: Chinna}\n", "E_COUNTRY"),
        (b"case: x\non: 2023-11-20\nitems: [{die_area_mm2: 8 inch}]\n", "E_UNIT"),
        (b"[" * 5000, "E_TOO_DEEP"),
    ],
)
def test_content_that_is_no_case(run: Run, tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "bad.yaml").write_bytes(content)
    result = run("bad.yaml", "--format", "json")
    (error, *_) = json.loads(result.stdout)["errors"]
    assert result.exit_code == 2
    assert error["code"] == code
    assert error["file"] == "bad.yaml"
    assert f"{code}: " in result.stderr
    assert "Traceback" not in result.stderr + result.stdout


def test_a_large_file_is_not_read(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "large.yaml").open("wb") as file:
        file.truncate(50_000_000)
    result = run("large.yaml")
    assert result.exit_code == 2
    assert "large.yaml: E_TOO_LARGE: the file has 50,000,000 bytes" in result.stderr


def test_endless_standard_input_is_cut_off(run: Run) -> None:
    result = run("-", input=b"a" * (MAX_BYTES + 10))
    assert result.exit_code == 2
    assert "<stdin>: E_TOO_LARGE" in result.stderr


def test_a_missing_file_names_the_nearest(run: Run) -> None:
    result = run("goood.yaml")
    assert result.exit_code == 2
    assert result.stderr == "goood.yaml: E_NO_FILE: there is no such file - did you mean good.yaml?\n"
    assert "E_NO_FILE: this is a folder" in run(".").stderr


def test_names_that_are_no_paths(run: Run) -> None:
    assert run("a\0b").exit_code == 2
    assert run("x" * 5000).exit_code == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may read everything")
def test_an_unreadable_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.yaml").chmod(0)
    assert "E_UNREADABLE" in run("good.yaml").stderr


def test_one_failing_file_leaves_the_others(run: Run) -> None:
    result = run("missing.yaml", "good.yaml")
    assert result.exit_code == 2
    assert "nothing much" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("--on", "yesterday"), "E_DATE"), (("--law-age", "a while"), "E_AGE"), (("-o", "good.yaml"), "E_WRITE")],
)
def test_options_that_make_no_sense(run: Run, arguments: tuple[str, ...], code: str) -> None:
    result = run("good.yaml", *arguments, "--format", "json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["errors"][0]["code"] == code


def test_a_fault_of_the_program_stays_in_its_answer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(command, "read_case", broken)
    result = run("good.yaml")
    assert result.exit_code == 2
    assert "good.yaml: E_INTERNAL: RuntimeError: boom" in result.stderr


def test_control_characters_do_not_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text('case: x\non: 2023-11-20\n"sh\\e[31mip": x\n', encoding="utf-8")
    (tmp_path / "odd.yaml").write_text(GOOD.replace("nothing much", '"a\\e[2Jb"'), encoding="utf-8")
    assert "\x1b" not in run("bad.yaml").stderr
    for form in ("text", "markdown", "html"):
        assert "\x1b" not in run("odd.yaml", "--format", form).stdout


# --- writing -----------------------------------------------------------------------------------


def test_the_answer_goes_whole_into_a_file(run: Run, tmp_path: Path) -> None:
    result = run("good.yaml", "--format", "json", "-o", "answer.json")
    assert result.stdout == ""
    assert json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))["schema"] == "licet.decision/1"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["answer.json", "good.yaml"]


def test_a_file_is_left_as_it_was_where_there_is_no_answer(run: Run, tmp_path: Path) -> None:
    (tmp_path / "answer.html").write_text("old", encoding="utf-8")
    assert run("missing.yaml", "--format", "html", "-o", "answer.html").exit_code == 2
    assert (tmp_path / "answer.html").read_text(encoding="utf-8") == "old"


def test_the_answer_goes_through_a_link(run: Run, tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("old", encoding="utf-8")
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
    run("good.yaml", "--format", "markdown", "-o", "link.md")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text(encoding="utf-8").startswith("# nothing much")


@pytest.mark.parametrize("target", ["no/such/folder/a.md", ".", "x" * 300])
def test_a_file_that_cannot_be_written(run: Run, tmp_path: Path, target: str) -> None:
    result = run("good.yaml", "-o", target)
    assert result.exit_code == 2
    assert "E_WRITE" in result.stderr
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["good.yaml"]


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    command_line = [sys.executable, "-m", "licet.cli.main", "check", "good.yaml", "--format", "html"]
    with subprocess.Popen(command_line, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in (0, 10, 11, 12, 13)


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (KeyboardInterrupt(), 130, ""),
        (RuntimeError("boom"), 70, "E_INTERNAL: RuntimeError: boom"),
        (CaseError.one("E_X", "bad"), 2, "E_X: bad"),
    ],
)
def test_the_program_ends_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], raised: BaseException, code: int, said: str
) -> None:
    def stop() -> None:
        raise raised

    monkeypatch.setattr("licet.cli.app.build", lambda _: stop)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
    assert capsys.readouterr().err.startswith(said)
