"""An impact that was cut short goes on where it stopped, and comes to what it would have come to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from licet.facts.plain import to_plain
from licet.services.check import Checker, Options
from licet.services.impact import both, kept
from licet.services.impact.ask import Impact, impact
from licet.services.impact.kept import Going
from licet.services.impact.made import made_from
from licet.services.impact.table import NAMES
from licet.services.orders.mapping import read_map
from licet.services.orders.wanted import Wanted
from tests.services.impact_books import quantum
from tests.services.test_impact import asked


class CutShort(Exception):
    """As if the process had been killed."""


def book(folder: Path) -> Path:
    """Six lines and one that cannot be decided, which make four parts of two."""
    found = quantum(folder)
    with found.open("a", encoding="utf-8") as file:
        file.write("Q-bad,2025-03-01,FR,QC-1,The maker of FR,a lot\n")
    return found


@contextmanager
def compared(checker: Checker, table: Path, going: bool = True, age: int = 0) -> Iterator[tuple[Impact, list[str]]]:
    """The impact between two days in parts of two lines, and what was told meanwhile."""
    wanted = Wanted(table, Path(f"{table}.map.yaml"), table, Options(law_age=timedelta(days=age)), part=2)
    orders, told = read_map(wanted.map, checker.law.dictionary), list[str]()
    work = table.parent / f"work-{len([*table.parent.glob('work-*')])}"
    work.mkdir()
    again = Going(table.parent / "parts", made_from(orders, wanted)) if going else None
    what = asked(checker, "2024-02-29", "2024-12-01")
    found = impact(orders, wanted, what, work, lambda done, text: told.append(text), again)
    with found.compared:
        yield found, told


def whole(found: Impact) -> Any:
    return json.loads(json.dumps([to_plain(found.answer), [*found.compared.rows(NAMES)], found.rejected]))


@pytest.fixture
def cut(checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of which two parts are finished."""
    table = book(tmp_path)
    write = kept.KeptParts.write

    def dies(self: kept.KeptParts, number: int, *rest: Any) -> None:
        if number == 3:
            raise CutShort
        write(self, number, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(kept.KeptParts, "write", dies)
        with pytest.raises(CutShort), compared(checker, table):
            pass
    return table


def decided(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the parts that are decided from now on."""
    numbers, finish = list[int](), both.Sides._finished

    def noted(self: both.Sides, number: int, *rest: Any) -> Any:
        numbers.append(number)
        return finish(self, number, *rest)

    monkeypatch.setattr(both.Sides, "_finished", noted)
    return numbers


def test_it_goes_on_where_it_stopped(checker: Checker, cut: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = cut.parent / "parts"
    assert sorted(path.name for path in parts.glob("part-*")) == ["part-0000001.json", "part-0000002.json"]
    with compared(checker, cut, going=False) as (alone, _):
        expected = whole(alone)
    assert expected[0]["flipped"] == 6 and len(expected[2]) == 1
    numbers = decided(monkeypatch)
    with compared(checker, cut) as (found, told):
        assert whole(found) == expected
        assert numbers == [3, 4]
        assert any("4 done before" in text for text in told)
        found.parts.close()
    assert not parts.exists()


@pytest.mark.parametrize("what", ["table", "map", "age", "law"])
def test_parts_of_anything_else_are_not_used(
    checker: Checker, cut: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    numbers, age = decided(monkeypatch), 0
    if what == "table":
        cut.write_text(cut.read_text(encoding="utf-8").replace("Q-FR-1", "Q-FR-7"), encoding="utf-8")
    elif what == "map":
        file = Path(f"{cut}.map.yaml")
        file.write_text(f"{file.read_text(encoding='utf-8')}\n# looked at\n", encoding="utf-8")
    elif what == "age":
        age = 30
    else:
        checker = replace(checker, law=replace(checker.law, hash="ab" * 32))
    with compared(checker, cut, age=age) as (found, _):
        assert found.answer.flipped == 6
    assert numbers == [1, 2, 3, 4]


def changed(file: Path, **other: Any) -> str:
    """What would stand in a part that says something else under the same hash."""
    seal, _, body = file.read_text(encoding="utf-8").partition("\n")
    return f"{seal}\n{json.dumps(json.loads(body) | other)}"


@pytest.mark.parametrize("how", ["", "{", "[]", '{"lines": 2}', "answers", "lines", "another part"])
def test_a_part_that_is_not_as_it_was_is_made_again(
    checker: Checker, cut: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    file = cut.parent / "parts" / "part-0000002.json"
    texts = {
        "answers": changed(file, pairs=[]),
        "lines": changed(file, lines=7),
        "another part": file.with_name("part-0000001.json").read_text(encoding="utf-8"),
    }
    file.write_text(texts.get(how, how), encoding="utf-8")
    numbers = decided(monkeypatch)
    with compared(checker, cut) as (found, _):
        assert found.answer.flipped == 6 and found.answer.lines == 6
    assert numbers == [2, 3, 4]


def test_days_are_part_of_what_it_is_made_from(checker: Checker, cut: Path) -> None:
    manifest = json.loads((cut.parent / "parts" / "manifest.json").read_text(encoding="utf-8"))
    assert [side[:2] for side in manifest["sides"]] == [["2024-02-29"] * 2, ["2024-12-01"] * 2]
    assert {side[2] for side in manifest["sides"]} == {checker.law.hash}
    assert date.fromisoformat(manifest["sides"][0][1]) < date.fromisoformat(manifest["sides"][1][1])
