"""HTML elements as text. Whatever is not made here is escaped, so no word of a case can become markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()

    def __html__(self) -> str:
        """What a template engine asks, so that it does not escape it again."""
        return self


Child = str | Markup
EMPTY = Markup("")


def text(child: Child) -> Markup:
    """A child as HTML."""
    return child if isinstance(child, Markup) else Markup(escape(child))


def join(children: Iterable[Child]) -> Markup:
    """Children one after the other."""
    return Markup("".join(text(child) for child in children))


def tag(name: str, *children: Child, **attributes: str | bool) -> Markup:
    """An element. `class_` is class, `data_head` is data-head; an attribute that is False is left out."""
    shown = "".join(_attribute(key, value) for key, value in attributes.items() if value is not False and value != "")
    return Markup(f"<{name}{shown}>{join(children)}</{name}>")


def _attribute(key: str, value: str | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
