"""Writing a screen as it is made, party by party: to standard output, or whole into a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory

from licet.batch.tables_write import write_table
from licet.facts.replacing import replacing
from licet.render.output import deliver
from licet.render.screen_table import COLUMNS, rows
from licet.render.screen_text import ScreenText
from licet.render.screen_words import ScreenWords
from licet.rules.law import Law
from licet.services.screen import Screener, Tally
from licet.services.screen_answer import answer
from licet.services.screen_model import HIT, Screened

IN_MEMORY = 1_000_000  # characters of what is shown at the end, before they go to a file


def write(
    answers: Iterable[Screened], screener: Screener, tally: Tally, law: Law, form: str, out: str, whole: bool = False
) -> None:
    """Write the answers in a form; an empty `out` is standard output. Raises CaseError.

    With `whole` nothing is shown before the last answer is there.
    """
    words = ScreenWords(law.dictionary)
    if form == "json":
        _stream(_json(answers, screener), out, whole)
    elif form == "text":
        _stream(_text(answers, screener, tally, ScreenText(words, bool(out)), _law(law, screener)), out, whole)
    else:
        table = (row for screened in answers for row in rows(screened, words))
        if out:
            write_table(Path(out), form, COLUMNS, table)
        else:
            with TemporaryDirectory() as folder:
                path = Path(folder) / f"screen.{form}"
                write_table(path, form, COLUMNS, table)
                _stream(path.open(encoding="utf-8", newline=""), "")


def _json(answers: Iterable[Screened], screener: Screener) -> Iterator[str]:
    """A list, one object for each party."""
    before = "["
    for screened in answers:
        yield before + "\n" + json.dumps(asdict(answer(screened, screener.settings)), ensure_ascii=False, indent=1)
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _text(answers: Iterable[Screened], screener: Screener, tally: Tally, text: ScreenText, law: str) -> Iterator[str]:
    """The parties, of a table only those about which there is something to say; then the lists and the counts."""
    for screened in answers:
        quiet = (
            screened.query.row and screened.result != HIT and not screened.query.problem and not screened.query.notes
        )
        if not quiet:
            yield text.write(text.party(screened))
    yield text.write(text.closing(screener.lists, tally, law))


def _law(law: Law, screener: Screener) -> str:
    """Which law the effects are of, and how far it was read."""
    day, effects = screener.settings.on, screener.effects
    if effects is None:
        return f"none is encoded for {day}, so no effect is told"
    read = effects.checked_to(state.list for state in screener.lists.states)
    late = f"; what reads these lists was read up to {read}" if read and read < day else ""
    return f"of {day}, snapshot {law.hash[:12]}{late}"


def _stream(pieces: Iterable[str], out: str, whole: bool = False) -> None:
    if not out and whole:
        with SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8", errors="surrogatepass", newline="\n") as held:
            held.writelines(pieces)
            held.seek(0)
            _stream(iter(lambda: held.read(IN_MEMORY), ""), "")
        return
    if not out:
        for piece in pieces:
            deliver(piece, "", True)
        return
    with replacing(Path(out)) as made, made.open("w", encoding="utf-8", newline="\n", errors="replace") as file:
        file.writelines(pieces)
