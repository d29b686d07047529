"""China's lists kept by the Ministry of Commerce, as json, one object a party with its official Chinese name."""

from __future__ import annotations

from typing import Any

from licet.facts.errors import quoted
from licet.parties.entry import Entry
from licet.parties.readers.dates import day
from licet.parties.readers.document import load, records, string, strings
from licet.parties.readers.draft import Draft
from licet.parties.readers.harvest import Editions, Harvest, Wanted
from licet.parties.readers.look import Look
from licet.parties.readers.safe import Source

FORMAT = "cn.mofcom.json"
TITLE = "China MOFCOM lists, json"
LISTS = {
    "cn-export-control-watchlist": "cn.ecl",  # 出口管制管控名单, the control list: no exports of dual-use items
    "cn-unreliable-entity-list": "cn.uel",  # 不可靠实体清单
    "cn-attention-list": "cn.attention",  # 关注名单: end user or use cannot be checked
}


def fits(look: Look) -> bool:
    """Whether a file looks like this format."""
    return look.json and any(f'"{name}"' in look.head for name in LISTS)


def read(source: Source, wanted: Wanted) -> Editions:
    """The lists. They carry the day on which the file was last held against its publisher."""
    rows = records(source, load(source), "the file")
    harvest = Harvest(FORMAT, source)
    for row in rows:
        told = string(row.get("list_id"))
        list_id = wanted.list_or(LISTS.get(told, ""))
        if list_id:
            harvest.add(_entry(source, list_id, row))
        elif not wanted.skip_unknown:
            raise source.wrong("P_UNKNOWN_LIST", f"names a list not known here: {quoted(told)}", "skip it knowingly")
    checked = filter(None, (day(string(row.get("last_verified"))) for row in rows))
    return harvest.editions(max(checked, default=None))


def _entry(source: Source, list_id: str, row: dict[str, Any]) -> Entry:
    draft = Draft(source, "firm" if row.get("entity_type") == "organization" else "unknown")
    draft.name(string(row.get("entity_name")))
    draft.names(strings(row.get("aliases")))
    for address in strings(row.get("addresses")):
        draft.where(address)
    draft.programme(string(row.get("source_list_name")))
    draft.note(string(row.get("reason")))
    draft.start = day(string(row.get("date_added")))
    draft.url = string(row.get("source_url"))
    return draft.entry(list_id, string(row.get("id")))
