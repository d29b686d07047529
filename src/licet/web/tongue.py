"""Words that are not of the desk: questions, in English, Chinese and Japanese; labels; and the law's own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from licet.render.han import written
from licet.render.words import base

_WRITTEN = {"zh": re.compile(r"[\u3400-\u9fff]"), "ja": re.compile(r"[\u3040-\u30ff]")}  # how one knows a text


class Ours(str):
    """Words of the desk's own catalogue: they are in the language of the page."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Tongue:
    """What a page in one language shows of texts that exist in English, Chinese and Japanese."""

    language: str

    @property
    def answer(self) -> str:
        """The language of answers (`licet.render.words`)."""
        return "zh" if self.language == "zh-Hans" else self.language

    @property
    def base(self) -> str:
        """The language the texts are taken in: en, zh or ja."""
        return base(self.answer)

    def tag(self, text: str) -> str:
        """What `lang` says of a text, where that is another language than that of the page."""
        known = _WRITTEN.get(self.base)
        ours = isinstance(text, Ours) or known is None or known.search(text)
        return "" if ours or not any(map(str.isalpha, text)) else "en"

    def bare(self, text: str) -> str:
        """A text of the dictionary as this page shows it."""
        return text if isinstance(text, Ours) else written(text, self.answer)

    def __call__(self, text: str) -> Markup:
        """The same with a mark of its language, where that is another one."""
        return _marked(self.tag(text), str(self.bare(text)))

    def kept(self, text: str) -> Markup:
        """A sentence out of what is kept: names in it stay as they are written. What is not `Ours` is in English."""
        return _marked("" if isinstance(text, Ours) else "en", str(text))


def _marked(tag: str, text: str) -> Markup:
    return Markup('<span lang="{}">{}</span>').format(tag, text) if tag else escape(text)
