"""Words that are not of the desk: questions and labels, which there are in English and Chinese, and the law's own."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from licet.render.han import written
from licet.render.words import base


@dataclass(frozen=True, slots=True)
class Tongue:
    """What a page in one language shows of texts that exist in English and Chinese."""

    language: str

    @property
    def answer(self) -> str:
        """The language of answers (`licet.render.words`)."""
        return "zh" if self.language == "zh-Hans" else self.language

    @property
    def base(self) -> str:
        """The language the texts are taken in: en or zh."""
        return base(self.answer)

    @property
    def tag(self) -> str:
        """What `lang` says of them, where it is another one than that of the page."""
        return "en" if self.base == "en" and self.language != "en" else ""

    def bare(self, text: str) -> str:
        """A text of the dictionary as this page shows it."""
        return written(text, self.answer)

    def __call__(self, text: str) -> Markup:
        """The same with a mark of its language, where that is another one."""
        shown = escape(self.bare(text))
        return Markup('<span lang="{}">{}</span>').format(self.tag, shown) if self.tag else shown
