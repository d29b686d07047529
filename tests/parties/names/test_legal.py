"""Legal forms at either end of a name, in the languages of the lists."""

from __future__ import annotations

import pytest

from licet.parties.names.form import forms
from licet.parties.names.legal import split_legal

LATIN = """OOO Romashka; Romashka OOO; LLC Romashka; Romashka L.L.C.; Romashka GmbH; Romashka GmbH & Co. KG
Romashka FZE; Romashka FZCO; Romashka FZ-LLC; Romashka Ltd. Şti.; Romashka Ltd. Sti.; Romashka San. ve Tic. Ltd. Şti.
Romashka A.Ş.; Romashka Limited Şirketi; Romashka S.A. de C.V.; Romashka, S. de R.L. de C.V.; Romashka Sp. z o.o.
Romashka a.s.; Romashka S.p.A.; Romashka S.r.l.; Romashka s.r.o.
Romashka Kft.; Romashka Oy; Romashka AB; Romashka B.V.; Romashka N.V.
Romashka Pte. Ltd.; Romashka Pty Ltd; Romashka Sdn. Bhd.; Romashka Co., Ltd.; Romashka Company Limited
Romashka Private Limited; Romashka d.o.o.; Romashka EOOD; Romashka K.K.; Romashka Kabushiki Kaisha; Romashka PJSC
Joint Stock Company Romashka; PT Romashka Tbk; Romashka W.L.L.; Romashka DMCC; Romashka Inc.; Romashka Corp.
Romashka plc; Romashka Gesellschaft mit beschränkter Haftung; Romashka Société Anonyme; Romashka SARL; Romashka A/S
ООО «Ромашка»; Ромашка ООО; ПАО Ромашка; АО Ромашка; ОАО Ромашка; ЗАО Ромашка; ТОВ Ромашка; ФГУП Ромашка
Общество с ограниченной ответственностью Ромашка; Публичное акционерное общество «Ромашка»; Romashka"""


@pytest.mark.parametrize("name", [name for row in LATIN.splitlines() for name in row.split("; ")])
def test_a_name_without_its_legal_form(name: str) -> None:
    form = forms(name, "firm")[0]
    assert form.words == ("romashka",)
    assert bool(form.legal) == (name != "Romashka")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("华为技术有限公司", ("华为", "技术")),
        ("中兴通讯股份有限公司", ("中兴", "通讯")),
        ("東芝株式会社", ("东芝",)),
        ("株式会社東芝", ("东芝",)),
        ("有限会社山田", ("山田",)),
        ("삼성전자 주식회사", ("삼성전자",)),
        ("㈜한화", ("한화",)),
    ],
)
def test_the_same_in_the_scripts_of_the_east(name: str, words: tuple[str, ...]) -> None:
    form = forms(name, "firm")[0]
    assert (form.words, bool(form.legal)) == (words, True)


@pytest.mark.parametrize("name", ["Ltd", "co ltd", "limited liability company"])
def test_a_name_that_is_nothing_else_keeps_its_words(name: str) -> None:
    assert split_legal(name.split()) == (name.split(), frozenset())


def test_a_short_form_inside_a_name_is_part_of_it() -> None:
    assert split_legal(["bank", "ag", "handel"])[0] == ["bank", "ag", "handel"]
    assert split_legal(["bank", "handel", "ag"])[0] == ["bank", "handel"]
    assert split_legal(["ao", "handel"])[0] == ["handel"]


def test_a_person_has_none() -> None:
    assert forms("Ko, Ltd Sa", "person")[0].words == ("ko", "ltd", "sa")
