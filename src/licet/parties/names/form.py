"""A name as it is compared: rows of words, one for each way to read it.

A Latin, Cyrillic, Greek or Korean name gives one form of Latin words; a Chinese one a form of its own characters'
parts and forms of Latin words (places and trades in English, the rest in pinyin); an Arabic or Hebrew one a form
of consonants.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from licet.parties.names import han, romanise
from licet.parties.names.fold import skeleton
from licet.parties.names.legal import split_legal
from licet.parties.names.mend import mend, split
from licet.parties.names.script import EAST, clean, one_script, script_of
from licet.parties.names.tables import same_word, surnames, syllables

LATIN, HAN, CONSONANTS, SPELT = "latin", "han", "consonants", "spelt"
MAX_LENGTH = 500  # characters of a name that are looked at
SPACED = 4  # so many single letters and nothing else are a word written with spaces
MAX_WORDS = 40
LONGEST_SMALL = 3  # letters
MAX_CHINESE = 4  # words of a Chinese person's name in Latin letters
ONE_WORD = {
    ("shipbuilding", "plant"): "shipyard",
    ("ship", "building"): "shipbuilding",
    ("ship", "yard"): "shipyard",
    ("ship", "repair"): "shiprepair",
    ("machine", "building"): "machinery",
    ("machinery", "building"): "machinery",
    ("oil", "gas"): "oilgas",
    ("far", "east"): "fareast",
    ("all", "russian"): "russian",
    ("radio", "electronics"): "radioelectronic",
    ("micro", "electronics"): "microelectronics",
    ("tele", "communication"): "telecommunication",
}
_APOSTROPHES = re.compile(r"(?<=\w)['`´‘’ʼʻʾʿ\"](?=\w)")
_DOTTED = re.compile(r"\b(?:\w\.){3,}(?:\w\b)?|\b(?:\w\.){2}\w\b")  # two letters are initials, more an abbreviation
_CAMEL = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})")
_BEFORE = re.compile(r"\A\s*(?:m/s|c/o|messrs|attn)\b[.:,]?\s*(?=\w)", re.IGNORECASE)  # said in addresses, no name
_WORD = re.compile(r"[a-z0-9]+")
_OUTSIDE = re.compile(r"[()\[\]{}/|;]|\s{3,}")
_ORDINAL = re.compile(r"\b(\d+)(?:th|(?<=\d\d)(?:st|nd|rd))\b")  # 14th and No. 14; 1st to 3rd are words
# Korean legal forms: joint stock, limited (two kinds), limited partnership, general partnership; also ㈜ after NFKC.
_KOREAN_FORMS = re.compile("주식회사|유한책임회사|유한회사|합자회사|합명회사|\\(주\\)|\\(유\\)")
_EAST_RUN = re.compile(f"{EAST}+|[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a name: its words, the codes of its legal forms, and the view.

    `latin`: a name written in an alphabet. `han`: one in Chinese characters, kana or Hangul, in its own parts.
    `spelt`: the latter in Latin words, to be held against Latin names only, since its own characters say more.
    `consonants`: an Arabic or Hebrew name. `mended` is how a name was read whose words were misspelt or run together.
    """

    words: tuple[str, ...]
    legal: frozenset[str] = frozenset()
    view: str = LATIN
    mended: str = ""


@lru_cache(maxsize=1 << 12)
def forms(text: str, kind: str = "unknown") -> tuple[Form, ...]:
    """The forms of a name, the best one first; none for a text without letters or digits."""
    text = one_script(clean(_BEFORE.sub("", text[:MAX_LENGTH])))
    found: dict[Form, None] = {}
    for piece in _pieces(text):
        for form in _forms(piece.casefold(), kind):
            if form.words:
                found.setdefault(form)
    return tuple(found)


def query_forms(text: str, kind: str, known: Container[str]) -> tuple[Form, ...]:
    """The forms of a name that somebody typed: those of `forms`, then one with what is misspelt or run together mended.

    `known` are words that lists have: they stay as they are.
    """
    read = forms(text, kind)
    if not read or any(form.view != LATIN for form in read):
        return read
    words = _words(romanise.cyrillic(one_script(clean(_CAMEL.sub(" ", _BEFORE.sub("", text[:MAX_LENGTH])))).casefold()))
    mended = words if kind == "person" else [part for word in words for part in _mended(word, known)]
    if len(words) >= SPACED and all(len(word) == 1 for word in words):
        mended = ["".join(words)]  # H u a w e i
    if mended == words and not _CAMEL.search(text):
        return read
    made = _latin(mended, kind)
    return tuple(dict.fromkeys([*read, Form(made.words, made.legal, mended=" ".join(mended))]))


