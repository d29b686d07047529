"""Small files of lists with invented entries, in forms the readers know."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from licet.parties.store.catalogue import Carried, Catalogue, Publication, Remote

SOURCES = ("Entity List (EL) - Bureau", "Specially Designated Nationals (SDN) - Treasury Department")


def csl(el: str, sdn: str = "", made: str = "2026-07-31") -> bytes:
    """A reduced Consolidated Screening List: a firm for each letter, on the Entity List and on the SDN list."""
    rows = [{"n": f"Firm {key}", "s": index, "c": ["CN"]} for index, keys in enumerate((el, sdn)) for key in keys]
    for number, row in enumerate(rows):
        if row["s"]:
            row["e"] = f"9{number}"
    tables = {"sources": SOURCES, "licenceRequirements": [], "licencePolicies": [], "programmes": [], "urls": []}
    whole = {"sourceGeneratedAt": f"{made}T13:15:00+00:00", "entryCount": len(rows), "tables": tables, "entries": rows}
    return json.dumps(whole).encode()


def ofac(names: Sequence[str], aliases: Sequence[tuple[int, str]] = ()) -> dict[str, bytes]:
    """OFAC's three files: names numbered from 101, and other names of some."""
    sdn = "".join(
        f'{101 + index},"{name}",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
        for index, name in enumerate(names)
    )
    alt = "".join(f'{number},{index},"aka","{name}",-0- \r\n' for index, (number, name) in enumerate(aliases, 1))
    add = "".join(f'{101 + index},{index},-0- ,"Testville","Cuba",-0- \r\n' for index in range(len(names)))
    return {name: (text + "\x1a").encode() for name, text in (("sdn.csv", sdn), ("alt.csv", alt), ("add.csv", add))}


def catalogue(files: Mapping[str, Sequence[Remote]]) -> Catalogue:
    """A catalogue of publications of these files: `csl`, `ofac` and any other as a copy of csl's."""
    made = {}
    for name, remotes in files.items():
        lists = (_carried("us.sdn"),) if name == "ofac" else (_carried("us.el"), _carried("us.sdn"))
        form = "us.ofac.csv" if name == "ofac" else "us.csl.reduced"
        made[name] = Publication(
            name, name, "Nobody", "", tuple(remotes), (form,), lists, 1, 5, "none", "", "made up", note="a note",
            consolidation=name != "ofac",
        )  # fmt: skip
    return Catalogue(made)


def _carried(list_id: str) -> Carried:
    return Carried(list_id, f"Test list {list_id}", may_shrink=Decimal("0.25"))
