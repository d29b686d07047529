"""The table of formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from licet.facts.errors import LicetError
from licet.parties.readers.harvest import Wanted
from licet.parties.readers.look import look_at
from licet.parties.readers.registry import READERS, formats, read_list
from licet.parties.readers.sheet import open_sheets
from tests.parties.readers.reading import code, refused
from tests.parties.readers.samples import SAMPLES


def test_every_format_has_a_sample() -> None:
    assert list(formats()) == list(SAMPLES)


@pytest.mark.parametrize("form", SAMPLES)
def test_a_sample_fits_its_own_format_first(form: str) -> None:
    source = SAMPLES[form]
    look = look_at(open_sheets(source) if form.endswith("xlsx") else source)
    assert next(name for name, reader in READERS.items() if reader.fits(look)) == form


def test_read_list_names_the_format_in_its_editions(tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_bytes(SAMPLES["un.xml"].data)
    assert read_list(path)["un.consolidated"].format == "un.xml"
    assert list(read_list(path, "own.un")) == ["own.un"]
    with pytest.raises(LicetError, match="P_FORMAT"):
        read_list(path, format="jp.meti.json")


def test_a_format_nobody_knows() -> None:
    error = refused(SAMPLES["un.xml"], Wanted(), "un.xlm")
    assert error.problems[0].hint == "did you mean un.xml or uk.xlsx?"


@pytest.mark.parametrize("form", SAMPLES)
def test_the_sample_of_one_format_is_refused_by_the_others(form: str) -> None:
    for other in READERS:
        if other not in (form, "own") and {form, other} != {"uk.csv", "uk.xlsx"}:
            assert code(SAMPLES[form], Wanted(), other).startswith("P_")
