"""A small law, written into a folder for one test."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rules.small import FACTS, INSTRUMENT, Writer, write_law


@pytest.fixture
def law_folder(tmp_path: Path) -> Writer:
    """Writes a law: the dictionary, one instrument, and the files given by name. Returns its folder."""

    def write(files: dict[str, str] | None = None, facts: str = FACTS, instrument: str = INSTRUMENT) -> Path:
        return write_law(tmp_path / "law", files or {}, facts, instrument)

    return write
