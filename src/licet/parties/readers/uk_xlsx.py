"""The UK's lists as Excel workbooks."""

from __future__ import annotations

from licet.parties.readers import uk
from licet.parties.readers.harvest import Editions, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source
from licet.parties.readers.sheet import one_sheet

FORMAT = "uk.xlsx"
TITLE = "UK Sanctions List or OFSI consolidated list, xlsx"


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return set(uk.NEEDED) <= look.cells


def read(source: Source, wanted: Wanted) -> Editions:
    """The list."""
    return uk.gather(source, wanted, FORMAT, one_sheet(source, uk.NEEDED))
