"""The EU's consolidated list of financial sanctions, csv 1.1: a row for each name, address, birth or number."""

from __future__ import annotations

from licet.parties.readers.dates import day
from licet.parties.readers.draft import Draft
from licet.parties.readers.eu_fsf import FULL_NAME, KINDS, LIST, is_weak
from licet.parties.readers.eu_fsf_basis import add
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source
from licet.parties.readers.table import Row, named_rows, raw_rows
from licet.parties.readers.text import clean, decode

FORMAT = "eu.fsf.csv"
TITLE = "EU consolidated financial sanctions, csv 1.1"
NEEDED = ("Entity_LogicalId", "NameAlias_WholeName")
_ADDRESS = ("Street", "PoBox", "City", "Place", "ZipCode", "Region", "CountryDescription")


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return set(NEEDED) <= set(look.columns(";"))


def read(source: Source, wanted: Wanted) -> Editions:
    """The list, and the rows of it that the law knows by their regulation."""
    harvest, parties, published = Harvest(FORMAT, source), dict[str, Draft](), ""
    titles: dict[str, list[str]] = {}
    for _, row in named_rows(source, raw_rows(source, decode(source), ";"), NEEDED):
        said = {key: clean(text) for key, text in row.items()}
        number = said.get("Entity_EU_ReferenceNumber") or said["Entity_LogicalId"]
        _add(parties.setdefault(number, Draft(source)), said)
        titles.setdefault(number, []).append(said.get("Entity_Regulation_NumberTitle", ""))
        published = published or said.get("fileGenerationDate", "")
    for number, draft in parties.items():
        add(harvest, wanted, draft.entry(wanted.list_or(LIST), number), titles[number])
    return harvest.editions(day(published))


def _add(draft: Draft, row: Row) -> None:
    """One row of a party."""
    for column in ("Entity_SubjectType", "Entity_SubjectType_ClassificationCode"):
        draft.kind = KINDS.get(row.get(column, "").casefold(), draft.kind)
    parts = " ".join(filter(None, (row.get(f"NameAlias_{part}", "") for part in FULL_NAME)))
    weak = is_weak(row.get("NameAlias_Strong", ""), row.get("NameAlias_Remark", ""))
    draft.name(row["NameAlias_WholeName"] or parts, "weak" if weak else "alias")
    draft.address(*(row.get(f"Address_{part}", "") for part in _ADDRESS))
    draft.place(filter(None, (row.get(f"{of}_CountryIso2Code") or row.get(f"{of}_CountryDescription")
                              for of in ("Address", "Citizenship"))))  # fmt: skip
    draft.births([row.get("BirthDate_BirthDate") or row.get("BirthDate_Year", "")])
    kind = row.get("Identification_TypeDescription") or row.get("Identification_TypeCode") or "number"
    draft.number(kind.casefold(), row.get("Identification_Number", ""))
    draft.programme(row.get("Entity_Regulation_Programme", ""))
    draft.note(row.get("NameAlias_Function", ""), row.get("Entity_Remark", ""))
    draft.cite = draft.cite or row.get("Entity_Regulation_NumberTitle", "")
    draft.url = draft.url or row.get("Entity_Regulation_PublicationUrl", "")
    draft.start = draft.start or day(row.get("Entity_DesignationDate", ""))
