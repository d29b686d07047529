"""Compiled law says what the files say, is noticed to be old, and is not believed when it is damaged."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import pickle
import shutil
import stat
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from licet.facts.dictionary import FactType
from licet.facts.errors import LawError
from licet.parties.known import read_parties
from licet.rules.compiled import FORMAT, Codec, Refused, check_names, check_version, encode
from licet.rules.corpus import read_law
from licet.rules.law import Law
from licet.rules.model import Version
from licet.rules.snapshot import snapshot
from licet.services import home, kept

ROOT = Path(__file__).parents[2] / "law"
GROUP = """id: xx.group.A
kind: group
cite: the A list
title: Countries of A
versions:
  - {from: 2020-01-01, source: {cite: a gazette, read: 2026-01-01, basis: official}, members: [AM, AZ]}
"""
RULE = """id: xx.tpp
kind: entry
subject: item
cite: 1.a
title: Fast chips
versions:
  - from: 2023-11-17
    source: {cite: a gazette, read: 2026-01-01, basis: official}
    when: {any: ["item.tpp >= 4800", {all: ["item.tpp >= 1600", {not: "item.datacenter"}]}]}
"""
INSTRUMENT = """id: xx
kind: instrument
jurisdiction: xx
title: A law
cite: 1
authority: An office
encoded_from: 2020-01-01
checked_to: 2026-01-01
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small folder of law in use, and a home of its own."""
    root = tmp_path / "law"
    shutil.copytree(ROOT / "facts", root / "facts")
    shutil.copytree(ROOT / "parties", root / "parties")
    (root / "xx").mkdir()
    (root / "xx" / "_instrument.yaml").write_text(INSTRUMENT)
    (root / "xx" / "group.yaml").write_text(GROUP)
    (root / "xx" / "tpp.yaml").write_text(RULE)
    monkeypatch.setenv("LICET_LAW", str(root))
    monkeypatch.setenv("LICET_HOME", str(tmp_path / "home"))
    return root


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose text had to be read."""
    found: list[Path] = []
    read: Callable[[Path], kept.Compiled] = home.read_compiled

    def counting(root: Path) -> kept.Compiled:
        found.append(root)
        return read(root)

    monkeypatch.setattr(home, "read_compiled", counting)
    return found


def cache_file() -> Path:
    folder = home.home()
    assert folder is not None
    (found,) = (folder / "law").glob("*.json")
    return found


def test_the_whole_law_comes_back_as_it_was() -> None:
    law = read_law(ROOT)
    again = Codec().decode(Law, json.loads(json.dumps(encode(law))))
    assert again == law
    assert list(again.rules) == list(law.rules)
    check_names(again)
    for rule in again.rules.values():
        for version in rule.versions:
            check_version(version, again)


def test_the_whole_law_comes_back_from_its_kept_form() -> None:
    law = read_law(ROOT)
    again = kept.unseal(kept.seal(kept.Compiled(law, read_parties(ROOT)), "a key"), "a key").law
    assert again == law
    assert law == again
    assert list(again.rules) == list(law.rules)


def test_the_known_parties_come_back_as_they_were() -> None:
    known = read_parties(ROOT)
    assert Codec().decode(type(known), json.loads(json.dumps(encode(known)))) == known


def test_the_second_run_does_not_read_the_text(small: Path, reads: list[Path]) -> None:
    first, second = home.load_compiled(), home.load_compiled()
    assert first == second
    assert reads == [small]


