"""Writing an answer: to the terminal or whole into a file, never half; problems to standard error."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from licet.facts.errors import CaseError, LicetError, Place, Problem
from licet.facts.replacing import mode_of
from licet.render.clean import printable


def complain(problem: Problem) -> None:
    """One line on standard error."""
    with contextlib.suppress(OSError):
        print(
            printable(str(problem)).encode(_encoding(sys.stderr), "backslashreplace").decode(_encoding(sys.stderr)),
            file=sys.stderr,
        )


def note(text: str) -> None:
    """Something worth knowing beside the answer, on standard error."""
    print(text, file=sys.stderr)


def deliver(text: str, out: str, worth_a_file: bool) -> None:
    """Write the answer to the file `out`, else to standard output. A reader that has left is no error.

    Without a single decision the file is left as it was. Raises CaseError.
    """
    if out and worth_a_file:
        write_file(out, text)
        return
    try:
        sys.stdout.write(text.encode(_encoding(sys.stdout), "replace").decode(_encoding(sys.stdout)))
        sys.stdout.flush()
    except OSError as error:
        # Python flushes standard output once more when it ends; give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise _unwritable("<stdout>", error.strerror or str(error)) from None


def _encoding(stream: object) -> str:
    return getattr(stream, "encoding", None) or "utf-8"


def form_by_name(out: str, forms: Iterable[str], known: str) -> str:
    """The form that the name of a file asks for: text without one. Raises CaseError."""
    suffix = Path(out).suffix.lower().removeprefix(".") if out else ""
    if suffix in ("", "txt"):
        return "text"
    if suffix in forms:
        return suffix
    raise CaseError.one("E_FORMAT", f"-o: no answer is written as .{suffix}", hint=f"name a file that ends in {known}")


def refuse_overwriting(out: str, files: list[str]) -> None:
    """The answer must not replace a case. Raises CaseError."""
    for name in files:
        with contextlib.suppress(OSError):
            if out and Path(out).samefile(name):
                raise _unwritable(out, "it is one of the cases")


def write_file(name: str, text: str) -> None:
    """Replace a file by its new text in one step. Raises CaseError."""
    try:
        # Through a link to the file it stands for, which is what gets replaced.
        target = Path(name).resolve()
        if target.exists() and not target.is_file():
            _write_through(target, text)
            return
        handle, temporary = tempfile.mkstemp(prefix=".licet-", dir=target.parent)
        made = Path(temporary)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            made.chmod(mode_of(target))
            made.replace(target)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _unwritable(name, reason) from None


def _write_through(target: Path, text: str) -> None:
    """A pipe or a device is written to, not replaced; a folder refuses this by itself."""
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _unwritable(name: str, reason: str) -> LicetError:
    return CaseError.one("E_WRITE", f"the answer cannot be written: {reason}", Place(name), "name another file with -o")
