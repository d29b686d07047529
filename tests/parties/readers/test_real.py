"""The real lists, where they lie beside the repository: exact counts, and entries one can look up."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from licet.facts.errors import LicetError
from licet.parties.entry import KINDS, NAME_KINDS, Edition, Entry
from licet.parties.readers.countries import country
from licet.parties.readers.registry import read_list
from licet.parties.rows import row_facts
from tests.parties.readers.reading import numbers, said

DATA = Path(__file__).parents[3].parent / "shared" / "data" / "parties"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real lists (../shared/data/parties) are not here")

COUNTS = {
    "us/csl_2026-07-31.json": {
        "us.el": 3420, "us.sdn": 19181, "us.dpl": 1596, "us.dtc": 787, "us.ssi": 286, "us.uvl": 222, "us.isn": 161,
        "us.ns_plc": 78, "us.meu": 70, "us.ns_cmic": 68, "us.ns_mbs": 51, "us.capta": 1,
    },
    "us/csl_2022-04.csv.gz": {
        "us.sdn": 10026, "us.el": 2001, "us.dtc": 727, "us.dpl": 462, "us.ssi": 290, "us.uvl": 201, "us.isn": 163,
        "us.ns_plc": 78, "us.meu": 71, "us.ns_cmic": 68, "us.capta": 53, "us.ns_mbs": 17, "us.fse": 3,
    },
    "us/sdn_2024-05-03.csv": {"us.sdn": 14965},
    "us/ofac_2021-07_sdn.csv": {"us.sdn": 8976},
    "us/cons_prim.csv": {"us.ssi": 286, "us.ns_plc": 78, "us.ns_cmic": 68, "us.capta": 14, "us.ns_mbs": 13},
    "us/dod_1260h_2026-08.csv": {"us.1260h": 397},
    "us/dpl_2022.txt": {"us.dpl": 581},
    "un/un_2026-08.xml": {"un.consolidated": 1011},
    "uk/UK_Sanctions_List_2025-04.xlsx": {"uk.sanctions": 4686},
    "uk/ofsi_sanctionsconlist.csv": {"uk.ofsi": 2106},
    "au/dfat_2026-08.xlsx": {"au.dfat": 3846},
    "jp/meti_end_user_list_2026-07.json": {"jp.eul": 835},
    "cn/mofcom_lists_2026-07.json": {"cn.ecl": 139, "cn.uel": 61, "cn.attention": 40},
    "cn/cn_sanctions_2026-08.csv": {"cn.countersanctions": 351, "cn.ecl": 153, "cn.uel": 66, "cn.attention": 40},
    "eu/journal_sanctions/consolidated/32014R0269.csv": {"eu.269": 2802},
    "eu/journal_sanctions/consolidated/32014R0833.csv": {"eu.annex-iv": 921, "eu.833": 797},
    "eu/journal_sanctions/amendments/32026R1843.csv": {"eu.269": 216},
}  # fmt: skip
PUBLISHED = {
    "us/csl_2026-07-31.json": date(2026, 7, 31),
    "un/un_2026-08.xml": date(2026, 8, 1),
    "uk/UK_Sanctions_List_2025-04.xlsx": date(2025, 4, 10),
    "uk/ofsi_sanctionsconlist.csv": date(2018, 4, 13),
    "jp/meti_end_user_list_2026-07.json": date(2025, 9, 29),
    "cn/mofcom_lists_2026-07.json": date(2026, 7, 19),
}


@cache
def lists(name: str) -> Mapping[str, Edition]:
    return read_list(DATA / name)


def entry(name: str, list_id: str, start: str) -> Entry:
    """The first entry whose name begins so."""
    return next(one for one in lists(name)[list_id].entries if one.name.startswith(start))


@pytest.mark.parametrize("name", COUNTS)
def test_counts(name: str) -> None:
    assert {list_id: len(one.entries) for list_id, one in lists(name).items()} == COUNTS[name]
    assert {one.published for one in lists(name).values()} == {PUBLISHED.get(name)} or name not in PUBLISHED


@pytest.mark.parametrize("name", COUNTS)
def test_every_entry_is_sound(name: str) -> None:
    for list_id, edition in lists(name).items():
        assert len({one.id for one in edition.entries}) == len(edition.entries)
        for one in edition.entries:
            assert one.list == list_id
            assert one.kind in KINDS
            assert [one.names[0].kind, *(other.kind for other in one.names[1:] if other.kind == "primary")] == [
                "primary"
            ]
            assert all(other.kind in NAME_KINDS and other.text.strip() == other.text for other in one.names)
            assert all(country(code) == code for code in one.countries)
            assert all(len(text) in (4, 7, 10) for text in one.births)
            assert all(number.value for number in one.identifiers)


def test_all_acts_of_the_journal() -> None:
    found: dict[str, int] = {}
    for path in sorted((DATA / "eu" / "journal_sanctions" / "consolidated").glob("*.csv")):
        for list_id, edition in read_list(path).items():
            found[list_id] = len(edition.entries)
    assert (len(found), sum(found.values())) == (46, 7988)
    assert [name for name, count in found.items() if not count] == [
        "eu.314-2004", "eu.305-2006", "eu.573-2010", "eu.173-2011", "eu.377-2012", "eu.1755-2015", "eu.1890-2019",
        "eu.2406-2023",
    ]  # fmt: skip


def test_the_screening_list_is_read_fast() -> None:
    times = []
    for _ in range(3):
        start = time.process_time()
        read_list(DATA / "us/csl_2026-07-31.json")
        times.append(time.process_time() - start)
    assert min(times) < 1.5


def test_entity_list() -> None:
    huawei = entry("us/csl_2026-07-31.json", "us.el", "Huawei Technologies Co., Ltd.")
    assert (huawei.countries, row_facts(huawei).footnotes) == (("CN",), ("1", "2"))
    assert huawei.cite.startswith("84 FR 22963, 84 FR 43495")
    footnotes = [row_facts(one).footnotes for one in lists("us/csl_2026-07-31.json")["us.el"].entries]
    assert [footnotes.count(one) for one in (("1", "2"), ("3",), ("4",), ("5",))] == [156, 771, 96, 16]


def test_denied_persons_begin_with_their_first_citation() -> None:
    ash = entry("us/csl_2026-07-31.json", "us.dpl", "I. ASH")
    assert (ash.cite[:21], ash.start) == ("67 F.R. 56530 9/4/02 ", date(2002, 9, 4))
    (whole,) = [one for one in lists("us/csl_2022-04.csv.gz")["us.dpl"].entries if one.name == "I. ASH"][:1]
    assert (whole.start, whole.end, whole.cite) == (
        date(2003, 6, 19), date(2056, 6, 29), "68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06 72 F.R. 4236 1/30/07",
    )  # fmt: skip


def test_sectoral_sanctions_tell_their_directives() -> None:
    gazprom = entry("us/csl_2022-04.csv.gz", "us.ssi", "PUBLIC JOINT STOCK COMPANY GAZPROM")
    assert (gazprom.id, gazprom.footnotes) == ("17250", ("directive_4",))
    assert ("tax id no.", "7736050003") in numbers(gazprom)


def test_ofac_with_the_files_beside_it() -> None:
    air = entry("us/ofac_2021-07_sdn.csv", "us.sdn", "AEROCARIBBEAN AIRLINES")
    assert (said(air)[1], air.countries, air.addresses) == (("AERO-CARIBBEAN", "alias"), ("CU",), ("Havana, Cuba",))
    bank = entry("us/sdn_2024-05-03.csv", "us.sdn", "BANCO NACIONAL DE CUBA")
    assert said(bank)[1] == ("BNC", "weak")


def test_files_of_different_days_are_refused(tmp_path: Path) -> None:
    for name, source in (("sdn.csv", "ofac_2021-07_sdn.csv"), ("alt.csv", "alt_2026-08.csv")):
        (tmp_path / name).write_bytes((DATA / "us" / source).read_bytes())
    with pytest.raises(LicetError, match=r"P_PARTS: \d+ of its rows are about ids that sdn\.csv does not have"):
        read_list(tmp_path / "sdn.csv")


@pytest.mark.parametrize("name", ["us/alt_2026-08.csv", "us/add_2026-08.csv", "us/cons_alt.csv"])
def test_a_file_beside_alone_is_no_list(name: str) -> None:
    with pytest.raises(LicetError, match="P_FORMAT"):
        read_list(DATA / name)


def test_un_and_uk() -> None:
    badege = entry("un/un_2026-08.xml", "un.consolidated", "ERIC BADEGE")
    assert (badege.id, badege.births, badege.start) == ("CDi.001", ("1971",), date(2012, 12, 31))
    assert badege.countries == ("RW", "CD")
    hassan = next(
        one for one in lists("uk/UK_Sanctions_List_2025-04.xlsx")["uk.sanctions"].entries if one.id == "15175"
    )
    assert said(hassan)[0] == ("Abdu Tamer HASSAN", "primary")
    assert ("Хассан, Абду Тамер", "original") in said(hassan)
    assert (hassan.births, hassan.start, hassan.programmes) == (("1994-06-12",), date(2022, 4, 13), ("Russia",))


def test_japan_and_china() -> None:
    pine = entry("jp/meti_end_user_list_2026-07.json", "jp.eul", "Green Pine Associated Corporation")
    assert (pine.countries, said(pine)[1]) == (("KP",), ("青松連合", "original"))
    subaru = entry("cn/mofcom_lists_2026-07.json", "cn.attention", "SUBARU Corporation")
    assert (said(subaru)[1], subaru.start) == (("斯巴鲁株式会社", "original"), date(2026, 2, 24))


def test_europe_and_australia() -> None:
    aksyonov = entry("eu/journal_sanctions/consolidated/32014R0269.csv", "eu.269", "Sergey Valeryevich AKSYONOV")
    assert (aksyonov.id, aksyonov.start, aksyonov.births) == ("I.PERSONS/1", date(2014, 3, 17), ("1972-11-26",))
    assert ("Сергей Валерьевич АКСЁНОВ", "original") in said(aksyonov)
    akhund = entry("au/dfat_2026-08.xlsx", "au.dfat", "MOHAMMAD HASSAN AKHUND")
    assert (akhund.id, akhund.start, akhund.countries) == ("2", date(2001, 1, 25), ("AF",))
    assert ("محمد حسن أخوند", "original") in said(akhund)


def test_1260h() -> None:
    amec = entry("us/dod_1260h_2026-08.csv", "us.1260h", "Advanced Micro-Fabrication Equipment Inc. China")
    assert (said(amec)[1], amec.start) == (("AMEC", "alias"), date(2024, 1, 31))
