"""The US Consolidated Screening List as reduced json: texts that repeat stand in `tables`, entries point into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from licet.parties.readers import csl
from licet.parties.readers.dates import day
from licet.parties.readers.document import load, records, string, strings
from licet.parties.readers.harvest import Editions, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source

FORMAT = "us.csl.reduced"
TITLE = "US Consolidated Screening List, reduced json"
_TABLES = ("sources", "licenceRequirements", "licencePolicies", "programmes", "urls")
T = TypeVar("T")


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return look.json and all(f'"{key}"' in look.head for key in ("sourceGeneratedAt", "entryCount"))


def read(source: Source, wanted: Wanted) -> Editions:
    """The lists of the file."""
    whole = load(source)
    if not isinstance(whole, dict) or not isinstance(whole.get("tables"), dict):
        raise source.wrong("P_FORMAT", "has no `tables`", "fetch the file again")
    entries = records(source, whole.get("entries"), "`entries`")
    told = whole.get("entryCount")
    if told != len(entries):
        raise source.wrong("P_CUT_SHORT", f"says {told} entries and holds {len(entries)}", "fetch the file again")
    rows = _rows(source, whole["tables"], entries)
    published = day(string(whole.get("sourceGeneratedAt")))
    return csl.gather(source, wanted, FORMAT, rows, published)


def _rows(source: Source, tables: dict[str, Any], entries: list[dict[str, Any]]) -> Iterator[csl.Row]:
    named, scopes, policies, programmes, urls = (_texts(tables.get(name)) for name in _TABLES)
    split: list[Iterable[str]] = [strings(text) for text in programmes]
    for entry in entries:
        said = entry.get
        yield csl.Row(
            source=_pointed(source, named, said("s"), ""),
            name=string(said("n")),
            number=string(said("e")),
            kind=string(said("t")),
            aliases=strings(said("a")),
            countries=strings(said("c")),
            programmes=_pointed(source, split, said("pg"), []),
            scope=_pointed(source, scopes, said("lr"), ""),
            policy=_pointed(source, policies, said("lp"), ""),
            notice=string(said("fr")),
            url=_pointed(source, urls, said("u"), ""),
        )


def _texts(table: Any) -> list[str]:
    return [string(text) for text in table] if isinstance(table, list) else []


def _pointed(source: Source, table: list[T], index: Any, nothing: T) -> T:
    """What an entry points to."""
    if index is None:
        return nothing
    if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(table):
        raise source.wrong("P_FORMAT", f"an entry points to row {index!r:.20} of a table", "fetch the file again")
    return table[index]
