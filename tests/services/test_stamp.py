"""The stamp of a folder of law: hashing is spared only where no file can have changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from licet.services import stamp as stamps
from licet.services.stamp import stamp, stamped


@pytest.fixture
def law(tmp_path: Path) -> Path:
    (tmp_path / "law").mkdir()
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / "law" / name).write_text(f"{name}: 1\n", encoding="utf-8")
    return tmp_path / "law"


class Counting:
    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> str:
        self.made += 1
        return f"key{self.made}"


def ask(law: Path, key: Counting, names: tuple[str, ...] = ("a.yaml", "b.yaml"), trusted: bool = True) -> str:
    file = law.parent / "home" / "stamps" / "one"
    return stamped(file, stamp(law, names, []), lambda _: trusted, key)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the files had been written long ago."""
    monkeypatch.setattr(stamps, "_SETTLED_NS", -1_000_000_000)


def test_a_folder_that_did_not_change_is_hashed_once(law: Path, settled: None) -> None:
    key = Counting()
    assert [ask(law, key) for _ in range(3)] == ["key1"] * 3


def test_files_written_just_now_are_hashed_again(law: Path) -> None:
    key = Counting()
    assert [ask(law, key) for _ in range(2)] == ["key1", "key2"]


@pytest.mark.parametrize("change", ["longer", "same length", "same time", "replaced", "touched"])
def test_every_change_is_noticed(change: str, law: Path, settled: None) -> None:
    key = Counting()
    ask(law, key)
    file = law / "a.yaml"
    before = file.stat()
    if change == "longer":
        file.write_text("a.yaml: 10\n", encoding="utf-8")
    elif change in ("same length", "same time"):
        file.write_text("a.yaml: 2\n", encoding="utf-8")
    elif change == "replaced":
        (law / "c.yaml").write_text("a.yaml: 2\n", encoding="utf-8")
        (law / "c.yaml").replace(file)
    if change in ("same time", "touched"):
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert ask(law, key) == "key2"


def test_added_and_removed_files_are_noticed(law: Path, settled: None) -> None:
    key = Counting()
    assert [ask(law, key, names) for names in (("a.yaml", "b.yaml"), ("a.yaml",))] == ["key1", "key2"]


@pytest.mark.parametrize("text", ["", "nonsense", "one two three", "\x00\xff"])
def test_a_damaged_stamp_is_not_believed(text: str, law: Path, settled: None) -> None:
    key = Counting()
    ask(law, key)
    (law.parent / "home" / "stamps" / "one").write_bytes(text.encode("latin-1"))
    assert ask(law, key) == "key2"


def test_a_stamp_that_others_may_write_is_not_believed(law: Path, settled: None) -> None:
    key = Counting()
    ask(law, key)
    assert ask(law, key, trusted=False) == "key2"


def test_where_nothing_can_be_written_each_time_is_the_first(law: Path, settled: None) -> None:
    (law.parent / "home").write_text("a file, no folder", encoding="utf-8")
    key = Counting()
    assert [ask(law, key) for _ in range(2)] == ["key1", "key2"]
