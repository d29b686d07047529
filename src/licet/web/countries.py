"""Countries to choose from, in the order of the names that a page shows.

Chinese names are ordered by pinyin, character by character (as anyascii reads them), Japanese ones by their reading in
kana, all others by their letters without marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from anyascii import anyascii

from licet.facts.countries import country_names
from licet.web.labels import Labels

Pairs = tuple[tuple[str, str], ...]
# How Japanese names read that do not begin with kana; what follows is kana, or comes too late to matter.
READINGS: Mapping[str, str] = MappingProxyType(
    {
        "中央": "チュウオウ", "中国": "チュウゴク", "仏領": "フツリョウ", "北朝鮮": "キタチョウセン",
        "北": "キタ", "南極": "ナンキョク", "南": "ミナミ", "台湾": "タイワン",
        "合衆国": "ガッシュウコク", "日本": "ニホン", "東": "ヒガシ", "米領": "ベイリョウ",
        "英領": "エイリョウ", "西": "ニシ", "赤道": "セキドウ", "韓国": "カンコク",
        "香港": "ホンコン",
    }
)  # fmt: skip
_PINYIN = MappingProxyType({"秘": "bi"})  # read otherwise in the name of a country than elsewhere
_SMALL = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ", "ー・")
_KANA = re.compile(r"[ァ-ヺー]")


def countries(labels: Labels) -> Pairs:
    """Country codes with their names and the code, in the order of the names."""
    found = ((code, labels.country(code)) for code in country_names())
    key = {"ja": _japanese, "en": _latin}.get(labels.words.language, _chinese)
    return tuple(sorted(found, key=lambda pair: (key(pair[1]), pair[1])))


def _latin(name: str) -> str:
    return anyascii(name).casefold()


def _chinese(name: str) -> str:
    """The syllables, each with an end that comes before all letters: 阿富汗 stands before 爱尔兰."""
    return " ".join(_PINYIN.get(mark) or _latin(mark) for mark in name)


def _japanese(name: str) -> str:
    """The reading without what comes second in the order of kana: marks of voice, small kana and long vowels."""
    for kanji, kana in READINGS.items():
        if name.startswith(kanji):
            name = kana + name.removeprefix(kanji)
            break
    if not _KANA.match(name):
        return _latin(name)
    bare = "".join(mark for mark in unicodedata.normalize("NFD", name) if not unicodedata.combining(mark))
    return bare.translate(_SMALL)
