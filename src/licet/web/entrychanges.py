"""What changed in an entry since a hit on it was decided, in the language of a page.

Read out of the English of `licet.services.hits_entry.changes`. What the publisher wrote stays as it is; a change that
is not known is shown as it is.
"""

from __future__ import annotations

import re

from licet.parties.entry import KINDS, NAME_KINDS
from licet.render.clean import one_line
from licet.web.tongue import Ours
from licet.web.words import Said

_LISTS = ("names", "countries", "addresses", "births", "identifiers", "programmes", "footnotes")
_TEXTS = ("scope", "policy", "cite", "note")  # of which is said only that they changed
_NOTHING = "nothing"
_KIND, _DAY = "|".join((*KINDS, _NOTHING)), rf"\d{{4}}-\d\d-\d\d|{_NOTHING}"
_BECAME = {
    key: re.compile(rf"(?P<old>{value}) is now (?P<new>{value})", re.ASCII)
    for key, value in (("kind", _KIND), ("start", _DAY), ("end", _DAY))
}
_NEXT = re.compile(r", (?=[+-] )")


def entry_change(text: str, w: Said) -> str:
    """A change of an entry in the words of the page (`Ours`), else as it is."""
    plain = one_line(text)
    key, colon, told = plain.partition(": ")
    if not colon:  # a list in which only something that stood twice changed ends with its colon
        key = key.removesuffix(":") if key.removesuffix(":") in _LISTS else key
        return Ours(w.of("entrypart", key)) if key in (*_LISTS, *_TEXTS) else plain
    if key in _LISTS and told.startswith(("+ ", "- ")):
        told = _names(told, w) if key == "names" else told
        return Ours(w("entrychange.listed", what=w.of("entrypart", key), told=told))
    found = _BECAME[key].fullmatch(told) if key in _BECAME else None
    if found is None:
        return plain
    old, new = (_value(value, w) for value in found.groups())
    return Ours(w("entrychange.became", what=w.of("entrypart", key), old=old, new=new))


def _value(value: str, w: Said) -> str:
    return w.known("entryvalue", value) or w.known("partykind", value) or value


def _names(told: str, w: Said) -> str:
    """Names that came and went, each as it is, with its kind in the words of the page."""
    found = []
    for item in _NEXT.split(told):
        name, opened, kind = item.rpartition(" (")
        known = kind.removesuffix(")") in NAME_KINDS and kind.endswith(")")
        found.append(f"{name} ({w.of('namekind', kind[:-1])})" if opened and known else item)
    return ", ".join(found)
