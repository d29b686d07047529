"""Letters of other scripts in Latin ones, in one plain spelling; `fold` then makes the usual spellings meet.

Cyrillic follows the passport and BGN/PCGN habits of the lists (kh, ts, shch, iu, ia); Greek, Korean, Indic and the
rest come from anyascii. Arabic and Hebrew are written without most vowels, so their names are compared by
consonants (`fold.skeleton`), never by this spelling alone.
"""

from __future__ import annotations

import re

from anyascii import anyascii

from licet.parties.names.script import HANGUL

_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђјљњћџѓќѕ"
# "_" stands for a letter that is not written.
_LATIN = (
    "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e iu ia e "  # Russian
    "i i ie g u dj j lj nj c dz g k dz"  # Ukrainian, Belarusian, Serbian, Macedonian
)
_CYRILLIC = dict(zip(_LETTERS, _LATIN.split(" "), strict=True))
_TABLE = str.maketrans({mark: latin.replace("_", "") for mark, latin in _CYRILLIC.items()})
_ABJAD = str.maketrans(
    {
        "ع": "",
        "ء": "",
        "ئ": "",
        "ؤ": "w",
        "أ": "a",
        "إ": "i",
        "آ": "a",
        "ا": "a",
        "ة": "a",
        "ى": "a",
        "ی": "y",
        "ک": "k",
        "گ": "g",
        "پ": "p",
        "چ": "ch",
        "ژ": "zh",
        "ش": "sh",
        "خ": "kh",
        "غ": "gh",
        "ث": "th",
        "ذ": "z",
        "ض": "d",
        "ظ": "z",
        "ط": "t",
        "ص": "s",
        "ق": "q",
        "ه": "h",
        "ح": "h",
    }
)
_KOREAN_RUN = re.compile(f"[{HANGUL}]+|[^\\s{HANGUL}]+")
_HANGUL = re.compile(f"[{HANGUL}]")
_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{2})")
_KOREAN_PARTS = re.compile(r"[A-Z][a-z]*")
_KOREAN_END = re.compile(r"(?<!n)g$|[db]$")  # letters said k, t, p at the end of a syllable
# Syllables as North and South Koreans write them in passports, where that is not the official spelling.
_KOREAN = {"eun": "un", "jeong": "jong", "seong": "song", "yeong": "yong", "hyeon": "hyon", "cheol": "chol"}
_KOREAN |= {"gyeong": "kyong", "myeong": "myong", "seok": "sok", "jeon": "chon", "geun": "kun", "deok": "tok"}
_KOREAN_SURNAMES = {"gim": "kim", "i": "ri", "ri": "ri", "bak": "pak", "choe": "choe", "jo": "jo", "gang": "kang"}
_KOREAN_SURNAMES |= {"yu": "yu", "no": "ro", "im": "rim", "yang": "ryang", "ryu": "ryu", "go": "ko", "gwon": "kwon"}
_SOUTHERN_SURNAMES = {"gim": "kim", "i": "lee", "bak": "park", "choe": "choi", "jeong": "chung", "jo": "cho"}
_SOUTHERN_SURNAMES |= {"gang": "kang", "im": "lim", "no": "roh", "go": "ko", "gwon": "kwon", "mun": "moon", "u": "woo"}
_SOUTHERN = {"eun": "eun", "jeong": "chung", "seong": "sung", "yeong": "young", "hyeon": "hyun", "cheol": "chul"}
_SOUTHERN |= {"hui": "hee", "u": "woo", "su": "soo", "jun": "joon", "hun": "hoon", "gyeong": "kyung", "geun": "keun"}
_SOUTHERN |= {"myeong": "myung", "seon": "sun", "gyu": "kyu", "ju": "joo", "il": "il", "byeong": "byung", "seok": "suk"}


def cyrillic(text: str) -> str:
    """Lower-case Cyrillic in Latin letters; other letters stay."""
    return text.translate(_TABLE)


def abjad(text: str) -> str:
    """Arabic, Persian or Hebrew in Latin letters, without vowels that are not written."""
    return anyascii(_ARTICLE.sub("", text).translate(_ABJAD))


def korean(text: str) -> tuple[str, ...]:
    """Hangul by syllables: as lists spell Northern names (Kim Jong Un), then as the South does (Park Chung Hee)."""
    runs = _KOREAN_RUN.findall(text)
    ways = ((_KOREAN_SURNAMES, _KOREAN), (_SOUTHERN_SURNAMES, _SOUTHERN))
    return tuple(" ".join(_korean_word(run, *way) if _HANGUL.match(run) else run for run in runs) for way in ways)


def _korean_word(word: str, surnames: dict[str, str], given: dict[str, str]) -> str:
    """A word by syllables, a surname recognised at its front."""
    syllables = [_KOREAN_END.sub(_hard, part.lower()) for part in _KOREAN_PARTS.findall(anyascii(word))]
    if not syllables:
        return word
    first = surnames.get(syllables[0], syllables[0])
    return " ".join([first, *(given.get(part, part) for part in syllables[1:])])


def _hard(end: re.Match[str]) -> str:
    return {"g": "k", "d": "t", "b": "p"}[end.group()]


def latin(text: str) -> str:
    """Any text in ASCII letters; what has no spelling is left out."""
    return anyascii(text)
