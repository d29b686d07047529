"""The cases among the examples: other files there are tables or plans."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "examples"


def _is_case(text: str) -> bool:
    """A case has facts of a case at the top, and no table of chips."""
    return "\ncase:" in f"\n{text}" and "\nchips:" not in text


CASES = sorted(path for path in FOLDER.glob("*.yaml") if _is_case(path.read_text(encoding="utf-8")))
