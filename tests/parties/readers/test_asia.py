"""Lists of Japan and China."""

from __future__ import annotations

from datetime import date

from licet.parties.readers.harvest import Wanted
from licet.parties.readers.registry import read_source
from tests.parties.readers.reading import changed, code, editions, entries, numbers, said
from tests.parties.readers.samples import jsoned, parsed


def test_japan() -> None:
    found = editions("jp.meti.json")["jp.eul"]
    assert found.published == date(2025, 9, 29)
    iran, china = found.entries
    assert said(iran) == [("Beispiel Industries", "primary"), ("贝斯公司", "original"), ("Muster Co.", "alias")]
    assert (iran.id, iran.kind, iran.countries) == ("jp-eul-1", "firm", ("IR",))
    assert (iran.programmes, iran.start) == (("大量破壊兵器等の懸念: 核 N",), None)
    assert (said(china), china.countries) == ([("Beispiel Electronics", "primary")], ("CN",))


def test_china() -> None:
    found = editions("cn.mofcom.json")
    assert {one.published for one in found.values()} == {date(2026, 7, 19)}
    (japan,), (muster,) = found["cn.attention"].entries, found["cn.ecl"].entries
    assert said(japan) == [("Beispiel Corporation", "primary"), ("贝斯株式会社", "original")]
    assert (japan.countries, japan.start, japan.note) == (("JP",), date(2026, 6, 29), "r")
    assert (muster.id, muster.start) == ("cn-wl-1", date(2025, 1, 2))


def test_an_unknown_chinese_list() -> None:
    first, second = parsed("mofcom.json")
    rows = [first, {**second, "list_id": "cn-new-list"}]
    source = changed("cn.mofcom.json", jsoned(rows))
    assert code(source, Wanted()) == "P_UNKNOWN_LIST"
    assert list(read_source(source, Wanted(skip_unknown=True))) == ["cn.attention"]


def test_chinese_sanctions() -> None:
    (max_,), (firm,) = entries("cn.sanctions.csv", "cn.countersanctions"), entries("cn.sanctions.csv", "cn.ecl")
    assert said(max_) == [("Max Mustermann", "primary"), ("马克斯", "original"), ("Maxl", "alias")]
    assert (max_.kind, max_.countries, max_.programmes) == ("person", ("US",), ("AFSL",))
    assert (max_.start, max_.end, numbers(max_)) == (date(2024, 5, 22), date(2025, 7, 13), [("wikidata", "Q1")])
    assert (firm.countries, firm.addresses) == (("FR",), ("1 Rue, Paris, France",))
