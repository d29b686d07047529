"""A screen for a terminal: each party with its hits, why they are hits and what they mean; then the lists used.

Width is that of the terminal, at most 100 columns; colours only on a terminal.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import groupby

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from licet.facts.truth import Truth, word
from licet.render.clean import one_line, to_ascii
from licet.render.screen_words import ScreenWords
from licet.render.text import NARROWEST, WIDEST
from licet.render.textrows import row
from licet.services.effects import Effect
from licet.services.screen import Tally
from licet.services.screen_model import FAILED, HIT, NO_HIT, Found, Lists, Screened

_RESULTS = {HIT: ("hit", "bold red"), NO_HIT: ("no hit", "bold green"), FAILED: ("not screened", "bold yellow")}
_TONES = {True: "bold red", None: "bold magenta", False: "dim"}


class ScreenText:
    """Writes the parts of a screen one after the other, for the terminal or for a file."""

    def __init__(self, words: ScreenWords, to_file: bool) -> None:
        self.words = words
        self.terminal = sys.stdout.isatty() and not to_file
        columns = shutil.get_terminal_size((WIDEST, 24)).columns
        self.width = max(NARROWEST, min(WIDEST, columns - 1 if self.terminal else columns))
        self.ascii_only = not to_file and not _shows_signs()

    def write(self, parts: Iterable[RenderableType]) -> str:
        """Parts as text."""
        written = StringIO()
        console = Console(
            file=written,
            width=self.width,
            force_terminal=self.terminal,
            no_color=not self.terminal or "NO_COLOR" in os.environ,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
        for part in parts:
            console.print(part)
        shown = "".join(f"{line.rstrip()}\n" for line in written.getvalue().splitlines())
        return to_ascii(shown) if self.ascii_only else shown

    # --- one party ------------------------------------------------------------------------------

    def party(self, screened: Screened) -> Iterator[RenderableType]:
        """A party with its hits."""
        asked = screened.query
        result, style = _RESULTS.get(screened.result, ("only hits decided to be another party", "bold green"))
        if screened.result not in (HIT, FAILED) and not screened.clear:
            result, style = f"{result}, but not clear: see below", "bold yellow"
        known = self.words.asked(asked)
        where = f"row {asked.row}: " if asked.row else ""
        body = Text.assemble(where, (one_line(asked.name), "bold"), f" ({one_line(known)})" if known else "", " – ")
        yield body.append(result, style=style)
        if asked.problem is not None:
            yield _indented(Text(one_line(str(asked.problem)), style="yellow"))
        for note in asked.notes:
            yield _indented(Text(one_line(f"not used: {note}"), style="yellow"))
        told: list[Found] = []
        for found in screened.hits:
            yield _indented(self._hit(found, screened.lists))
            for part in self._beneath(found, told):
                yield _indented(part, 7)
        if screened.more:
            yield _indented(_line("there are more hits over the threshold: --limit shows them", "yellow"))
        yield Text("")

    def _hit(self, found: Found, lists: Lists) -> RenderableType:
        entry = found.hit.entry
        title = next((state.title for state in lists.states if state.list == entry.list), "")
        body = Text(one_line(entry.name), style="bold" if found.open else "dim")
        body.append(f" – {one_line(title)} ({entry.list})" if title else f" – {entry.list}", style="not bold")
        return row(Text(f"{found.hit.score:.2f}", style="bold red" if found.open else "dim"), body)

    def _beneath(self, found: Found, told: list[Found]) -> Iterator[RenderableType]:
        hit, words = found.hit, self.words
        if found.decided is not None:
            yield _line(words.decided(found.decided), "bold green" if found.decided.silences else "bold yellow")
        if not found.open:
            return
        facts = [hit.entry.kind] if hit.entry.kind != "unknown" else []
        facts += [words.labels.country(code) for code in hit.entry.countries]
        yield _line(f"found {words.alias(hit)}" + (f": {words.reasons(hit)}" if hit.reasons else ""))
        yield _line(", ".join((*facts, f"entry {hit.entry.id}", words.since(found.row))), "dim")
        said = words.row(found.row, hit.entry.programmes)
        if said:
            yield _line(f"the row says: {said}")
        for doubt in found.doubts:
            yield _line(f"not certain: {doubt}", "yellow")
        alike = next((one for one in told if one.effect == found.effect and one.note == found.note), None)
        if alike is not None:
            yield _line(f"effect: the same as of {alike.hit.entry.name} above, entry {alike.hit.entry.id}")
        else:
            told.append(found)
            yield from self._effects(found)
        if found.clues:
            yield _line(f"to rule it out: {'; '.join(clue.ask for clue in found.clues)}", "italic")

    def _effects(self, found: Found) -> Iterator[RenderableType]:
        """What bites, what may, and which demands another role would meet; what is alike under one heading."""
        if found.note:
            yield _line(f"effect: {found.note}")
        shown = [one for one in found.effect if one.bites is not False or one.kind in _DEMANDS]
        for (bites, where, hangs), effects in groupby(sorted(shown, key=_place), self._heading):
            body = Text(one_line(where), style="dim")
            for effect in effects:
                body.append(f"\n{one_line(self.words.effect(effect))}", style="dim" if bites is False else "not dim")
            body.append(f"\n{one_line(hangs)}" if hangs else "", style="italic")
            yield row(Text(_LEADS[bites], style=_TONES[bites]), body, len("may bite"))

    def _heading(self, effect: Effect) -> tuple[Truth, str, str]:
        """What effects have in common that stand together."""
        return effect.bites, self.words.where(effect), self.words.hangs_on(effect)

    # --- all ------------------------------------------------------------------------------------

    def closing(self, lists: Lists, tally: Tally, law: str) -> Iterator[RenderableType]:
        """The lists used, whether they are all there and fresh, and what the parties came to."""
        editions: dict[str, list[str]] = {}
        for state in lists.states:
            editions.setdefault(f"of {state.edition}" if state.edition else "without a date", []).append(state.list)
        used = "; ".join(f"{edition}: {', '.join(names)}" for edition, names in editions.items())
        yield row("lists", Text(f"{used or 'none'}; for {lists.day}, snapshot {lists.snapshot[:12]}"), 8)
        yield row("complete", Text(word(lists.complete), style="bold green" if lists.complete else "bold yellow"), 8)
        for why in lists.why:
            yield row("", Text(one_line(why), style="yellow"), 8)
        yield row("law", Text(law), 8)
        if tally.parties > 1:
            done = f"{tally.parties:,} parties: {tally.hits:,} with a hit, {tally.clear:,} clear"
            done += f", {tally.unclear:,} without a hit but not clear" if tally.unclear else ""
            done += f", {tally.failed:,} not screened" if tally.failed else ""
            yield row("parties", Text(done), 8)


_DEMANDS = ("requirement", "prohibition")
_LEADS = {True: "bites", None: "may bite", False: "not here"}
_ORDER = (True, None, False)


def _place(effect: Effect) -> tuple[int, str, tuple[str, ...]]:
    """What bites first, and what is for the same acts together; else in the order given."""
    return _ORDER.index(effect.bites), effect.instrument, effect.acts


def _indented(part: RenderableType, by: int = 2) -> RenderableType:
    return Padding(part, (0, 0, 0, by))


def _line(text: str, style: str = "") -> Text:
    return Text(one_line(text), style=style)


def _shows_signs() -> bool:
    """Whether the terminal can show the dashes."""
    try:
        "–".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
