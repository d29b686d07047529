"""Why a hit has its score, in the language of a page: read out of the English sentences of `licet.parties.match`.

Words of names, numbers, dates and codes of countries stay as they are. A sentence that is not known is shown as it is.
"""

from __future__ import annotations

import re

from licet.render.clean import one_line
from licet.services.screen_answer import ReasonAnswer
from licet.web.sentence import Sentence, recognised
from licet.web.tongue import Ours
from licet.web.words import Said

_SPELT = "{one} / {other}: "
# By the code of the reason, so that a name cannot pass for another reason.
_BY_CODE = {
    "words": (("words", "words that agree: {words}"), ("alike", "words that are alike")),
    "romanised": (("romanised", f"{_SPELT}the same word romanised otherwise"),),
    "chinese": (("chinese", f"{_SPELT}spellings of one Chinese name"),),
    "consonants": (("consonants", f"{_SPELT}the same consonants"),),
    "initial": (("initial", f"{_SPELT}an initial"),),
    "letters": (("letters", f"{_SPELT}a few letters apart"), ("otherwise", "written otherwise")),
    "joined": (("joined", f"{_SPELT}words written together"),),
    "conflict": (("conflict", "{one} stands against {other}"),),
    "only_query": (("only_query", "only asked for: {words}"),),
    "only_entry": (("only_entry", "only on the list: {words}"),),
    "mended": (("mended", "read as {words}"),),
    "abbreviation": (("abbreviation", "{one}: the initials of {other}"),),
    "name": (("less", "the name agrees less than the number"), ("disagrees", "the name does not agree")),
    "kind": (("kind", "a {kind} and not a {asked_kind}"),),
    "country": (("same_country", "in {codes} as asked"), ("country", "in {codes}")),
    "birth": (("born", "born {day} as asked"), ("born_otherwise", "born {day}, not {asked_day}")),
    "identifier": (("number", "has the number {numbers}"),),
}
SENTENCES = {code: tuple(Sentence.of(*one) for one in several) for code, several in _BY_CODE.items()}
_KIND, _DAY = re.compile("firm|person|vessel|aircraft"), re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
_LOOKS = {  # what a part that is no name has to look like
    "kind": _KIND,
    "asked_kind": _KIND,
    "day": _DAY,
    "asked_day": _DAY,
    "codes": re.compile(r"[^\s,]+(?:, [^\s,]+)*"),
    "numbers": re.compile(r"[^\W_]+(?:, [^\W_]+)*"),
}


def scored(one: ReasonAnswer, w: Said) -> str:
    """A reason for a score in the words of the page (`Ours`), else as it is."""
    plain = one_line(one.text)
    found = recognised(plain, SENTENCES.get(one.code, ()), _LOOKS)
    if found is None:
        return plain
    name, parts = found
    told = {part: w.of("partykind", value) if _LOOKS.get(part) is _KIND else value for part, value in parts.items()}
    return Ours(w.of("scored", name).format(**told))
