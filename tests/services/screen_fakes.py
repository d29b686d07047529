"""A store of a few invented entries, and a screener over it. No entry is that of a real party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from licet.parties.entry import Entry, Identifier, Name
from licet.parties.store.catalogue import Carried, Catalogue, Publication
from licet.parties.store.model import Doubt, Leaving, ListState, Loaded
from licet.services.check import Checker
from licet.services.screen import Screener, Settings, screener
from licet.services.screen_names import Names

DAY = date(2026, 7, 31)
LOADED = datetime(2026, 7, 31, 9, tzinfo=UTC)
ALL_ITEMS = "For all items subject to the EAR. (See §744.11 of the EAR)"

ZELKOVA = Entry(
    list="us.el",
    id="el-1",
    names=(
        Name("Zelkova Quantum Devices Co., Ltd.", "primary"),
        Name("Zelkova QD", "alias"),
        Name("榉木量子器件有限公司", "original"),
    ),
    kind="firm",
    countries=("CN",),
    addresses=("12 Test Road, Hefei",),
    scope=ALL_ITEMS,
    policy="Presumption of denial.",
    start=date(2023, 4, 1),
    cite="88 FR 99999",
)
PERSON = Entry(
    list="us.sdn",
    id="sdn-7",
    names=(Name("TESTOVICH, Igor Primerovich", "primary"), Name("Игорь Тестович", "original"), Name("Iggy", "weak")),
    kind="person",
    countries=("RU",),
    births=("1972-11-21",),
    identifiers=(Identifier("passport", "X1234567"),),
    programmes=("RUSSIA-EO14024",),
)
TEACUP = Entry(list="uk.sanctions", id="uk-3", names=(Name("Teacup Holdings Limited", "primary"),), kind="firm")
ENTRIES = (ZELKOVA, PERSON, TEACUP)


def carried(*lists: str) -> Publication:
    made = tuple(Carried(name, name.rpartition(".")[2].upper() + " list") for name in lists)
    text = "for tests"
    return Publication("tests", text, text, "https://example.org", (), (), made, 1, 5, text, text, text)


@dataclass
class FakeStore:
    entries: Sequence[Entry] = ENTRIES
    published: tuple[str, ...] = ("us.el", "us.sdn", "uk.sanctions")
    stale: tuple[str, ...] = ()
    doubts: dict[str, str] = field(default_factory=dict)
    undated: frozenset[str] = frozenset()
    leaving: dict[str, Leaving] = field(default_factory=dict)

    @property
    def catalogue(self) -> Catalogue:
        return Catalogue({"tests": carried(*self.published)})

    def lists(self, known: datetime | None = None) -> tuple[str, ...]:
        return tuple(sorted({entry.list for entry in self.entries})) if known is None or known >= LOADED else ()

    def on(self, list_id: str, on: date | None = None, known: datetime | None = None) -> Loaded | None:
        entries = tuple(entry for entry in self.entries if entry.list == list_id)
        doubts = tuple(Doubt("no_edition", text) for name, text in self.doubts.items() if name == list_id)
        return Loaded(
            list_id, entries, DAY, LOADED, f"hash-{list_id}", "tests", frozenset(), self.undated, self.leaving, doubts
        )

    def state(self, on: date | None, known: datetime | None, today: date) -> list[ListState]:
        return [
            ListState(
                list=name,
                title=name.rpartition(".")[2].upper() + " list",
                edition=DAY,
                loaded_at=LOADED,
                entries=1,
                names=1,
                hash=f"hash-{name}",
                publication="tests",
                age=0,
                stale=name in self.stale,
                words=f"{name}: last seen 40 days ago, it is published every day"
                if name in self.stale
                else f"{name}: fresh",
            )
            for name in self.lists(known)
        ]

    def snapshot_id(self, on: date | None = None, known: datetime | None = None) -> str:
        return "5" * 64


def make(
    checker: Checker, store: FakeStore | None = None, home: Path | None = None, settings: Settings | None = None
) -> Screener:
    store = store or FakeStore()
    return screener(
        store,
        checker.law,
        checker.known,
        home,
        settings or Settings(DAY, lists=("us.el", "us.sdn", "uk"), now=LOADED),
        Names(store, None, lambda _: None).of,
    )
