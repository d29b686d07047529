"""OFAC's lists as XML (sdn.xml, consolidated.xml): one `sdnEntry` a party. Names of persons come in two parts."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from licet.parties.readers.csl import KINDS, directives, identifier
from licet.parties.readers.dates import day
from licet.parties.readers.draft import Draft
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.ofac_lists import SDN, SSI, is_others, others
from licet.parties.readers.safe import Source
from licet.parties.readers.tree import children, local, records, said, words

FORMAT = "us.ofac.xml"
TITLE = "OFAC sdn.xml or consolidated.xml"
_RECORD, _HEAD = "sdnEntry", "publshInformation"  # so spelt by the publisher
_ADDRESS = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
_SHIP = ("callSign", "vesselType", "vesselFlag", "vesselOwner")


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return look.xml and "<sdnList" in look.head


def read(source: Source, wanted: Wanted) -> Editions:
    """The lists of the file. It says how many entries it has, so one that holds fewer was cut short."""
    told, published, drafts = "", "", list[tuple[str, Draft]]()
    for record in records(source, (_RECORD, _HEAD), lambda root: None):
        if local(record) == _HEAD:
            told, published = said(record, "Record_Count"), said(record, "Publish_Date")
            continue
        drafts.append((said(record, "uid"), _draft(source, record)))
    if told and told != str(len(drafts)):
        raise source.wrong("P_CUT_SHORT", f"says {told:.20} entries and holds {len(drafts)}", "fetch the file again")
    harvest, beside_sdn = Harvest(FORMAT, source), is_others(tuple(draft.programmes) for _, draft in drafts)
    for number, draft in drafts:
        facts = "; ".join(draft.notes)
        own = others(draft.programmes, facts) if beside_sdn else (SDN,)
        for list_id in (wanted.list_id,) if wanted.list_id else own:
            draft.footnotes = directives(facts) if list_id == SSI else ()
            harvest.add(draft.entry(list_id, number))
    return harvest.editions(day(published, month_first=True))


def _draft(source: Source, record: Element) -> Draft:
    draft = Draft(source, KINDS.get(said(record, "sdnType").casefold(), "unknown"))
    draft.name(_name(record))
    for alias in children(record, "akaList", "aka"):
        kind = "weak" if said(alias, "category") == "weak" else "former" if said(alias, "type") == "f.k.a." else "alias"
        draft.name(_name(alias), kind)
    for place in children(record, "addressList", "address"):
        draft.address(*(said(place, part) for part in _ADDRESS))
        draft.place(filter(None, [said(place, "country")]))
    for group, one in (("nationalityList", "nationality"), ("citizenshipList", "citizenship")):
        draft.place(filter(None, (said(found, "country") for found in children(record, group, one))))
    draft.births(said(one, "dateOfBirth") for one in children(record, "dateOfBirthList", "dateOfBirthItem"))
    draft.programme(*(words(one) for one in children(record, "programList", "program")))
    _numbers(draft, record)
    for part in _SHIP:
        text = said(record, "vesselInfo", part)
        draft.note(f"{part}: {text}" if text else "")
    draft.place(filter(None, [said(record, "vesselInfo", "vesselFlag")]))
    draft.note(said(record, "title"), said(record, "remarks"))
    return draft


def _name(element: Element) -> str:
    """`SURNAME, Given`, as in the publisher's csv."""
    return ", ".join(filter(None, (said(element, "lastName"), said(element, "firstName"))))


def _numbers(draft: Draft, record: Element) -> None:
    """Numbers; what stands among them but is none goes into the note."""
    for one in children(record, "idList", "id"):
        kind, value = said(one, "idType"), said(one, "idNumber")
        number = identifier(kind, value)
        if number:
            draft.identifiers[number] = None
        else:
            draft.note(f"{kind} {value}")
