"""Writes the coverage table of the README anew: `python -m tests.law.readme`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from licet.services.home import load_law
from licet.services.lawcoverage import coverage, summary_table

README = Path(__file__).parents[2] / "README.md"
DAY = date(2026, 7, 23)  # of the latest whole text of the Commerce Control List that was read
BEGIN, END = "<!-- made by python -m tests.law.readme -->\n", "<!-- end -->\n"


def fresh(text: str) -> str:
    """The README with the table of today's law."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{summary_table(coverage(load_law(), DAY))}{END}{after}"


if __name__ == "__main__":
    README.write_text(fresh(README.read_text(encoding="utf-8")), encoding="utf-8")
