"""The commands of `licet law`: what they print and how they end."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.rules.small import Writer, rule_text
from typer.testing import CliRunner, Result

from licet.cli.law import app
from licet.facts.errors import LicetError
from licet.rules.corpus import read_law_with_problems
from licet.rules.law import Law
from licet.services.lawnew import sketch, write

TEST = """\
- {case: caught, on: 2022-01-01, given: {item.datacenter: yes}, expect: yes}
- {case: free, on: 2022-01-01, given: {item.datacenter: no}, expect: no}
- {case: before, on: 2021-12-31, given: {item.datacenter: yes}, expect: no}
"""
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the law is compiled once for all of them."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, home: Path) -> Run:
    """Runs a command; over another law where its folder is given."""

    def command(*arguments: str, law: Path | None = None) -> Result:
        monkeypatch.setenv("LICET_HOME", str(home))
        if law is not None:
            monkeypatch.setenv("LICET_LAW", str(law))
        return CliRunner().invoke(app, [*arguments], catch_exceptions=False)

    return command


def test_list(run: Run) -> None:
    result = run("list", "--kind", "entry", "--jurisdiction", "nl", "--on", "2024-09-07")
    assert result.exit_code == 0
    assert "nl.semi.3B001.f.4" in result.stdout
    assert "us.ear" not in result.stdout


@pytest.mark.parametrize(("form", "start"), [("text", "15 CFR 774"), ("markdown", "# 15 CFR 774"), ("json", "{")])
def test_show(form: str, start: str, run: Run) -> None:
    result = run("show", "us.ear.ccl.3A090.a", "--on", "2022-10-25", "--format", form)
    assert result.exit_code == 0
    assert result.stdout.startswith(start)
    if form == "json":
        assert json.loads(result.stdout)["version"] == 1


def test_show_what_does_not_exist(run: Run) -> None:
    with pytest.raises(LicetError, match="L_NO_RULE"):
        run("show", "us.ear.ccl.3A09")


def test_timeline_of_one_and_of_several(run: Run) -> None:
    assert "2. from 2023-11-17: in force" in run("timeline", "us.ear.ccl.3A090.a").stdout
    chart = run("timeline", "us.ear.ccl.3A090").stdout
    assert "us.ear.ccl.3A090.b" in chart
    assert "s suspended" in chart


@pytest.mark.parametrize(("form", "start"), [("text", "The law on"), ("markdown", "# The law on"), ("json", "{")])
def test_diff(form: str, start: str, run: Run) -> None:
    result = run("diff", "2023-11-16", "2023-11-17", "--format", form)
    assert result.exit_code == 0
    assert result.stdout.startswith(start)


def test_a_failing_test_says_where_what_and_why(run: Run, law_folder: Writer) -> None:
    root = law_folder({"xx/1.yaml": rule_text(), "xx/1.test.yaml": TEST.replace("expect: yes", "expect: no", 1)})
    result = run("test", law=root)
    assert result.exit_code == 1
    assert "law/xx/1.test.yaml:1:3: caught: expected no, found yes" in result.stdout
    assert "because item.datacenter" in result.stdout
    assert result.stdout.endswith("3 tests, 1 failures\n")


def test_tests_of_one_rule(run: Run, law_folder: Writer) -> None:
    root = law_folder({"xx/1.yaml": rule_text(), "xx/1.test.yaml": TEST})
    assert run("test", "xx.act", law=root).exit_code == 0
    with pytest.raises(LicetError, match="no rule begins with yy"):
        run("test", "yy", law=root)


def test_a_law_that_cannot_be_run_is_refused(run: Run, law_folder: Writer) -> None:
    root = law_folder({"xx/1.yaml": rule_text("{rule: xx.act.1}"), "xx/1.test.yaml": TEST})
    with pytest.raises(LicetError, match="L_CYCLE"):
        run("test", law=root)


def test_mutate_ends_with_1_where_a_mutant_lives_or_an_entry_is_stale(run: Run, law_folder: Writer) -> None:
    files = {"xx/1.yaml": rule_text(), "xx/1.test.yaml": TEST}
    assert run("mutate", law=law_folder(files)).exit_code == 0
    files["xx/1.yaml"] = rule_text(more="equivalent: [{mutant: v9 gone, why: no}]\n")
    stale = run("mutate", law=law_folder(files))
    assert stale.exit_code == 1
    assert "law/xx/1.yaml: xx.act.1: stale: v9 gone" in stale.stdout
    files["xx/1.test.yaml"] = TEST.splitlines()[0]
    assert "alive: v1 from a day earlier" in run("mutate", law=law_folder(files)).stdout


def test_mutate_only_what_changed(run: Run, law_folder: Writer) -> None:
    second = rule_text().replace("act.1", "act.2")
    root = law_folder({"xx/1.yaml": rule_text(), "xx/1.test.yaml": TEST, "xx/2.yaml": second, "xx/2.test.yaml": TEST})
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for command in (("init", "-q"), ("add", "."), (*name, "commit", "-q", "--no-verify", "-m", "law")):
        subprocess.run(["git", *command], cwd=root.parent, check=True)
    assert run("mutate", "--changed", law=root).stdout.startswith("0 rules")
    (root / "xx/2.test.yaml").write_text(TEST + "# more\n", encoding="utf-8")
    assert run("mutate", "--changed", law=root).stdout.startswith("1 rules")
    with pytest.raises(LicetError, match="L_GIT"):
        run("mutate", "--since", "nothing", law=root)
    with pytest.raises(LicetError, match="is not a revision"):
        run("mutate", "--since=--output=x", law=root)


def test_check_and_strict(run: Run, law_folder: Writer) -> None:
    root = law_folder({"xx/1.yaml": rule_text().replace("kind: entry", "kind: reach"), "xx/1.test.yaml": TEST})
    loose, strict = run("check", law=root), run("check", "--strict", law=root)
    assert (loose.exit_code, strict.exit_code) == (0, 1)
    assert "remark: law/facts/facts.yaml:" in loose.stdout
    assert loose.stdout.splitlines()[-1].startswith("1 rules, 1 instruments, 0 errors")


# --- new ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cite", "kind", "rule", "file"),
    [
        ("15 CFR 744.17(a)(1)", "requirement", "us.ear.744.17.a.1", "us/ear/part-744/744.17.a.1.yaml"),
        ("15 CFR 774 Supp. 1, ECCN 9A012.b", "entry", "us.ear.ccl.9A012.b", "us/ear/part-774/9A012.b.yaml"),
        ("15 CFR 740 Supp. 1, Country Group C", "group", "us.group.C", "us/group/C.yaml"),
        ("15 CFR 745.1(a)", "duty", "us.ear.745.1.a", "us/ear/745.1.a.yaml"),
        ("31 CFR 589.299", "prohibition", "us.ofac.589.299", "us/ofac/589.299.yaml"),
        (
            "Regulation (EU) 2021/821 Annex I, 3A001.z",
            "entry",
            "eu.dual-use.annex-i.3A001.z",
            "eu/dual-use/annex-i/3A001.z.yaml",
        ),
        ("Regulation (EU) No 833/2014 Art. 5zz", "prohibition", "eu.833-2014.art-5zz", "eu/833-2014/art-5zz.yaml"),
    ],
)
def test_new_follows_the_citation(cite: str, kind: str, rule: str, file: str, law: Law, law_root: Path) -> None:
    sketched = sketch(law, law_root, cite, kind)
    assert sketched.id == rule
    assert sketched.rule == law_root / file
    assert sketched.test == law_root / file.replace(".yaml", ".test.yaml")


KINDS = ("entry", "requirement", "prohibition", "relief", "bar", "policy", "duty", "flag", "exposure", "reach", "group")


@pytest.mark.parametrize("kind", [*KINDS, "ownership", "measure"])
def test_a_scaffold_loads_passes_and_leaves_its_todos(kind: str, run: Run, law_folder: Writer) -> None:
    root = law_folder({"xx/1.yaml": rule_text().replace("Act s. 1", "The Act s. 1"), "xx/1.test.yaml": TEST})
    gives = ("--gives", "item.density") if kind == "measure" else ()
    made = run("new", "The Act s. 2", "--kind", kind, "--id", "xx.act.2", "--from", "2024-05-01", *gives, law=root)
    assert made.stdout.split() == ["law/xx/2.yaml", "law/xx/2.test.yaml"]
    law, problems = read_law_with_problems(root)
    assert problems == []
    assert law.rules["xx.act.2"].kind == kind
    assert run("test", law=root).exit_code == 0
    checked = run("check", law=root)
    assert checked.exit_code == 1
    assert "error: law/xx/2.yaml:5: C_TODO: title: TODO" in checked.stdout


def test_new_does_not_overwrite(run: Run, law_folder: Writer) -> None:
    root = law_folder({"xx/1.yaml": rule_text().replace("Act s. 1", "The Act s. 1"), "xx/2.test.yaml": "mine"})
    with pytest.raises(LicetError, match="L_EXISTS"):
        run("new", "The Act s. 2", "--kind", "entry", "--id", "xx.act.2", law=root)
    with pytest.raises(LicetError, match="L_DUPLICATE_ID"):
        run("new", "The Act s. 2", "--kind", "entry", "--id", "xx.act.1", law=root)
    assert (root / "xx/2.test.yaml").read_text(encoding="utf-8") == "mine"
    assert not (root / "xx/2.yaml").exists()


def test_two_may_write_at_once_and_one_is_told(law_folder: Writer) -> None:
    root = law_folder({"xx/1.yaml": rule_text().replace("Act s. 1", "The Act s. 1")})
    law, _ = read_law_with_problems(root)
    sketched = sketch(law, root, "The Act s. 2", "entry")
    write(sketched)
    with pytest.raises(LicetError, match="L_EXISTS"):
        write(sketched)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("Wassenaar 1", "--kind", "entry"), "L_NO_INSTRUMENT"),
        (("The Act s. 2", "--kind", "entri"), "L_FORM"),
        (("The Act s. 2", "--kind", "measure"), "L_UNKNOWN_FACT"),
    ],
)
def test_what_new_refuses(arguments: tuple[str, ...], code: str, run: Run, law_folder: Writer) -> None:
    root = law_folder({"xx/1.yaml": rule_text().replace("Act s. 1", "The Act s. 1")})
    with pytest.raises(LicetError, match=code):
        run("new", *arguments, law=root)
