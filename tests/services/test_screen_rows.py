"""Tables of parties: which column is what, and what their words mean. What can be read in two ways is not read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.batch.tables import Line, Table
from licet.facts.errors import LicetError
from licet.services.screen_rows import NOTHING, Columns, Told, asked, columns, parties
from licet.services.screen_words import births_of, countries_of, kind_of, roles_of

ROLES = ("exporter", "purchaser", "intermediate_consignee", "ultimate_consignee", "end_user", "forwarder", "bank")


def table(*headers: str, rows: tuple[tuple[str, ...], ...] = ()) -> Table:
    def lines() -> Iterator[Line]:
        yield from (Line(number, row) for number, row in enumerate(rows, 2))

    return Table("t.csv", headers, lines())


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        (("name", "country"), {"name": [0], "country": [1]}),
        (("No.", "Party Name", "Role"), {"name": [1], "role": [2]}),
        (("NAME", "Date of Birth", "passport number", "IMO"), {"name": [0], "born": [1], "id": [2, 3]}),
        (("名称", "国家", "地址", "角色"), {"name": [0], "country": [1], "address": [2], "role": [3]}),
        (("客户名称", "出生日期", "统一社会信用代码"), {"name": [0], "born": [1], "id": [2]}),
        (("Company", "name"), {"name": [1]}),
        (("id", "full_name", "Entity-Type"), {"name": [1], "kind": [2]}),
    ],
)
def test_headers_in_two_languages(headers: tuple[str, ...], found: dict[str, list[int]]) -> None:
    assert columns(table(*headers)).of == found


def test_a_column_that_is_named_goes_first() -> None:
    assert columns(table("name", "Buyer"), ["name=Buyer"]).of == {"name": [1]}
    assert columns(table("Käufer", "Nr"), ["name=käufer", "id=Nr"]).of == {"name": [0], "id": [1]}
    assert columns(table("姓名", "x"), ["名称=姓名", "birth date=x"]).of == {"name": [0], "born": [1]}


@pytest.mark.parametrize(
    ("headers", "chosen", "said"),
    [
        (("Buyer", "Land"), [], "no column of names is found; the headers are 'Buyer', 'Land' - say which"),
        (("customer", "company"), [], "'customer' and 'company' may each hold the name - say which"),
        (("name", "country", "nationality"), ["country=land"], "no columns are headed 'land' - the headers are 'name'"),
        (("name",), ["nam=name"], "--column 'nam=name' names no field - did you mean name"),
        (("name",), ["name"], "names no field"),
        (("a", "a"), ["name=a"], "2 columns are headed 'a'"),
    ],
)
def test_columns_that_cannot_be_told(headers: tuple[str, ...], chosen: list[str], said: str) -> None:
    with pytest.raises(LicetError) as raised:
        columns(table(*headers), chosen)
    assert said in str(raised.value)
    assert str(raised.value).startswith("t.csv: E_COLUMN")


def test_rows_become_parties() -> None:
    made = table(
        "name",
        "role",
        "country",
        "born",
        "passport",
        "imo",
        "address",
        rows=(
            ("王伟", "End User; bank", "中国", "1972年11月21日", "X1", "IMO 9", "1 Road\n2 Road"),
            ("", "", "", "", "", "", ""),
            ("Acme", "", "", "", "", "", ""),
            ("", "end user", "", "", "", "", ""),
        ),
    )
    first, second, third = parties(made, columns(made), Told(role="forwarder", country="DE"), ROLES)
    assert (first.name, first.roles, first.countries, first.births) == (
        "王伟",
        ("end_user", "bank"),
        ("CN",),
        ("1972-11-21",),
    )
    assert (first.identifiers, first.addresses, first.row) == (("X1", "IMO 9"), ("1 Road", "2 Road"), 2)
    assert (second.name, second.roles, second.countries, second.row) == ("Acme", ("forwarder",), ("DE",), 4)
    assert third.problem is not None
    assert str(third.problem) == "at row 5: E_NAME: the name is empty - give a name"


def test_a_row_the_reader_could_not_read_stays_in_its_place() -> None:
    made = Table("t.csv", ("name",), iter([Line(2, ("",), "the row has 3 cells, the header 1")]))
    (party,) = parties(made, Columns({"name": [0]}), NOTHING, ROLES)
    assert party.problem is not None
    assert party.problem.message == "the row has 3 cells, the header 1"


@pytest.mark.parametrize(
    ("text", "roles", "notes"),
    [
        ("end_user", ("end_user",), 0),
        ("End User, Purchaser", ("end_user", "purchaser"), 0),
        ("最终用户；买方", ("end_user", "purchaser"), 0),
        ("freight forwarder", ("forwarder",), 0),
        ("consignee", (), 1),
        ("carrier", (), 1),
        ("", (), 0),
    ],
)
def test_roles(text: str, roles: tuple[str, ...], notes: int) -> None:
    found, said = roles_of(text, ROLES)
    assert found == roles
    assert len(said) == notes


@pytest.mark.parametrize(
    ("text", "codes", "notes"),
    [
        ("CN", ("CN",), 0),
        ("China", ("CN",), 0),
        ("中国", ("CN",), 0),
        ("Hong Kong", ("HK",), 0),
        ("DE; NL/BE", ("DE", "NL", "BE"), 0),
        ("Korea, South", ("KR",), 0),
        ("Atlantis", (), 1),
        ("cn", ("CN",), 0),
    ],
)
def test_countries(text: str, codes: tuple[str, ...], notes: int) -> None:
    found, said = countries_of(text)
    assert found == codes
    assert len(said) == notes


@pytest.mark.parametrize(
    ("text", "days", "said"),
    [
        ("1972-11-21", ("1972-11-21",), ""),
        ("1972", ("1972",), ""),
        ("1972-11", ("1972-11",), ""),
        ("21.11.1972", ("1972-11-21",), ""),
        ("21/11/1972", ("1972-11-21",), ""),
        ("11/21/1972", ("1972-11-21",), ""),
        ("11/11/1972", ("1972-11-11",), ""),
        ("19721121", ("1972-11-21",), ""),
        ("1972年11月21日", ("1972-11-21",), ""),
        ("21 Nov 1972", ("1972-11-21",), ""),
        ("1970; 1972", ("1970", "1972"), ""),
        ("02/03/1972", ("1972",), "can be read in two ways"),
        ("1972-13-40", (), "is not understood"),
        ("yesterday", (), "is not understood"),
        ("", (), ""),
    ],
)
def test_dates_of_birth(text: str, days: tuple[str, ...], said: str) -> None:
    found, notes = births_of(text)
    assert found == days
    assert said in "".join(notes)
    assert bool(notes) == bool(said)


def test_kinds() -> None:
    assert [kind_of(text)[0] for text in ("Person", "个人", "company", "船舶", "aircraft", "")] == [
        "person",
        "person",
        "firm",
        "vessel",
        "aircraft",
        "unknown",
    ]
    assert kind_of("dragon") == ("unknown", "kind 'dragon' is not known")


def test_too_much_is_cut_not_kept() -> None:
    party = asked(
        "A", Told(id=";".join(map(str, range(500))), address="x" * 5_000, country=";".join(["??"] * 300)), ROLES
    )
    assert (len(party.identifiers), len(party.addresses[0]), len(party.notes)) == (50, 2_000, 1)


TEXTS = st.text(st.characters(), max_size=60)


@given(name=TEXTS, told=st.builds(Told, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS))
def test_any_words_make_a_party_or_a_problem(name: str, told: Told) -> None:
    party = asked(name, told, ROLES, 7)
    assert party.problem is None or party.problem.code == "E_NAME"
    assert all(code.isupper() and len(code) == 2 for code in party.countries)
    assert set(party.roles) <= set(ROLES)
    f"{party}".encode()
