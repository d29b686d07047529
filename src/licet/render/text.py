"""The answer for a terminal: the outcome first, then why, ways out and what is open, on one page.

Width is that of the terminal, at most 100 columns; colours only on a terminal; signs of ASCII where it knows no others.
"""

from __future__ import annotations

import os
import shutil
import sys
from io import StringIO

from rich.console import Console
from rich.text import Text

from licet.render.clean import to_ascii
from licet.render.page import Page
from licet.render.textpage import TextPage

WIDEST, NARROWEST = 100, 40


def text(pages: list[Page], to_file: bool) -> str:
    """All pages as text, for the terminal or for a file."""
    terminal = sys.stdout.isatty() and not to_file
    columns = shutil.get_terminal_size((WIDEST, 24)).columns
    width = max(NARROWEST, min(WIDEST, columns - 1 if terminal else columns))
    written = StringIO()
    console = Console(
        file=written,
        width=width,
        force_terminal=terminal,
        no_color=not terminal or "NO_COLOR" in os.environ,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    ascii_only = not to_file and not _shows_signs()
    for number, page in enumerate(pages):
        if number:
            console.print(Text("─" * width, style="dim"))
        for part in TextPage(page, ascii_only).parts():
            console.print(part)
    shown = "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"
    return to_ascii(shown) if ascii_only else shown


def _shows_signs() -> bool:
    """Whether the terminal can show the marks of a proof."""
    try:
        "✓✗≥─".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
