"""A page about the law, as text for a terminal or as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Section:
    """A heading and lines beneath it, each with its depth."""

    title: str
    lines: list[tuple[int, str]] = field(default_factory=list)

    def add(self, text: str, depth: int = 0) -> None:
        """One more line."""
        self.lines.append((depth, text))


@dataclass(slots=True)
class Page:
    """A title and sections; sections without lines are left out when it is written."""

    title: str
    sections: list[Section] = field(default_factory=list)

    def section(self, title: str, lines: Iterable[tuple[int, str]] = ()) -> Section:
        """A new section at the end of the page."""
        self.sections.append(Section(title, list(lines)))
        return self.sections[-1]

    def text(self) -> str:
        """The page for a terminal."""
        parts = [self.title]
        for section in self.sections:
            if section.lines:
                parts.append("")
                parts.append(section.title)
                parts.extend(f"{'  ' * (depth + 1)}{line}" for depth, line in section.lines)
        return "\n".join(parts)

    def markdown(self) -> str:
        """The page as Markdown: headings and nested lists."""
        parts = [f"# {_escaped(self.title)}"]
        for section in self.sections:
            if section.lines:
                parts.extend(("", f"## {_escaped(section.title)}", ""))
                parts.extend(f"{'  ' * depth}- {_escaped(line)}" for depth, line in section.lines)
        return "\n".join(parts)


def _escaped(text: str) -> str:
    """Text in which Markdown sees no markup of its own."""
    return "".join(f"\\{mark}" if mark in "\\`*_<>|#" else mark for mark in text)
