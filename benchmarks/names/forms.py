"""Legal forms at the head or the end of a firm's name, in Latin letters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_LONGEST = 5  # words of a legal form
WORDS = Path(__file__).with_name("words")


def table(name: str) -> list[list[str]]:
    """The rows of a file of words: fields parted by tabs, lines that start with # left out."""
    text = (WORDS / f"{name}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@dataclass(frozen=True, slots=True)
class Formed:
    """A name taken apart: its brand, the class of its legal form, and whether the form stands in front."""

    brand: str
    form: str
    first: bool


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """Class of a legal form to the forms that mean the same."""
    return {name: tuple(forms.split("|")) for name, _, forms in table("legal_forms")}


@cache
def relatives(form: str) -> tuple[str, ...]:
    """The other classes in use in the same countries."""
    family = {name: region for name, region, _ in table("legal_forms")}
    return tuple(name for name, region in family.items() if region == family[form] and name != form)


def plain(word: str) -> str:
    """A word as legal forms are compared."""
    return word.casefold().replace(".", "").strip(",()-\"'“”«»")


@cache
def _known() -> dict[tuple[str, ...], str]:
    known = {}
    for name, forms in classes().items():
        for form in forms:
            known[tuple(plain(word) for word in form.replace("-", " ").split())] = name
    return known


def take_apart(text: str) -> Formed | None:
    """The brand and the legal form of a name, None where no form is known or nothing but the form is there."""
    parts = text.replace("Joint-Stock", "Joint Stock").replace("JOINT-STOCK", "JOINT STOCK").split()
    plainly = tuple(map(plain, parts))
    for length in range(min(_LONGEST, len(parts) - 1), 0, -1):
        for first, some in ((False, plainly[-length:]), (True, plainly[:length])):
            form = _known().get(some)
            if form:
                rest = parts[length:] if first else parts[:-length]
                return Formed(" ".join(rest).strip(" ,"), form, first)
    return None


def strip_form(text: str) -> str:
    """A name without its legal form."""
    found = take_apart(text)
    return found.brand if found else text
