"""All readers in one place: a file is told by its content and name, and read by the first format it fits."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from licet.facts.errors import nearest
from licet.parties.entry import Edition
from licet.parties.readers import (
    au_dfat,
    cn_mofcom,
    cn_sanctions,
    csl_csv,
    csl_json,
    csl_reduced,
    eu_fsf_csv,
    eu_fsf_xml,
    eu_journal,
    ftm,
    jp_meti,
    ofac_csv,
    ofac_xml,
    os_targets,
    own,
    uk_csv,
    uk_xlsx,
    un_xml,
    us_1260h,
    us_denied,
)
from licet.parties.readers.harvest import Editions, Wanted
from licet.parties.readers.look import Look, look_at
from licet.parties.readers.safe import LIMITS, ZIP, Limits, Source, open_source
from licet.parties.readers.sheet import open_sheets


class Reader(Protocol):
    """What each module of a format has."""

    FORMAT: str
    TITLE: str

    def fits(self, look: Look, /) -> bool:
        """Whether a file looks like this format."""

    def read(self, source: Source, wanted: Wanted, /) -> Editions:
        """The lists of the file."""


_ANY = Wanted()
_ALL: tuple[Reader, ...] = (
    csl_reduced, csl_json, csl_csv, ofac_csv, ofac_xml, un_xml, uk_csv, uk_xlsx, eu_fsf_csv, eu_fsf_xml, eu_journal,
    au_dfat, jp_meti, cn_mofcom, cn_sanctions, us_1260h, us_denied, os_targets, ftm, own,
)  # fmt: skip  # in the order they are tried: a company's own list fits much
READERS = {reader.FORMAT: reader for reader in _ALL}


def formats() -> dict[str, str]:
    """The formats that can be read, with their titles."""
    return {name: reader.TITLE for name, reader in READERS.items()}


def read_list(
    path: Path,
    list_id: str | None = None,
    format: str | None = None,
    *,
    skip_unknown: bool = False,
    limits: Limits = LIMITS,
) -> dict[str, Edition]:
    """The lists a file holds, by their id.

    `list_id` names the list where the file does not, or overrides it; `format` is told from the file if not given.
    `skip_unknown` leaves out rows of lists not known here, and counts them. Every failure is a `LicetError` with a
    `P_` code.
    """
    source = with_parts(path, open_source(path, limits))
    return read_source(source, Wanted(list_id or "", skip_unknown), format)


def with_parts(path: Path, source: Source) -> Source:
    """The file with those beside it that belong to it."""
    beside = {role: path.with_name(name) for role, name in ofac_csv.beside(path.name).items()}
    parts = {role: open_source(part, source.limits) for role, part in beside.items() if part.exists()}
    return replace(source, parts=parts) if parts else source


def read_source(source: Source, wanted: Wanted = _ANY, form: str | None = None) -> Editions:
    """The lists of a file in hand."""
    with _undisturbed():
        whole = open_sheets(source) if source.data.startswith(ZIP) else source
        reader = _named(whole, form) if form else _told(whole)
        return reader.read(whole, wanted)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the collector, which would walk all the new objects over and over: a third of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _named(source: Source, form: str) -> Reader:
    if form not in READERS:
        hint = nearest(form, READERS) or f"formats: {', '.join(READERS)}"
        raise source.wrong("P_FORMAT", f"there is no format {form!r:.60}", hint)
    return READERS[form]


def _told(source: Source) -> Reader:
    """The first format a file fits."""
    look = look_at(source)
    for reader in _ALL:
        if reader.fits(look):
            return reader
    tried = "; ".join(formats().values())
    raise source.wrong("P_FORMAT", f"fits none of the formats known here (tried: {tried})", "name its format")
