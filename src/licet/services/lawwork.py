"""Work on the law while it is being written: which rules, and a law that can at least be run."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from licet.facts.errors import LawError, Place, Problem, nearest
from licet.rules.corpus import TEST_SUFFIX, Law, read_law_with_problems
from licet.rules.model import Rule

CANNOT_RUN = ("L_CYCLE", "L_SCOPE")


def workable_law(root: Path) -> tuple[Law, list[Problem]]:
    """The law as far as it can be run, and what is wrong with the rest. Raises LawError where nothing can be run."""
    law, problems = read_law_with_problems(root)
    fatal = [problem for problem in problems if problem.code in CANNOT_RUN]
    if fatal:
        raise LawError(fatal)
    return law, problems


def chosen(law: Law, ids: Iterable[str] | None) -> list[Rule]:
    """The rules whose ids begin with one of these; all where there are none. Raises LawError where one fits no rule."""
    prefixes = tuple(ids or ())
    for prefix in prefixes:
        if not any(rule.startswith(prefix) for rule in law.rules):
            hint = nearest(prefix, law.rules) or "see licet law list"
            raise LawError.one("L_NO_RULE", f"no rule begins with {prefix}", hint=hint)
    return [rule for rule in law.rules.values() if not prefixes or rule.id.startswith(prefixes)]


def changed_rules(law: Law, root: Path, since: str = "HEAD") -> list[Rule]:
    """Rules whose file or tests differ from a revision. Raises LawError without git."""
    files = changed_files(root, since)
    changed = {file.removesuffix(TEST_SUFFIX) + ".yaml" if file.endswith(TEST_SUFFIX) else file for file in files}
    return [rule for rule in law.rules.values() if rule.file in changed]


def changed_files(root: Path, since: str) -> set[str]:
    """Files of the law that differ from a revision, and those git does not know yet, named as in law files."""
    if since.startswith("-"):
        raise LawError.one("L_GIT", f"{since!r} is not a revision", hint="name a commit, a branch or a tag")
    differing = _git(root, "diff", "--name-only", "--relative", since, "--", ".")
    fresh = _git(root, "ls-files", "--others", "--exclude-standard", "--", ".")
    return {f"{root.name}/{name}" for name in (differing + fresh).split("\0") if name}


def _git(root: Path, command: str, *arguments: str) -> str:
    """What git says, names separated by NUL so that any file name can be read."""
    try:
        done = subprocess.run(["git", command, "-z", *arguments], cwd=root, capture_output=True, text=True, check=True)
    except FileNotFoundError:
        raise LawError.one("L_GIT", "git is not installed", hint="name the rules instead of --changed") from None
    except subprocess.CalledProcessError as failed:
        said = failed.stderr.strip().splitlines()[-1:] or ["git failed"]
        raise LawError.one(
            "L_GIT", said[0], Place(str(root.name)), "is this a checkout, and does the revision exist?"
        ) from None
    return done.stdout
