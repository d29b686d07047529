"""The consolidated list of the United Nations Security Council, XML."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from licet.parties.entry import Entry
from licet.parties.readers.dates import day
from licet.parties.readers.draft import Draft
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source
from licet.parties.readers.text import pieces
from licet.parties.readers.tree import children, local, records, said, words

FORMAT = "un.xml"
TITLE = "UN Security Council consolidated list, XML"
LIST = "un.consolidated"
_KINDS = {"INDIVIDUAL": "person", "ENTITY": "firm"}
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_PLACE = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_WEAK, _FORMER = "low", ("f.k.a.", "fka")


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return look.xml and "<CONSOLIDATED_LIST" in look.head


def read(source: Source, wanted: Wanted) -> Editions:
    """The list."""
    harvest, list_id = Harvest(FORMAT, source), wanted.list_or(LIST)
    generated: list[str] = []
    for record in records(source, tuple(_KINDS), lambda root: generated.append(root.get("dateGenerated") or "")):
        harvest.add(_entry(source, list_id, record))
    return harvest.editions(day(generated[0]))


def _entry(source: Source, list_id: str, record: Element) -> Entry:
    sort = local(record)
    draft = Draft(source, _KINDS[sort], cite=said(record, "REFERENCE_NUMBER"), start=day(said(record, "LISTED_ON")))
    _name(draft, record, sort)
    for place in children(record, f"{sort}_ADDRESS"):
        draft.address(*(said(place, part) for part in _PLACE))
        draft.place([said(place, "COUNTRY")])
    draft.place(words(one) for one in children(record, "NATIONALITY", "VALUE"))
    draft.births(_births(children(record, "INDIVIDUAL_DATE_OF_BIRTH")))
    for one in children(record, "INDIVIDUAL_DOCUMENT"):
        draft.number((said(one, "TYPE_OF_DOCUMENT") or "document").casefold(), said(one, "NUMBER"))
    draft.programme(said(record, "UN_LIST_TYPE"))
    draft.note(*(words(one) for name in ("TITLE", "DESIGNATION") for one in children(record, name, "VALUE")))
    draft.note(said(record, "COMMENTS1"))
    return draft.entry(list_id, draft.cite or said(record, "DATAID"))


def _name(draft: Draft, record: Element, sort: str) -> None:
    draft.name(" ".join(said(record, part) for part in _NAMES))
    draft.name(said(record, "NAME_ORIGINAL_SCRIPT"), "original")
    for alias in children(record, f"{sort}_ALIAS"):
        quality = said(alias, "QUALITY").casefold()
        kind = "weak" if quality == _WEAK else "former" if quality in _FORMER else "alias"
        draft.names(pieces(said(alias, "ALIAS_NAME")), kind)


def _births(dates: Iterable[Element]) -> list[str]:
    """An exact day, or a year, or years from and to; about a time where the list says so."""
    texts = []
    for one in dates:
        exact = said(one, "DATE") or said(one, "YEAR")
        first, last = said(one, "FROM_YEAR"), said(one, "TO_YEAR")
        text = exact or (f"{first} to {last}" if first and last else first or last)
        texts.append(f"approximately {text}" if text and said(one, "TYPE_OF_DATE") == "APPROXIMATELY" else text)
    return texts
