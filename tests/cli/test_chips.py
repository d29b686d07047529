"""`licet chips` as a command: forms, files, refusals, and a picture in which no label covers another."""

from __future__ import annotations

import csv
import json
import random
import re
import sys
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner, Result

from licet.cli.chips import chips
from licet.render.chips_labels import Wanted, place, spread, wide, wrapped
from licet.render.chips_words import range_in_words

ROOT = Path(__file__).parents[2]
EXAMPLE = str(ROOT / "examples" / "chips.yaml")
SVG = "{http://www.w3.org/2000/svg}"
app = typer.Typer()
app.command()(chips)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(scope="module")
def svg() -> str:
    result = run(EXAMPLE, "--format", "svg")
    assert result.exit_code == 0
    return result.stdout


def test_one_command_shows_each_chip_on_each_day() -> None:
    result = run(EXAMPLE)
    assert result.exit_code == 0
    for said in ("2022-10-07", "2023-11-20", "2024-04-04", "2024-12-02", "2026-01-15", "NVIDIA H20", "2,368"):
        assert said in result.stdout
    (row,) = (line for line in result.stdout.splitlines() if line.startswith("NVIDIA GeForce RTX 4090 D "))
    assert "no entry" in row


def test_days_that_are_asked_for() -> None:
    shown = run(EXAMPLE, "--on", "2023-11-20").stdout
    row = next(line for line in shown.splitlines() if line.startswith("NVIDIA A100 SXM4"))
    assert row.split()[-4:] == ["3A090.a:", "licence,", "denial", "presumed"]
    assert "I/O" not in shown


def test_json_has_the_sources_of_each_number() -> None:
    answer = json.loads(run(EXAMPLE, "--format", "json", "--on", "2023-11-20").stdout)
    h20 = next(chip for chip in answer["chips"] if chip["id"] == "h20")
    assert h20["measured"]["item.tpp"] == [2368.0, 2368.0]
    assert set(h20["die_area_mm2"]["sources"]) <= answer["sources"].keys()
    assert all(rate["sources"] or rate["is"] == "unknown" for chip in answer["chips"] for rate in chip["rates"])
    (day,) = answer["days"]
    assert {line["at"] for line in day["field"]["lines"]} == {4800, 2400, 1600, 1.6, 3.2, 5.92}
    assert len(day["statuses"]) == len(answer["chips"])


def test_a_table_has_a_row_for_each_chip_and_day(tmp_path: Path) -> None:
    made = tmp_path / "chips.csv"
    assert run(EXAMPLE, "--on", "2022-10-21", "--on", "2023-11-20", "-o", str(made)).exit_code == 0
    with made.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {(row["chip"], row["on"]): row for row in rows}
    assert len(found) == len(rows) == 2 * len({row["chip"] for row in rows})
    a800 = found["NVIDIA A800 SXM4 80 GB", "2023-11-20"]
    assert (a800["entry"], a800["outcome"], a800["tpp_least"]) == ("3A090.a", "licence_required", "4992.0")
    assert found["NVIDIA A800 SXM4 80 GB", "2022-10-21"]["entry"] == ""


def test_html_is_whole_and_fetches_nothing(tmp_path: Path) -> None:
    made = tmp_path / "chips.html"
    assert run(EXAMPLE, "--on", "2023-11-20", "-o", str(made)).exit_code == 0
    text = made.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "<script" not in text
    assert not re.search(r"<(img|link|iframe)|@import|url\(", text)
    assert "TechPowerUp GPU database" in text


def test_picture_is_one_file_with_the_lines_of_the_law(svg: str) -> None:
    root = ET.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert not re.search(r"<(script|image|use|foreignObject)|href=|url\(|@import", svg)
    at = [text.findtext(f"{SVG}title") for text in root.iter(f"{SVG}text") if text.get("class") == "at"]
    shown = {
        "".join(text.itertext()).removeprefix(cites or "") for text, cites in zip(_of(root, "at"), at, strict=True)
    }
    assert shown == {"4,800", "2,400", "1,600", "5.92", "3.2", "1.6", "600"}
    assert all(at)
    dates = [text.text for text in _of(root, "date")]
    assert dates[0] == "7 October 2022"
    assert any("20 November 2023" in (said or "") for said in dates)


def test_no_label_covers_another(svg: str) -> None:
    for panel in ET.fromstring(svg).iter(f"{SVG}g"):
        boxes = [_box(text) for text in panel.findall(f"{SVG}text") if text.get("class") == "chip"]
        covered = [(a, b) for a, b in combinations(boxes, 2) if _overlap(a, b)]
        assert covered == []


