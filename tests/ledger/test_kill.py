"""A process that is killed while it keeps records loses none that it told of (200 writes: benchmarks.kill_ledger)."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kill_ledger import kill

from licet.ledger.verify import verify


def test_nothing_acknowledged_is_lost(url: str, tmp_path: Path) -> None:
    store, told, kills = kill(url, tmp_path, writes=20, seed=2)
    found = verify(store)
    assert kills > 1
    assert found.findings == ()
    assert found.records - 1 >= told >= 20
    store.close()
