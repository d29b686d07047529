"""The cases among the examples: other files there are tables or plans."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "examples"
CASES = sorted(path for path in FOLDER.glob("*.yaml") if "\ncase:" in f"\n{path.read_text(encoding='utf-8')}")
