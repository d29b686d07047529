"""The real lists, where they are at hand: how much of what their rows say is read, and which texts are not."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from licet.parties.entry import Entry, Name
from licet.parties.rows import RowFacts, row_facts
from licet.parties.rows_dates import citations, rules_of

US = Path(__file__).parents[3] / "shared" / "data" / "parties" / "us"
NEW, OLD = US / "csl_2026-07-31.json", US / "csl_2022-04.csv.gz"
LISTS = {"Enti": "us.el", "Mili": "us.meu", "Deni": "us.dpl", "Unve": "us.uvl"}
pytestmark = pytest.mark.skipif(not NEW.exists() or not OLD.exists(), reason="the real lists are not here")


def entry(source: str, name: str, scope: str, policy: str, cite: str) -> Entry | None:
    list_id = LISTS.get(source[:4])
    return Entry(list_id, "1", (Name(name),), scope=scope, policy=policy, cite=cite) if list_id else None


@pytest.fixture(scope="module")
def new() -> list[tuple[Entry, RowFacts]]:
    whole = json.loads(NEW.read_text(encoding="utf-8"))
    tables = whole["tables"]
    found = (
        entry(
            tables["sources"][row["s"]],
            row["n"],
            tables["licenceRequirements"][row["lr"]] if "lr" in row else "",
            tables["licencePolicies"][row["lp"]] if "lp" in row else "",
            row.get("fr", ""),
        )
        for row in whole["entries"]
    )
    return [(row, row_facts(row)) for row in found if row]


def old_rows() -> list[dict[str, str]]:
    with gzip.open(OLD, "rt", encoding="utf-8-sig") as file:
        return [row for row in csv.DictReader(file) if row["source"][:4] in LISTS]


def of(rows: list[tuple[Entry, RowFacts]], list_id: str) -> list[tuple[Entry, RowFacts]]:
    return [row for row in rows if row[0].list == list_id]


def test_the_entity_list_of_2026_is_read(new: list[tuple[Entry, RowFacts]]) -> None:
    rows = of(new, "us.el")
    assert Counter(facts.scope for _, facts in rows) == {"all_items": 3315, "limited": 105}
    assert Counter(facts.footnotes for _, facts in rows) == {
        (): 2381, ("3",): 771, ("1", "2"): 156, ("4",): 96, ("5",): 16,
    }  # fmt: skip
    assert Counter((facts.policy, facts.mixed) for _, facts in rows) == {
        ("presumption_of_denial", False): 2186, ("presumption_of_denial", True): 75,
        ("policy_of_denial", False): 365, ("policy_of_denial", True): 582,
        ("case_by_case", False): 9, ("case_by_case", True): 27, ("", False): 176,
    }  # fmt: skip
    assert Counter(facts.exceptions_barred for _, facts in rows) == {True: 3400, None: 20}


def test_the_texts_not_read_are_these_four(new: list[tuple[Entry, RowFacts]]) -> None:
    unread = Counter(
        (name, row.policy if name == "policy" else row.scope) for row, facts in new for name in facts.unread
    )
    assert unread == {
        ("footnotes", "For all items subject to the EAR. (See §734.9(e) and §744.11 of the EAR)"): 1,
        ("policy", "Presumption of approval for EAR99 items"): 1,
        ("policy", "For all items subject to the EAR. (See § 744.11 of the EAR)"): 1,
        ("policy", "For all items subject to the EAR when used in projects specified in § 746.8(a)(4) of the EAR"): 1,
    }


def test_the_list_of_2022_is_read_but_for_one_empty_row_and_one_policy() -> None:
    found = [
        entry(r["source"], r["name"], r["license_requirement"], r["license_policy"], r["federal_register_notice"])
        for r in old_rows()
    ]
    unread = Counter(
        (name, row.policy if name == "policy" else row.scope) for row in found if row for name in row_facts(row).unread
    )
    assert unread == {("scope", ""): 1, ("policy", ""): 1, ("policy", "Presumption of approval for EAR99 items"): 2}


@pytest.mark.parametrize(
    ("name", "footnotes", "policy"),
    [
        ("Huawei Technologies Co., Ltd.", {"1", "2"}, "presumption_of_denial"),
        ("Hangzhou Hikvision Digital Technology Co., Ltd.", set(), "presumption_of_denial"),
        ("Shanghai Biren Intelligent Technology Co., Ltd.", {"4"}, "presumption_of_denial"),
        ("Semiconductor Manufacturing International Corporation (SMIC)", {"5"}, "presumption_of_denial"),
        ("Semiconductor Manufacturing International (Shenzhen) Corporation", set(), ""),
        ("Dahua Technology", {"4"}, "presumption_of_denial"),
        ("Hytera Communications Limited", {"3"}, "policy_of_denial"),
        ("Yangtze Memory Technologies Co., Ltd.", set(), "presumption_of_denial"),
    ],
)
def test_known_rows(new: list[tuple[Entry, RowFacts]], name: str, footnotes: set[str], policy: str) -> None:
    (facts,) = [facts for row, facts in of(new, "us.el") if row.name == name]
    assert (set(facts.footnotes), facts.policy, facts.scope) == (footnotes, policy, "all_items")


def test_most_rows_have_their_first_day(new: list[tuple[Entry, RowFacts]]) -> None:
    found = {
        list_id: (len(rows), sum(f.start is not None for _, f in rows), sum(f.start_exact for _, f in rows))
        for list_id in LISTS.values()
        for rows in (of(new, list_id),)
    }
    assert found == {
        "us.el": (3420, 3356, 1497), "us.meu": (70, 70, 69), "us.dpl": (1596, 1535, 0), "us.uvl": (222, 0, 0),
    }  # fmt: skip


def test_pages_without_a_day_are_known_to_be_so(new: list[tuple[Entry, RowFacts]]) -> None:
    undated = {
        str(citation)
        for row, _ in (*of(new, "us.el"), *of(new, "us.meu"))
        for citation, rule in zip(citations(row.cite), rules_of(row.cite), strict=True)
        if rule is None
    }
    assert undated == {
        "69 FR 56693", "75 FR 78877", "75 FR 78883", "76 FR 21628", "76 FR 30000", "79 FR 56003", "81 FR 64694",
        "81 FR 64696", "82 FR 18219", "84 FR 40201", "85 FR 83765", "85 FR 83768", "85 FR 83769", "86 FR 29190",
        "89 FR 52362", "89 FR 84462", "89 FR 99702",
    }  # fmt: skip


def test_where_the_list_of_2022_gives_another_first_day_its_own_is_wrong_or_late() -> None:
    agree, other = 0, Counter[str]()
    for row in old_rows():
        first = next(iter(rules_of(row["federal_register_notice"])), None)
        if row["source"][:4] not in ("Enti", "Mili") or not row["start_date"] or first is None:
            continue
        days = [rule.published.isoformat() for rule in rules_of(row["federal_register_notice"])[1:] if rule]
        if row["start_date"] in (first.published.isoformat(), first.start.isoformat()):
            agree += 1
        elif row["start_date"] in days:
            other["the day of a later rule of the row"] += 1
        elif row["start_date"].startswith("00"):
            other["a year of the first century"] += 1
        else:
            other[f"{row['federal_register_notice'].strip()}: {row['start_date']}"] += 1
    assert agree == 1831
    assert other == {
        "the day of a later rule of the row": 48,
        "a year of the first century": 3,
        "75 FR 36516: 2010-06-29": 1, "75 FR 36516: 2010-06-30": 1, "75 FR 36516: 2010-07-01": 1,
        "73 FR 54508: 2008-09-23": 1,
        "77 FR 58006 (no. 182): 2012-09-20": 1, "77 FR 58006 (no. 182): 2000-09-28": 1,
        "76 FR 78146 (12/16/11) 77 FR: 2012-11-29": 1,
    }  # fmt: skip
