"""XML that somebody else wrote: no document type, no entities, no outside references; whole or refused."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from licet.parties.readers.safe import Source
from licet.parties.readers.text import clean

_DEEPEST = 100
_ENDS_EARLY = ("no element found", "unclosed token", "unclosed CDATA section", "partial character")


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def records(source: Source, wanted: tuple[str, ...], on_root: Callable[[Element], None]) -> Iterator[Element]:
    """Each element of a wanted name, complete; `on_root` sees the root when it opens. What was seen is let go."""
    path: list[Element] = []
    for event, element in _events(source):
        if event == "start":
            if not path:
                on_root(element)
            path.append(element)
            if len(path) > _DEEPEST:
                raise source.wrong("P_BOMB", "its XML is nested without end", "an honest list is not")
            continue
        path.pop()
        if local(element) in wanted:
            yield element
            element.clear()
        elif len(path) == 1:
            path[0].remove(element)


def _events(source: Source) -> Iterator[tuple[str, Element]]:
    """Start and end events; every failure of the parser is an error a user can read."""
    try:
        yield from iterparse(io.BytesIO(source.data), events=("start", "end"), forbid_dtd=True)
    except DefusedXmlException:
        raise source.wrong("P_BOMB", "declares a document type or entities", "an honest list does not") from None
    except ParseError as error:
        line = error.position[0]
        if str(error).startswith(_ENDS_EARLY):
            raise source.wrong("P_CUT_SHORT", "its XML ends early", "fetch the file again", line) from None
        raise source.wrong("P_FORMAT", f"is no XML here ({error})", "fetch the file again", line) from None
    except (ValueError, LookupError) as error:
        raise source.wrong("P_ENCODING", f"its encoding cannot be read ({error})", "save it as UTF-8") from None


def child(element: Element, name: str) -> Element | None:
    """The first child of this name, whatever its namespace."""
    return next((one for one in element if local(one) == name), None)


def children(element: Element, *path: str) -> list[Element]:
    """All elements at the end of a path of names."""
    found = [element]
    for name in path:
        found = [one for parent in found for one in parent if local(one) == name]
    return found


def words(element: Element | None) -> str:
    """The clean text of an element."""
    return clean("".join(element.itertext())) if element is not None else ""


def said(element: Element, *path: str) -> str:
    """The text of the first element at the end of a path."""
    found = children(element, *path)
    return words(found[0]) if found else ""