def test_shapes_differ_besides_colours(svg: str) -> None:
    root = ET.fromstring(svg)
    shapes: dict[str, set[tuple[str, int]]] = {}
    for mark in root.iter():
        name = mark.get("class", "")
        if name.startswith("mark "):
            corners = len(mark.get("points", "").split())
            hollow = name.split()[1] in ("open", "not_described")
            shapes.setdefault(name, set()).add((f"{mark.tag} {hollow}", corners))
    looks = [next(iter(found)) for found in shapes.values()]
    assert all(len(found) == 1 for found in shapes.values())
    # A triangle, a diamond, a hollow box, a hollow and a filled circle.
    assert len(set(looks)) == len(looks) == 5


def test_a_picture_in_points(tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    made = tmp_path / "chips.png"
    assert run(EXAMPLE, "--on", "2023-11-20", "-o", str(made)).exit_code == 0
    assert made.read_bytes().startswith(b"\x89PNG")


def test_without_what_makes_points_the_hint_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    made = tmp_path / "chips.png"
    result = run(EXAMPLE, "--on", "2023-11-20", "-o", str(made))
    assert result.exit_code == 2
    assert "licet[pictures]" in result.stderr
    assert not made.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such-file.yaml"], "E_NO_FILE"),
        ([EXAMPLE, "--on", "yesterday"], "E_DATE"),
        ([EXAMPLE, "--on", "1980-01-01"], "E_BEFORE_LAW"),
        ([EXAMPLE, "-o", "answer.pdf"], "E_FORMAT"),
        ([EXAMPLE, "-o", EXAMPLE], "E_WRITE"),
    ],
)
def test_refusals(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_row_that_is_wrong_is_named_with_its_place(tmp_path: Path) -> None:
    text = Path(EXAMPLE).read_text(encoding="utf-8").replace("transistors_bn", "transistor_bn", 1)
    file = tmp_path / "chips.yaml"
    file.write_text(text, encoding="utf-8")
    result = run(str(file))
    assert result.exit_code == 2
    assert re.search(r"chips\.yaml:\d+:\d+.*E_UNKNOWN_KEY.*transistor_bn", result.stderr)


def test_words_of_a_file_never_become_markup(tmp_path: Path) -> None:
    text = Path(EXAMPLE).read_text(encoding="utf-8")
    text = text.replace("name: NVIDIA H20\n", 'name: "<script>x</script> & H20"\n', 1)
    file, made = tmp_path / "chips.yaml", tmp_path / "chips.html"
    file.write_text(text, encoding="utf-8")
    assert run(str(file), "--on", "2023-11-20", "-o", str(made)).exit_code == 0
    shown = made.read_text(encoding="utf-8")
    assert "<script" not in shown
    assert "&lt;script&gt;x&lt;/script&gt; &amp; H20" in shown


def test_a_number_that_is_none_is_named_with_its_place(tmp_path: Path) -> None:
    text = Path(EXAMPLE).read_text(encoding="utf-8")
    file = tmp_path / "chips.yaml"
    file.write_text(re.sub(r"die_area_mm2: \{is: [^,]+,", "die_area_mm2: {is: large,", text, count=1), encoding="utf-8")
    result = run(str(file))
    assert result.exit_code == 2
    assert re.search(r"chips\.yaml:\d+:\d+", result.stderr)
    assert "large" in result.stderr


def test_labels_keep_off_each_other_in_a_crowd() -> None:
    chance = random.Random(4)
    crowd = [Wanted((f"chip {n}",), chance.gauss(400, 90), chance.gauss(300, 60)) for n in range(60)]
    marks = np.array([[w.x - 5, w.y - 5, w.x + 5, w.y + 5] for w in crowd])
    placed = place(crowd, (0, 0, 800, 600), marks, np.zeros((0, 4)))
    assert [(a, b) for a, b in combinations([one.box for one in placed], 2) if _overlap(a, b)] == []
    assert all(x >= 0 and y >= 0 and right <= 800 and low <= 600 for x, y, right, low in (one.box for one in placed))


def test_rows_in_a_strip_keep_their_distance() -> None:
    rows = spread([100, 101, 102, 300, 590, 595], 14, 0, 600)
    assert all(b - a >= 14 for a, b in zip(sorted(rows), sorted(rows)[1:], strict=False))
    assert min(rows) >= 0 and max(rows) <= 600


def test_words() -> None:
    assert wrapped(["A100 SXM", "A100 PCIe", "A800"], 20) == ("A100 SXM, A100 PCIe,", "A800")
    assert wide("AA") > wide("aa") > wide("ll")
    assert range_in_words((None, None)) == "?"
    assert wide("") == 0


def _of(root: ET.Element, name: str) -> list[ET.Element]:
    return [text for text in root.iter(f"{SVG}text") if text.get("class") == name]


def _box(text: ET.Element) -> tuple[float, float, float, float]:
    said, x, y = text.text or "", float(text.get("x", "0")), float(text.get("y", "0"))
    left = x - wide(said) if text.get("text-anchor") == "end" else x
    return left, y - 9, left + wide(said), y + 2


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
