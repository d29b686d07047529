"""The EU's consolidated list of financial sanctions, XML of version 1.1: facts stand in attributes."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from licet.parties.entry import Entry
from licet.parties.readers.dates import day
from licet.parties.readers.draft import Draft
from licet.parties.readers.eu_fsf import FULL_NAME, KINDS, LIST, is_weak
from licet.parties.readers.eu_fsf_basis import add
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source
from licet.parties.readers.tree import children, records, said

FORMAT = "eu.fsf.xml"
TITLE = "EU consolidated financial sanctions, XML 1.1"
_RECORD = "sanctionEntity"
_ADDRESS = ("street", "poBox", "city", "place", "zipCode", "region", "countryDescription")


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return look.xml and f"<{_RECORD}" in look.head


def read(source: Source, wanted: Wanted) -> Editions:
    """The list, and the rows of it that the law knows by their regulation."""
    harvest, list_id = Harvest(FORMAT, source), wanted.list_or(LIST)
    generated: list[str] = []
    for record in records(source, (_RECORD,), lambda root: generated.append(root.get("generationDate") or "")):
        titles = (act.get("numberTitle") or "" for act in children(record, "regulation"))
        add(harvest, wanted, _entry(source, list_id, record), titles)
    return harvest.editions(day(generated[0]))


def _entry(source: Source, list_id: str, record: Element) -> Entry:
    draft = Draft(source, start=day(record.get("designationDate") or ""))
    for subject in children(record, "subjectType"):
        draft.kind = KINDS.get(_told(subject, "classificationCode", "code").casefold(), "unknown")
    for alias in children(record, "nameAlias"):
        _name(draft, alias)
    for place in children(record, "address"):
        draft.address(*(place.get(part) or "" for part in _ADDRESS))
    for kind in ("address", "citizenship"):
        draft.place(_told(one, "countryIso2Code", "countryDescription") for one in children(record, kind))
    draft.births(_told(one, "birthdate", "year") for one in children(record, "birthdate"))
    for one in children(record, "identification"):
        kind = _told(one, "identificationTypeDescription", "identificationTypeCode") or "number"
        draft.number(kind.casefold(), one.get("number") or "", one.get("latinNumber") or "")
    for act in children(record, "regulation"):
        draft.programme(act.get("programme") or "")
        draft.cite = draft.cite or act.get("numberTitle") or ""
        draft.url = draft.url or said(act, "publicationUrl")
    draft.note(said(record, "remark"))
    return draft.entry(list_id, _told(record, "euReferenceNumber", "logicalId"))


def _name(draft: Draft, alias: Element) -> None:
    parts = (alias.get(part[0].lower() + part[1:]) or "" for part in FULL_NAME)
    weak = is_weak(alias.get("strong") or "", said(alias, "remark"))
    draft.name(alias.get("wholeName") or " ".join(filter(None, parts)), "weak" if weak else "alias")
    draft.note(alias.get("function") or "")


def _told(element: Element, *attributes: str) -> str:
    """The first of these attributes that says something."""
    return next((text for name in attributes if (text := element.get(name))), "")