def test_a_changed_file_is_noticed_even_with_the_same_size_and_time(small: Path, reads: list[Path]) -> None:
    home.load_law()
    path = small / "xx" / "tpp.yaml"
    before = path.stat()
    path.write_text(RULE.replace("4800", "4801"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert "4801" in str(home.load_law().rules["xx.tpp"])
    assert len(reads) == 2


def test_an_added_and_a_removed_file_are_noticed(small: Path) -> None:
    home.load_law()
    (small / "xx" / "b.yaml").write_text(GROUP.replace("xx.group.A", "xx.group.B"))
    assert "xx.group.B" in home.load_law().rules
    (small / "xx" / "b.yaml").unlink()
    assert "xx.group.B" not in home.load_law().rules


def test_changed_parties_are_noticed(small: Path) -> None:
    before = home.load_compiled().parties
    path = small / "parties" / "amd.yaml"
    path.unlink()
    assert home.load_compiled().parties.parties.keys() < before.parties.keys()


def test_another_reader_reads_again(small: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    home.load_law()
    monkeypatch.setattr(kept, "reader_hash", lambda: "another program")
    home.load_law()
    assert reads == [small, small]


def test_wrong_law_is_an_error_and_not_kept(small: Path) -> None:
    (small / "xx" / "tpp.yaml").write_text(RULE.replace("item.tpp", "item.tpq"))
    with pytest.raises(LawError):
        home.load_law()
    folder = home.home()
    assert folder is not None
    assert not folder.exists()


# --- homes that cannot be used -----------------------------------------------------------------


def test_without_a_home_the_text_is_read(small: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "home", lambda: None)
    assert home.load_law() == home.load_law()
    assert reads == [small, small]


def test_a_home_that_is_a_file_does_no_harm(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small.parent / "home").write_text("not a folder")
    assert "xx.tpp" in home.load_law().rules
    monkeypatch.setenv("LICET_HOME", "/dev/null/nowhere")
    assert "xx.tpp" in home.load_law().rules


def test_a_disk_that_fails_leaves_nothing_half_written(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path, __: Path) -> Path:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    assert "xx.tpp" in home.load_law().rules
    assert list((small.parent / "home" / "law").iterdir()) == []


def test_only_the_newest_are_kept(small: Path) -> None:
    for line in range(4800, 4810):
        (small / "xx" / "tpp.yaml").write_text(RULE.replace("4800", str(line)))
        home.load_law()
    assert len(list((small.parent / "home" / "law").iterdir())) == kept.KEPT_FILES


# --- kept files that are not to be believed ----------------------------------------------------


@pytest.mark.parametrize("damage", [b"", b"\0" * 100, b"licet.law/1 \n{}", b"[" * 100_000], ids=range(4))
def test_a_damaged_file_is_made_anew(small: Path, reads: list[Path], damage: bytes) -> None:
    law = home.load_law()
    path = cache_file()
    whole = path.read_bytes()
    path.write_bytes(damage)
    assert home.load_law() == law
    assert cache_file().read_bytes() == whole
    assert len(reads) == 2


def test_every_cut_and_changed_byte_is_noticed(small: Path) -> None:
    compiled = kept.Compiled(read_law(small), read_parties(small))
    data = kept.seal(compiled, "a key")
    assert kept.unseal(data, "a key") == compiled
    for position in range(0, len(data), len(data) // 50):
        changed = data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]
        for hostile in (data[:position], changed):
            with pytest.raises(Refused):
                kept.unseal(hostile, "a key")


def undecoded(version: Version) -> set[str]:
    """The fields of a version that nobody has asked for."""
    return {field.name for field in fields(Version) if not _filled(version, field.name)}


def _filled(version: Version, name: str) -> bool:
    try:
        object.__getattribute__(version, name)
    except AttributeError:
        return False
    return True


def test_the_rest_of_a_version_is_decoded_when_asked_for(small: Path) -> None:
    compiled = kept.Compiled(read_law(small), read_parties(small))
    law = kept.unseal(kept.seal(compiled, "a key"), "a key").law
    group, tpp = (law.rules[name].versions[0] for name in ("xx.group.A", "xx.tpp"))
    assert undecoded(tpp) == {"when", "sources", "change", "place"}
    assert undecoded(group) == {"sources", "change", "place"}
    assert (group.when, group.value, group.members) == (None, (), ("AM", "AZ"))
    snapshot(law, date(2026, 1, 1))
    assert undecoded(tpp) == {"when", "sources", "change", "place"}
    assert tpp.when == compiled.law.rules["xx.tpp"].versions[0].when
    assert undecoded(tpp) == set()
    assert not hasattr(tpp, "something")
    assert tpp != compiled.law.rules["xx.group.A"].versions[0]
    assert tpp != object()


def test_a_kept_version_can_be_changed_and_sent(small: Path) -> None:
    compiled = kept.Compiled(read_law(small), read_parties(small))
    law = kept.unseal(kept.seal(compiled, "a key"), "a key").law
    read, again = (one.rules["xx.tpp"].versions[0] for one in (compiled.law, law))
    assert replace(again, change="other") == replace(read, change="other")
    assert pickle.loads(pickle.dumps(again)) == read
    assert asdict(again) == asdict(read)


def test_the_law_of_another_folder_is_refused(small: Path) -> None:
    data = kept.seal(kept.Compiled(read_law(small), read_parties(small)), "a key")
    with pytest.raises(Refused):
        kept.unseal(data, "another key")


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write_is_not_read(small: Path, reads: list[Path], mode: int) -> None:
    home.load_law()
    cache_file().chmod(mode)
    home.load_law()
    assert len(reads) == 2
    assert stat.S_IMODE(cache_file().stat().st_mode) == 0o600


def test_a_pipe_in_the_place_of_the_file_does_not_block(small: Path) -> None:
    home.load_law()
    path = cache_file()
    path.unlink()
    os.mkfifo(path)
    assert "xx.tpp" in home.load_law().rules


def forged(compiled: kept.Compiled, old: str, new: str) -> bytes:
    """A kept file with one change in its text and a seal that fits."""
    body = kept.seal(compiled, "a key").partition(b"\n")[2].decode()
    assert old in body
    changed = body.replace(old, new, 1).encode()
    return f"licet.law/{FORMAT} a key {hashlib.sha256(changed).hexdigest()}\n".encode() + changed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"xx.tpp":["xx.tpp"', '"xx.tpp":["xx.other"'),
        ('["Any","",""', '["Everything","",""'),
        ('["Any","",""', '["Source","",""'),
        ('["Any","",""', '["__class__","",""'),
        ('["Compare","","item.tpp >= 4800",">="', '["Compare","","item.tpp >= 4800","~"'),
        ('["NumberFact","item.tpp",', '["NumberFact","item.nothing",'),
        ('["Const",4800,0]', '["Const",4800.5,0]'),
        ('["Const",4800,0]', '["Const",true,0]'),
        ('["Const",4800,0]', '["Const",4800]'),
        ('["Const",4800,0]', '["Const",NaN,0]'),
        ('["Const",4800,0]', "[" * 5000 + "]" * 5000),
        ('["Const",4800,0]', '["Const",' + "9" * 5000 + ",0]"),
        ('"2023-11-17"', '"2023-13-17"'),
        ('"2023-11-17"', "20231117"),
        ('"in_force"', '"in force"'),
        ('"entry"', '"anything"'),
        ("[[1,true,false,", "[[9,true,false,"),
        ("[[1,true,false,", "[[-1,true,false,"),
        ("[[1,true,false,", '[["1",true,false,'),
        ("[[1,true,false,", "[[1,true,"),
        ('\n[["Any"', '\n{"a":["Any"'),
        ('\n[["Any"', '\n["Any"'),
    ],
    ids=range(22),
)
def test_a_forged_file_with_a_seal_that_fits_is_held_against_the_types(small: Path, old: str, new: str) -> None:
    compiled = kept.Compiled(read_law(small), read_parties(small))
    with pytest.raises((Refused, LawError)) as caught:
        str(kept.unseal(forged(compiled, old, new), "a key"))
    if isinstance(caught.value, LawError):
        (problem,) = caught.value.problems
        assert (problem.code, bool(problem.hint)) == ("L_COMPILED", True)


def test_what_has_no_compiled_form_is_refused() -> None:
    with pytest.raises(Refused):
        Codec().decode(set, [])  # a class nobody declared
    assert Codec().of(date | None)(None) is None


# --- two processes at once ---------------------------------------------------------------------


def _load(_: int) -> Any:
    return sorted(home.load_law().rules)


def test_many_processes_may_start_at_once(small: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        found = pool.map(_load, range(12), chunksize=1)
    assert all(rules == ["xx.group.A", "xx.tpp"] for rules in found)
    assert len(list((small.parent / "home" / "law").iterdir())) == 1


def test_law_kept_before_a_field_was_there_is_read_without_it(small: Path) -> None:
    facts = read_law(small).dictionary.facts
    place = [field.name for field in fields(FactType)].index("ask_ja")
    for fact in facts.values():
        then = [part for at, part in enumerate(encode(fact)) if at != place]
        assert Codec().decode(FactType, then) == replace(fact, ask_ja="")
        with pytest.raises(Refused, match="FactType has 15 fields"):
            Codec().decode(FactType, then[:-1])
