"""The wheel alone gives a working `licet` with the law inside, in an environment that knows nothing of the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "src", "law", "examples")
CASE = ROOT / "examples" / "h800-to-china.yaml"
DAY = "2023-11-20"

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("packaging")]


@dataclass(frozen=True)
class Installed:
    """The wheel, and the environment it was installed into."""

    wheel: Path
    bin: Path
    folder: Path

    def run(self, *words: str, code: int = 0) -> str:
        """What a program of the environment prints, run far from the checkout."""
        command = [str(self.bin / words[0]), *words[1:]]
        env = clean(self.folder)
        done = subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout


def clean(home: Path) -> dict[str, str]:
    """The environment without anything that could lead back to the checkout; pip keeps its own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LICET", "PYTHON", "VIRTUAL"))}
    return kept | {"LICET_HOME": str(home / "home"), "PYTHONUTF8": "1"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in SOURCES:
        origin = ROOT / name
        if origin.is_dir():
            shutil.copytree(origin, source / name, ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
        else:
            shutil.copy(origin, source / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "-q", "--no-deps", "-w", folder, source], check=True, env=clean(folder))
    (wheel,) = folder.glob("*.whl")
    shutil.rmtree(source)
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([*pip, "--python", python, "install", "-q", wheel], check=True, env=clean(folder))
    return Installed(wheel, python.parent, folder)


def test_the_wheel_carries_the_law_its_tests_and_its_compiled_form(installed: Installed) -> None:
    names = set(zipfile.ZipFile(installed.wheel).namelist())
    law = {f"licet/law/{path.relative_to(ROOT / 'law').as_posix()}" for path in (ROOT / "law").rglob("*.yaml")}
    assert law <= names
    assert {"licet/law/compiled.json", "licet/facts/countries.tsv", "licet/py.typed"} <= names
    desk = {"templates/base.html", "static/desk.js", "static/desk.css", "catalogue/shell.tsv"}
    assert {f"licet/web/{name}" for name in desk} | {"licet/examples/h800-to-china.yaml"} <= names
    assert not [name for name in names if not name.startswith(("licet/", "licet-"))]


def test_a_case_is_decided(installed: Installed) -> None:
    shutil.copy(CASE, installed.folder / "case.yaml")
    answer = json.loads(installed.run("licet", "check", "case.yaml", "--on", DAY, "--format", "json", code=10))
    assert answer["outcome"] == "licence_required"
    assert answer["on"] == DAY


def test_the_law_is_listed(installed: Installed) -> None:
    assert "us.ear.ccl.3A090.a" in installed.run("licet", "law", "list")


def test_the_compiled_form_is_used_and_nothing_is_parsed(installed: Installed) -> None:
    program = (
        "import sys; from licet.services import home; "
        "law = home.load_law(); print(len(law.rules) > 100, 'sqlglot' in sys.modules, (home.home() / 'law').exists())"
    )
    home = installed.folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    assert installed.run("python", "-c", program) == "True False False\n"


def test_a_changed_law_file_in_the_package_is_noticed(installed: Installed) -> None:
    where = installed.run("python", "-c", "from licet.services import home; print(home.law_root())").strip()
    path = Path(where) / "us" / "ear" / "added.yaml"
    rule = next((ROOT / "law" / "us").rglob("3A090.a.yaml")).read_text(encoding="utf-8")
    path.write_text(rule.replace("id: us.ear.ccl.3A090.a", "id: us.ear.ccl.added"), encoding="utf-8")
    try:
        assert "us.ear.ccl.added" in installed.run("licet", "law", "list")
    finally:
        path.unlink()
