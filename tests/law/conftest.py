"""The law as it lies in the repository, and a small one for tests that change it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rules.small import FACTS, INSTRUMENT, Writer, write_law

from licet.rules.corpus import read_law
from licet.rules.law import Law

ROOT = Path(__file__).parents[2] / "law"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "mutation: mutants of all rules changed since the last commit (run with -m mutation)"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mutation of changed rules only where it is asked for."""
    if "mutation" not in config.option.markexpr:
        skipped = pytest.mark.skip(reason="run with -m mutation")
        for item in items:
            if item.get_closest_marker("mutation"):
                item.add_marker(skipped)


@pytest.fixture(scope="session")
def law_root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def law(law_root: Path) -> Law:
    return read_law(law_root)


@pytest.fixture
def law_folder(tmp_path: Path) -> Writer:
    """Writes a law of a few lines. Returns its folder."""

    def write(files: dict[str, str] | None = None, facts: str = FACTS, instrument: str = INSTRUMENT) -> Path:
        return write_law(tmp_path / "law", files or {}, facts, instrument)

    return write
