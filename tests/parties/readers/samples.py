"""A small file of each format, written by hand: invented parties in the publishers' shapes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from licet.parties.readers.safe import Source

FILES = Path(__file__).parent / "files"
Rows = list[list[Any]]


def file(name: str) -> Source:
    """A file of the folder beside."""
    return Source(name, (FILES / name).read_bytes())


def parsed(name: str) -> Any:
    return json.loads(file(name).data)


def jsoned(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def xlsx(*sheets: Rows) -> bytes:
    """A workbook with these sheets."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell != "":
                    sheet.write(number, column, cell)
    book.close()
    return held.getvalue()


def uk_rows() -> Rows:
    return list(csv.reader(io.StringIO(file("uk.csv").data.decode(), newline="")))


SAMPLES = {
    "us.csl.reduced": file("csl_reduced.json"),
    "us.csl.json": file("csl.json"),
    "us.csl.csv": file("csl.csv"),
    "us.ofac.csv": Source("sdn.csv", file("sdn.csv").data, {"alt": file("alt.csv"), "add": file("add.csv")}),
    "us.ofac.xml": file("sdn.xml"),
    "un.xml": file("un.xml"),
    "uk.csv": file("uk.csv"),
    "uk.xlsx": Source("uk.xlsx", xlsx(uk_rows())),
    "eu.fsf.csv": file("eu_fsf.csv"),
    "eu.fsf.xml": file("eu_fsf.xml"),
    "eu.journal": file("32014R0833.csv"),
    "au.dfat.xlsx": Source("dfat.xlsx", xlsx(parsed("dfat_rows.json"))),
    "jp.meti.json": file("meti.json"),
    "cn.mofcom.json": file("mofcom.json"),
    "cn.sanctions.csv": file("cn_sanctions.csv"),
    "us.1260h.csv": file("dod_1260h.csv"),
    "us.dpl.txt": file("dpl.txt"),
    "os.targets.csv": file("targets.simple.csv"),
    "os.ftm": file("entities.ftm.json"),
    "own": file("own.csv"),
}
