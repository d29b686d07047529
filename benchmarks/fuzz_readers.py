"""`python -m benchmarks.fuzz_readers --seconds 600 [reader …]`: feeds readers of lists with damaged files, one by one.

Whatever is read must give sound editions or a `LicetError` with a `P_` code; anything else is a finding. Coverage is
guided by atheris, which belongs to the `dev` extra. What was found is kept, and its path printed.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import io
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import FunctionType, ModuleType

from tests.parties.readers.samples import SAMPLES

from licet.facts.errors import LicetError
from licet.parties.entry import KINDS, NAME_KINDS, Entry
from licet.parties.readers.harvest import Editions, Wanted
from licet.parties.readers.registry import READERS, read_source
from licet.parties.readers.safe import GZIP, Limits, Source, unfold
from licet.parties.readers.text import clean

GZ, ANY = "gz", "any"  # the unfolding of .gz, and the telling of formats
BETWEEN = b"\x1d\x1d"  # parts the files of an OFAC triple in one input
SHEET = "xl/worksheets/sheet1.xml"
LIMITS = Limits(size=8 << 20, cells=1_000_000)
NAMES = (*READERS, GZ, ANY)
_CODE = re.compile(r"P_[A-Z_]+")
_RUNS = re.compile(r"Done (\d+) runs|#(\d+)\t")
_LONGEST = 65_536  # bytes of an input
MEMORY = 4 << 30  # bytes that a reader may take; beyond, it ends in an error and so in a finding
_MISSING = "atheris is not installed; it comes with the dev extra: pip install -e '.[dev]'"


def judge(name: str, data: bytes) -> Editions | None:
    """Reads one input as its reader would; None where it is refused as it should be."""
    try:
        if name == GZ:
            unfold(data, Source("list.gz", b"", limits=LIMITS))
            return None
        wanted = Wanted("" if name == ANY or len(data) % 2 else "fuzz.list", skip_unknown=len(data) % 3 == 0)
        found = read_source(_source(name, data), wanted, None if name == ANY else name)
    except LicetError as error:
        for problem in error.problems:
            assert _CODE.fullmatch(problem.code), problem.code
            assert problem.message, problem
            assert problem.hint, problem
            assert str(problem), problem
        return None
    for list_id, edition in found.items():
        assert len({one.id for one in edition.entries}) == len(edition.entries), "two entries with one id"
        for one in edition.entries:
            _sound(list_id, one)
    return found


def _sound(list_id: str, one: Entry) -> None:
    assert one.list == list_id, one
    assert one.id, one
    assert one.kind in KINDS, one
    kinds = [name.kind for name in one.names]
    # A row that perhaps does not belong to its list has weak names only.
    assert kinds[0] == "primary" or set(kinds) == {"weak"}, one
    for name in one.names:
        assert name.kind in NAME_KINDS, name
        assert name.text, name
        assert name.text == clean(name.text), name
        assert len(name.text) <= LIMITS.name, name
    assert all(len(code) == 2 for code in one.countries), one
    assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}", text) for text in one.births), one
    repr(one).encode()


def _source(name: str, data: bytes) -> Source:
    """An input as a file: a triple is split, and a sheet goes into a workbook half of the time."""
    if name not in SAMPLES:
        return Source("list.csv", data, limits=LIMITS)
    sample = SAMPLES[name]
    if sample.parts:
        own, *others = data.split(BETWEEN)
        given = zip(sample.parts, others, strict=False)
        parts = {role: Source(f"{role}.csv", part, limits=LIMITS) for role, part in given}
        return Source(sample.name, own, parts, LIMITS)
    if name.endswith("xlsx") and not data.startswith(b"PK"):
        data = _in_workbook(sample.data, data)
    return replace(sample, data=data, limits=LIMITS)


def _in_workbook(book: bytes, sheet: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, sheet if part == SHEET else old.read(part))
    return held.getvalue()


def seeds(name: str) -> Iterator[bytes]:
    """The inputs to begin with."""
    if name == GZ:
        yield b"".join((GZIP, b"\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x04\x00\x43\xbe\xb7\xe8\x01\x00\x00\x00"))
        return
    for sample in SAMPLES.values() if name == ANY else [SAMPLES[name]]:
        yield BETWEEN.join([sample.data, *(part.data for part in sample.parts.values())])
        if sample.name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(sample.data)) as book:
                yield book.read(SHEET)


def instrument(atheris: ModuleType) -> None:
    """Lets atheris see which lines of the readers were reached."""
    for module in [one for name, one in sys.modules.items() if name.startswith("licet.parties.readers")]:
        for held in vars(module).values():
            bodies = vars(held).values() if isinstance(held, type) else [held]
            for body in bodies:
                if isinstance(body, FunctionType) and body.__module__ == module.__name__:
                    atheris.instrument_func(body)


def fuzz_one(name: str, arguments: list[str]) -> None:
    """Fuzzes one reader in this process; atheris ends it."""
    try:
        atheris = importlib.import_module("atheris")
    except ModuleNotFoundError:
        sys.exit(_MISSING)
    instrument(atheris)
    # What the system calls the most memory ever used is, to begin with, that of the process that started this one.
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def test(data: bytes) -> None:
        judge(name, data)

    atheris.Setup([sys.argv[0], *arguments], test)
    atheris.Fuzz()


def fuzz(name: str, seconds: int, found: Path) -> str:
    """Fuzzes one reader in a process of its own, and says how it went."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds(name)):
            (Path(corpus) / str(number)).write_bytes(seed)
        command = [sys.executable, "-m", "benchmarks.fuzz_readers", "--one", name, "--", corpus]
        command += [f"-max_total_time={seconds}", f"-max_len={_LONGEST}", "-rss_limit_mb=0", "-timeout=30"]
        command += [f"-artifact_prefix={found}/{name}-"]
        run = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    counts = [int(one or other) for one, other in _RUNS.findall(run.stderr)]
    if run.returncode:
        print(run.stdout[-2_000:], run.stderr[-4_000:], file=sys.stderr)
        return f"{name:18} a finding after {max(counts, default=0):,} runs (kept in {found})"
    return f"{name:18} nothing in {max(counts, default=0):,} runs, {seconds} s"


def main(given: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz_readers", description=__doc__)
    parser.add_argument("readers", nargs="*", metavar="reader", help=f"of: {', '.join(NAMES)}; all without one")
    parser.add_argument("--seconds", type=int, default=60, help="for each reader")
    parser.add_argument("--one", choices=NAMES, help=argparse.SUPPRESS)
    asked = parser.parse_args(given)
    if asked.one:
        fuzz_one(asked.one, asked.readers)
    if importlib.util.find_spec("atheris") is None:
        sys.exit(_MISSING)
    unknown = [name for name in asked.readers if name not in NAMES]
    if unknown:
        parser.error(f"no such reader: {', '.join(unknown)}")
    found = Path(tempfile.mkdtemp(prefix="licet-fuzz-"))
    for name in asked.readers or NAMES:
        print(fuzz(name, asked.seconds, found), flush=True)
    findings = list(found.iterdir())
    if not findings:
        shutil.rmtree(found)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
