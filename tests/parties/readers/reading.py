"""How the tests read a file in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from licet.facts.errors import LicetError
from licet.parties.entry import Edition, Entry
from licet.parties.readers.harvest import Wanted
from licet.parties.readers.registry import read_source
from licet.parties.readers.safe import Source
from tests.parties.readers.samples import SAMPLES

OWN = Wanted("own.test")


def editions(form: str) -> Mapping[str, Edition]:
    """The lists of the sample of a format, told without help."""
    return read_source(SAMPLES[form], OWN if form == "own" else Wanted())


def entries(form: str, list_id: str) -> tuple[Entry, ...]:
    return editions(form)[list_id].entries


def said(entry: Entry) -> list[tuple[str, str]]:
    return [(name.text, name.kind) for name in entry.names]


def numbers(entry: Entry) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for one in entry.identifiers]


def refused(source: Source, wanted: Wanted = OWN, form: str | None = None) -> LicetError:
    with pytest.raises(LicetError) as caught:
        read_source(source, wanted, form)
    assert caught.value.problems[0].hint
    assert source.name in str(caught.value) or source.parts
    return caught.value


def code(source: Source, wanted: Wanted = OWN, form: str | None = None) -> str:
    return refused(source, wanted, form).problems[0].code


def changed(form: str, data: bytes | str) -> Source:
    """The sample of a format with other content."""
    return replace(SAMPLES[form], data=data.encode() if isinstance(data, str) else data)
