"""Countries to choose from stand where one looks for them in each language."""

from __future__ import annotations

from itertools import pairwise

import pytest

from licet.facts.countries import country_names
from licet.services.check import Checker
from licet.web.countries import READINGS, countries
from licet.web.labels import labels_of
from licet.web.language import LANGUAGES
from licet.web.tongue import Tongue
from licet.web.words import catalogue


def codes(checker: Checker, language: str) -> list[str]:
    return [code for code, _ in countries(labels_of(checker.law.dictionary, Tongue(language)))]


@pytest.mark.parametrize(
    ("language", "order"),
    [
        # Afghanistan, Åland, Albania, Côte d’Ivoire, Curaçao, Switzerland, Türkiye
        ("en", "AF AX AL CI CW CH TR"),
        # 阿富汗 a, 爱尔兰 ai, 安道尔 an, 秘鲁 bi, 德国 de, 俄罗斯 e, 韩国 han, 美国 mei, 日本 ri, 英国 ying, 中国 zhong
        ("zh-Hans", "AF IE AD PE DE RU KR US JP GB CN"),
        # 南韓 nan
        ("zh-Hant", "AF IE AD PE DE RU US KR JP GB CN"),
        # アイスランド, アメリカ, イギリス, ガーナ, かんこく, きたちょうせん, ギリシャ, タイ, たいわん, ちゅうごく,
        # チュニジア, ドイツ, にほん, ニュージーランド, ハンガリー, バングラデシュ, ほんこん, マカオ, みなみアフリカ
        ("ja", "IS US GB GH KR KP GR TH TW CN TN DE JP NZ HU BD HK MO ZA"),
    ],
)
def test_the_order_of_names(checker: Checker, language: str, order: str) -> None:
    wanted = order.split()
    assert [code for code in codes(checker, language) if code in wanted] == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_stands_once_and_in_the_same_place_again(checker: Checker, language: str) -> None:
    found = codes(checker, language)
    assert sorted(found) == sorted(country_names()) and found == codes(checker, language)


def test_every_japanese_name_has_a_reading() -> None:
    names = [words["ja"] for key, words in catalogue().items() if key.startswith("country.")]
    assert not [name for name in names if not ("ァ" <= name[0] <= "ヺ" or name.startswith(tuple(READINGS)))]


def test_a_reading_is_not_hidden_by_a_shorter_one() -> None:
    assert not [pair for pair in pairwise(READINGS) if pair[1].startswith(pair[0])]
