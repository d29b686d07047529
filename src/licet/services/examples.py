"""Worked cases to begin with: beside the source in a checkout, inside the package when installed."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from licet.facts.errors import CaseError

_NAME = re.compile(r"[a-z0-9-]+")
PLAN = "demo"  # what `licet demo` runs, which is no case


def _folder() -> Path | None:
    package = Path(str(files("licet")))
    return next(
        (f for f in (package.parents[1] / "examples", package / "examples") if (f / f"{PLAN}.yaml").is_file()), None
    )


@cache
def titles() -> dict[str, str]:
    """The name of each example with its title."""
    folder, found = _folder(), dict[str, str]()
    for path in sorted(folder.glob("*.yaml")) if folder is not None else ():
        title = next((row for row in path.read_text(encoding="utf-8").splitlines() if row.startswith("case: ")), "")
        if title and path.stem != PLAN:
            found[path.stem] = title.removeprefix("case: ").strip("\"'")
    return found


def text(name: str) -> str:
    """The case of this name as YAML. Raises CaseError."""
    folder = _folder()
    if folder is None or not _NAME.fullmatch(name) or name not in titles():
        raise CaseError.one("E_NO_DRAFT", "there is no such example")
    return (folder / f"{name}.yaml").read_text(encoding="utf-8")
