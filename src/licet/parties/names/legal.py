"""Legal forms in a row of words: found and set apart, as far as a name is left."""

from __future__ import annotations

from licet.parties.names.tables import legal_forms


def split_legal(words: list[str]) -> tuple[list[str], frozenset[str]]:
    """The words without legal forms, and the codes of these; a name that is nothing else keeps its words."""
    forms = legal_forms()
    if not any(word in forms for word in words):
        return words, frozenset()
    kept: list[str] = []
    codes: set[str] = set()
    at = 0
    while at < len(words):
        found = _form_at(words, at, bool(kept))
        if found is None:
            kept.append(words[at])
            at += 1
        else:
            codes.add(found[1])
            at += found[0]
    return (kept, frozenset(codes)) if kept else (words, frozenset())


def _form_at(words: list[str], at: int, begun: bool) -> tuple[int, str] | None:
    """How many words the legal form at a place has, and its code."""
    for form, code, short in legal_forms().get(words[at], ()):
        size = len(form)
        if tuple(words[at : at + size]) != form:
            continue
        if not short or not begun or at + size == len(words) or _only_forms(words, at + size):
            return size, code
    return None


def _only_forms(words: list[str], at: int) -> bool:
    """Whether only legal forms follow."""
    while at < len(words):
        size = max(
            (len(f) for f, _, _ in legal_forms().get(words[at], ()) if tuple(words[at : at + len(f)]) == f), default=0
        )
        if not size:
            return False
        at += size
    return True