def _mended(word: str, known: Container[str]) -> tuple[str, ...]:
    return (word,) if word in known or same_word(word) in known else split(mend(word))


def _pieces(text: str) -> list[str]:
    """A name cut where two scripts stand side by side, as in `Nanjing University (南京大学)`."""
    if text.isascii():
        return [text]
    cut = [piece for piece in _OUTSIDE.split(text) if piece.strip()]
    scripts = {script_of(piece) for piece in cut if any(mark.isalpha() for mark in piece)}
    return cut if len(scripts) > 1 else [text]


def _forms(text: str, kind: str) -> list[Form]:
    script = script_of(text)
    if script in ("han", "kana"):
        return _east(text, kind)
    if script == "abjad":
        spelt = _words(romanise.abjad(text))
        words = [word for word in spelt if word != "al"] or spelt
        return [Form(tuple(filter(None, map(skeleton, words))), view=CONSONANTS), _latin(words, kind)]
    if script == "hangul":
        return _korean(text, kind)
    if script == "cyrillic":
        text = romanise.cyrillic(text)
    return [_latin(_words(text), kind)]


def _korean(text: str, kind: str) -> list[Form]:
    """A name in Hangul: as it is, and in Latin letters."""
    own = _KOREAN_FORMS.sub(" ", text) if kind != "person" else text
    legal = frozenset(["korean"] if own != text else [])
    text = own if own.strip() else text
    spelt = [Form(_latin(_words(way), kind).words, legal, SPELT) for way in romanise.korean(text)]
    return [Form(("".join(text.split()),), legal, HAN), *spelt]


def _words(text: str) -> list[str]:
    """The words of a text in lower-case ASCII."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = romanise.latin("".join(mark for mark in text if not unicodedata.combining(mark))).lower()
    text = _APOSTROPHES.sub("", text.replace("&", " and "))
    if "." in text:
        text = _DOTTED.sub(lambda match: match.group().replace(".", "") + " ", text)
    return _WORD.findall(_ORDINAL.sub(r"\1", text))[:MAX_WORDS]


def _latin(words: list[str], kind: str) -> Form:
    legal: frozenset[str] = frozenset()
    if kind != "person":
        words, legal = split_legal(words)
    return Form(tuple(_phrases(_kept(words, kind))), legal)


def _kept(words: list[str], kind: str) -> list[str]:
    """The spellings that are kept for words; the syllables of a Chinese person (Da, Po, An) are no small words."""
    is_chinese = (
        kind in ("person", "unknown")
        and 2 <= len(words) <= MAX_CHINESE
        and any(word in surnames() for word in words)
        and all(word in surnames() or word in syllables() or len(word) > LONGEST_SMALL for word in words)
    )
    return [word if is_chinese and word in syllables() else same_word(word) for word in words]


def _phrases(words: list[str]) -> list[str]:
    """Two words that other languages say in one, said in one."""
    found: list[str] = []
    for word in words:
        one = ONE_WORD.get((found[-1], word)) if found else None
        if one:
            found[-1] = one
        else:
            found.append(word)
    return found


def _east(text: str, kind: str) -> list[Form]:
    """A name with Chinese characters or kana: its own parts, then the ways to write it in Latin letters."""
    runs = _EAST_RUN.findall(han.simplified(text))
    whole = "".join(runs)
    cut = [part for run in runs for part in (han.parts(run) if not run.isascii() else [("name", run)])]
    if han.is_person(cut, kind):
        return [Form((whole,), view=HAN), Form(han.person(whole), view=SPELT)]
    own = [part for what, part in cut if what != "legal"]
    legal = frozenset("han" for what, _ in cut if what == "legal")
    spelt = [Form(tuple([same_word(word) for word in way]), legal, SPELT) for way in han.latin_choices(cut)]
    return [Form(tuple(own) or (whole,), legal, HAN), *spelt]
