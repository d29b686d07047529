"""A bill of materials from a file: YAML, CSV or an Excel workbook, each within stated bounds."""

from __future__ import annotations

from itertools import dropwhile
from pathlib import Path

from licet.chain.model import Bill
from licet.chain.read import MAX_ROWS, read_bill
from licet.chain.table import MAX_CELL, MAX_COLUMNS, NEEDED, csv_rows, read_rows
from licet.facts.dictionary import Dictionary
from licet.facts.errors import CaseError, LicetError, Place, Problem
from licet.facts.yamltext import MAX_BYTES, decode, read_yaml
from licet.parties.readers.safe import Limits, Source, open_source
from licet.parties.readers.sheet import EARLY, one_sheet

TABLES = frozenset({".csv", ".tsv", ".txt"})
EXCEL = frozenset({".xlsx", ".xlsm"})
OTHER_WORKBOOKS = frozenset({".xls", ".xlsb", ".ods"})
LIMITS = Limits(size=MAX_BYTES, rows=MAX_ROWS + EARLY, field=MAX_CELL, columns=MAX_COLUMNS, cells=1_000_000)


def open_bill(path: Path, dictionary: Dictionary) -> Bill:
    """The bill in a file, read by its ending. Raises LicetError."""
    ending = path.suffix.lower()
    if ending in OTHER_WORKBOOKS:
        text = f"workbooks of the form {ending} are not read"
        raise CaseError.one("E_TABLE", text, Place(str(path)), "save it as .xlsx or .csv")
    source = open_source(path, LIMITS)
    if ending in EXCEL:
        rows = dropwhile(lambda row: not set(NEEDED) <= set(row[1]), one_sheet(source, NEEDED))
        return read_bill(read_rows(rows, source.name), dictionary)
    text = decode(source.data, source.name)
    if ending in TABLES:
        return read_bill(read_rows(csv_rows(text, source.name), source.name), dictionary)
    return read_bill(read_yaml(text, source.name), dictionary)


def bill_beside(case_file: str, named: str, dictionary: Dictionary) -> Bill:
    """The bill that a case names: a file in the folder of the case or below it, nowhere else. Raises LicetError."""
    if not case_file:
        hint = "give its parts as components: of the item"
        raise CaseError.one("E_BOM_FILE", "this case is no file, so it can name none", hint=hint)
    path, folder = Path(named), Path(case_file).parent
    if path.is_absolute() or "\x00" in named or not (folder / path).resolve().is_relative_to(folder.resolve()):
        text = f"bom: {named!r} is not a file beside the case"
        raise CaseError.one("E_BOM_FILE", text, Place(case_file), "name a file in the folder of the case or below it")
    try:
        return open_bill(folder / path, dictionary)
    except LicetError as error:
        raise CaseError(_placed(problem, Source(named, b"")) for problem in error.problems) from None


def _placed(problem: Problem, source: Source) -> Problem:
    """A problem of the bill, which says that it stands there."""
    return problem if problem.place.file else Problem(problem.code, problem.message, Place(source.name), problem.hint)
