"""The law in force on a day: first days, days before, moments with a zone, gaps, other clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from tests.rules.small import SOURCE, Writer

from licet.facts.elements import Element
from licet.facts.numbers import day_number, minute_number
from licet.facts.truth import Truth
from licet.logic.evaluate import Evaluator
from licet.rules.corpus import read_law
from licet.rules.law import Law
from licet.rules.snapshot import snapshot

HEAD = "id: xx.act.1\nkind: requirement\nsubject: case\ncite: Act s. 1\ntitle: Licence\n"
EAST = timezone(timedelta(hours=-5))


def version(start: str, end: str = "", when: str = "{always: yes}", more: str = "") -> str:
    until = f"    until: {end}\n" if end else ""
    return f"  - from: {start}\n{until}    {SOURCE}\n{more}    when: {when}\n"


def law_of(write: Writer, *versions: str, head: str = HEAD) -> Law:
    return read_law(write({"xx/1.yaml": f"{head}versions:\n{''.join(versions)}"}))


def value(law: Law, day: date, moment: datetime | None = None, **facts: date) -> Truth:
    """The value of the rule for a case of this day, which may say the moment."""
    root = Element({f"dates.{name}": (day_number(when),) * 2 for name, when in facts.items()}, "case")
    if moment is not None:
        root.facts["case.minute"] = (minute_number(moment),) * 2
    return Evaluator(snapshot(law, day, moment is not None)).rule("xx.act.1")(root)


def test_the_first_day_and_the_day_before(law_folder: Writer) -> None:
    law = law_of(law_folder, version("2022-10-07"))
    assert value(law, date(2022, 10, 6)) is False
    assert "xx.act.1" not in snapshot(law, date(2022, 10, 6)).rules
    assert value(law, date(2022, 10, 7)) is True


def test_a_version_runs_up_to_the_day_before_the_next(law_folder: Writer) -> None:
    law = law_of(law_folder, version("2022-01-01"), version("2023-11-17", when="{always: no}"))
    assert value(law, date(2023, 11, 16)) is True
    assert value(law, date(2023, 11, 17)) is False
    assert value(law, date(2099, 1, 1)) is False


def test_the_last_day_counts(law_folder: Writer) -> None:
    law = law_of(law_folder, version("2022-01-01", "2022-12-31"))
    assert value(law, date(2022, 12, 31)) is True
    assert value(law, date(2023, 1, 1)) is False


def test_in_a_gap_the_provision_does_not_exist(law_folder: Writer) -> None:
    law = law_of(law_folder, version("2022-01-01", "2022-06-30"), version("2023-01-01"))
    days = [date(2022, 6, 30), date(2022, 7, 1), date(2022, 12, 31), date(2023, 1, 1)]
    assert [value(law, day) for day in days] == [True, False, False, True]


def test_an_unknown_span_is_neither_yes_nor_no(law_folder: Writer) -> None:
    unknown = f'  - from: 2023-01-01\n    {SOURCE}\n    status: scheduled\n    unknown: "look it up"\n'
    law = law_of(law_folder, version("2022-01-01"), unknown)
    assert value(law, date(2023, 1, 1)) is None


@pytest.mark.parametrize("status", ["suspended", "not_enforced"])
def test_a_suspended_text_still_stands(law_folder: Writer, status: str) -> None:
    law = law_of(law_folder, version("2022-01-01", more=f"    status: {status}\n"))
    held = snapshot(law, date(2022, 1, 1)).rules["xx.act.1"]
    assert held.version.status == status
    assert value(law, date(2022, 1, 1)) is True


class TestMoments:
    """A version that ends at 00:01 in New York on 31 January 2024, which is 05:01 UTC."""

    END = datetime(2024, 1, 31, 0, 1, tzinfo=EAST)

    @pytest.fixture
    def law(self, law_folder: Writer) -> Law:
        return law_of(law_folder, version("2023-11-08", "2024-01-31T00:01-05:00"))

    def test_the_day_alone_does_not_tell(self, law: Law) -> None:
        assert value(law, date(2024, 1, 30)) is True
        assert value(law, date(2024, 1, 31)) is None
        assert value(law, date(2024, 2, 1)) is False

    @pytest.mark.parametrize(("minutes", "expected"), [(-1, True), (0, False), (1, False)])
    def test_the_end_is_not_included(self, law: Law, minutes: int, expected: bool) -> None:
        moment = self.END + timedelta(minutes=minutes)
        assert value(law, moment.date(), moment) is expected

    @pytest.mark.parametrize("zone", [EAST, UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-10))])
    def test_the_zone_of_the_case_does_not_matter(self, law: Law, zone: timezone) -> None:
        before = (self.END - timedelta(minutes=1)).astimezone(zone)
        after = self.END.astimezone(zone)
        assert value(law, before.date(), before) is True
        assert value(law, after.date(), after) is False

    def test_a_start_is_included(self, law_folder: Writer) -> None:
        law = law_of(law_folder, version("2023-11-02T00:00-04:00"))
        start = datetime(2023, 11, 2, 0, 0, tzinfo=timezone(timedelta(hours=-4)))
        assert value(law, start.date(), start) is True
        assert value(law, date(2023, 11, 1), start - timedelta(minutes=1)) is False
        assert value(law, date(2023, 11, 2)) is None

    def test_one_version_follows_another_at_the_hour(self, law_folder: Writer) -> None:
        law = law_of(law_folder, version("2022-01-01"), version("2023-06-18T00:01-04:00", when="{always: no}"))
        moment = datetime(2023, 6, 18, 0, 1, tzinfo=timezone(timedelta(hours=-4)))
        assert value(law, date(2023, 6, 18), moment) is False
        assert value(law, date(2023, 6, 18), moment - timedelta(minutes=1)) is True


class TestOtherClocks:
    """`applies_by: contract`: the version is chosen by the day of the contract, not by the day of the act."""

    @pytest.fixture
    def law(self, law_folder: Writer) -> Law:
        versions = (version("2022-01-01", "2022-12-31"), version("2023-01-01", when="{always: no}"))
        return law_of(law_folder, *versions, head=f"{HEAD}applies_by: contract\n")

    @pytest.mark.parametrize(
        ("contract", "expected"),
        [(date(2021, 12, 31), False), (date(2022, 1, 1), True), (date(2022, 12, 31), True), (date(2023, 1, 1), False)],
    )
    def test_the_contract_chooses(self, law: Law, contract: date, expected: bool) -> None:
        for day in (date(2020, 1, 1), date(2022, 6, 1), date(2030, 1, 1)):
            assert value(law, day, contract=contract) is expected

    def test_without_it_the_version_is_open(self, law: Law) -> None:
        assert value(law, date(2022, 6, 1)) is None


class TestGroups:
    """Members of a day, with those of the groups it includes."""

    @staticmethod
    def group(name: str, *versions: str) -> str:
        return f"id: xx.{name}\nkind: group\ncite: Annex\ntitle: Annex\nversions:\n{''.join(versions)}"

    @pytest.fixture
    def law(self, law_folder: Writer) -> Law:
        inner = self.group(
            "inner",
            f"  - {{from: 2022-01-01, {SOURCE}, members: [AM]}}\n",
            f"  - {{from: 2023-01-01, {SOURCE}, members: [AM, AZ]}}\n",
            f"  - {{from: 2024-01-01, {SOURCE}, members: [AM], unknown: look it up}}\n",
        )
        outer = self.group("outer", f"  - {{from: 2020-01-01, {SOURCE}, members: [CN], includes: [xx.inner]}}\n")
        return read_law(law_folder({"xx/inner.yaml": inner, "xx/outer.yaml": outer}))

    @pytest.mark.parametrize(
        ("day", "members"),
        [(date(2021, 12, 31), {"CN"}), (date(2022, 1, 1), {"CN", "AM"}), (date(2023, 1, 1), {"CN", "AM", "AZ"})],
    )
    def test_members_of_a_day(self, law: Law, day: date, members: set[str]) -> None:
        held = snapshot(law, day).rules["xx.outer"]
        assert held.members == members
        assert held.known

    def test_what_it_includes_may_not_be_known(self, law: Law) -> None:
        assert not snapshot(law, date(2024, 1, 1)).rules["xx.outer"].known


def test_measures_are_found_by_the_fact_they_give(law_folder: Writer) -> None:
    head = "id: xx.m\nkind: measure\nsubject: item\ncite: Note\ntitle: Density\ngives: item.density\n"
    law = read_law(law_folder({"xx/m.yaml": f"{head}versions:\n  - {{from: 2022-01-01, {SOURCE}, value: item.tpp}}\n"}))
    assert snapshot(law, date(2021, 12, 31)).measures == {}
    assert snapshot(law, date(2022, 1, 1)).measures["item.density"].rule.id == "xx.m"
