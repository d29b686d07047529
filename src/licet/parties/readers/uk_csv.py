"""The UK's lists as csv. OFSI's older files are in the Windows code page."""

from __future__ import annotations

from licet.parties.readers import uk
from licet.parties.readers.harvest import Editions, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source
from licet.parties.readers.table import raw_rows
from licet.parties.readers.text import decode

FORMAT = "uk.csv"
TITLE = "UK Sanctions List or OFSI consolidated list, csv"


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return any(set(uk.NEEDED) <= set(look.columns(line=line)) for line in (0, 1))


def read(source: Source, wanted: Wanted) -> Editions:
    """The list."""
    return uk.gather(source, wanted, FORMAT, raw_rows(source, decode(source, "cp1252")))
