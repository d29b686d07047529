"""The coverage table of the README is that of the law."""

from __future__ import annotations

from tests.law.readme import README, fresh


def test_the_coverage_table_of_the_readme_is_fresh() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == fresh(text), "run python -m tests.law.readme"
