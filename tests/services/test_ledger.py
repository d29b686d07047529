"""Decisions kept and made again: the same from what was kept, other where the law is another one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from licet.facts.case import read_case
from licet.facts.errors import LicetError
from licet.facts.plain import from_plain, to_plain
from licet.facts.yamltext import read_yaml
from licet.ledger import store as tables
from licet.ledger.canonical import canonical
from licet.ledger.ledger import Ledger
from licet.ledger.verify import verify
from licet.logic.decision import Decision, RuleAnswer
from licet.services.case_screen import CaseScreen
from licet.services.check import SEMANTICS, Checker, Options
from licet.services.kept import Compiled
from licet.services.ledger import keep, lawkept, replay
from licet.services.ledger.keep import Keeper
from licet.services.ledger.remake import remake
from licet.services.ledger.replay import differences, replay_today
from licet.services.ledger.retention import kept_for
from licet.services.ledger.show import read_shown
from licet.services.screen import Settings
from tests.examples import CASES, FOLDER
from tests.ledgers import begun
from tests.services.screen_fakes import DAY, LOADED, FakeStore, make

TODAY = date(2026, 11, 27)
SCREENED = """
case: wafers to Hefei
on: 2026-07-31
act: export
shipment: {from: US, to: CN, exporter_country: US}
items: [{id: wafer, kind: integrated_circuit, origin: US, declared: {us: EAR99}}]
parties:
  - {roles: [end_user], name: "Zelkova Quantum Devices Co., Ltd.", country: CN}
  - {roles: [end_user], name: Zelkova Quantum Device Company, owners: [{name: Teacup Holdings, share: 60%}]}
complete: [parties]
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = begun(tmp_path)
    yield made
    made.store.close()


def own(checker: Checker) -> Checker:
    """A checker of one's own over the same law, which keeps what is compiled."""
    return replace(checker, screening=None)


def kept(keeper: Keeper, text: str, name: str = "case.yaml", options: Options | None = None) -> tuple[int, Decision]:
    case = read_case(read_yaml(text, name), keeper.checker.law.dictionary)
    options = options or Options(proof=True)
    decision = keeper.checker.check(case, options)
    return keeper.keep(text, case, options, decision).number, decision


def test_examples_are_made_again_to_the_byte(checker: Checker, ledger: Ledger) -> None:
    keeper = Keeper(own(checker), ledger, "an officer")
    for path in [*CASES[::6], FOLDER / "bom" / "camera-buyer.yaml"]:
        number, decision = kept(keeper, path.read_text(encoding="utf-8"), str(path))
        found = replay.replay(ledger.store, number)
        assert (found.status, found.differences) == ("same", ()), path
        assert found.before == json.loads(canonical(asdict(decision)))
    assert verify(ledger.store).findings == ()
    with ledger.store.reading() as connection:
        records = [*tables.each(connection, "decision")]
    assert len({record.says["law"]["kept"] for record in records}) == 1  # one law, kept once


def test_what_was_found_on_lists_is_told_again_without_them(checker: Checker, ledger: Ledger) -> None:
    screened = own(checker)
    settings = Settings(DAY, lists=("us.el", "us.sdn", "uk"), now=LOADED, effects=False)
    screened.screening = lambda day: CaseScreen(make(checker, FakeStore(), None, settings))
    number, decision = kept(Keeper(screened, ledger, "x"), SCREENED)
    assert [one.result for one in decision.screening] == ["listed", "possible", "possible"]
    assert decision.outcome == "licence_required"
    found = replay.replay(ledger.store, number)
    assert (found.status, found.differences) == ("same", ())
    assert replay_today(ledger.store, number, own(checker)).status == "same"


def test_options_are_kept(checker: Checker, ledger: Ledger) -> None:
    keeper, text = Keeper(own(checker), ledger, "x"), (FOLDER / "h800-to-china.yaml").read_text(encoding="utf-8")
    options = Options(date(2026, 8, 1), "zh", True, timedelta(days=400), questions=False)
    number, decision = kept(keeper, text, options=options)
    found = replay.replay(ledger.store, number)
    assert (found.status, decision.on, decision.law.as_read) == ("same", "2026-08-01", False)


def test_another_law_is_told_with_what_differs(checker: Checker, ledger: Ledger) -> None:
    text = (FOLDER / "h800-to-china.yaml").read_text(encoding="utf-8")
    number, _ = kept(Keeper(own(checker), ledger, "x"), text)
    gone = [name for name in checker.law.rules if name.startswith("us.ear.742.6")]
    rules = {name: rule for name, rule in checker.law.rules.items() if name not in gone}
    assert gone
    other = Checker(replace(checker.law, rules=rules, hash="another"), checker.known, {})
    found = replay_today(ledger.store, number, other)
    assert found.status == "differs"
    assert any(line.startswith("law.snapshot: ") for line in found.differences)
    assert 'jurisdictions.us.outcome: "licence_required" -> "unknown"' in found.differences


def test_what_is_erased_is_not_made_again(checker: Checker, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "kept_for", lambda decision: [])
    text = (FOLDER / "h800-to-china.yaml").read_text(encoding="utf-8")
    number, decision = kept(Keeper(own(checker), ledger, "x"), text)
    ledger.erase(number, "x", "asked for", TODAY)
    assert replay.replay(ledger.store, number).status == "erased"
    assert replay_today(ledger.store, number, checker).status == "erased"
    shown = read_shown(ledger.store, number)
    assert (shown.decision, shown.case, shown.by) == (None, "", "")
    assert shown.record.says["outcome"] == decision.outcome
    assert [(event.kind, event.by, event.reason) for event in shown.events] == [("erasure", "x", "asked for")]


def test_other_semantics_and_a_law_that_is_gone_cannot_be_replayed(
    checker: Checker, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (FOLDER / "h800-to-china.yaml").read_text(encoding="utf-8")
    monkeypatch.setattr(lawkept, "SEMANTICS", "0")
    number, _ = kept(Keeper(own(checker), ledger, "x"), text)
    found = replay.replay(ledger.store, number)
    assert (found.status, found.why) == (
        "engine_unavailable", f"decided by licet 0.1.0, semantics 0; this is semantics {SEMANTICS}",
    )  # fmt: skip
    monkeypatch.setattr(lawkept, "SEMANTICS", SEMANTICS)
    number, _ = kept(Keeper(own(checker), ledger, "x"), text)
    monkeypatch.setattr("licet.services.kept.FORMAT", 0)
    found = replay.replay(ledger.store, number)
    assert (found.status, found.why[:44]) == ("engine_unavailable", "this version cannot read the law as it was k")
    monkeypatch.undo()
    with ledger.store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM licet_blob")
    assert replay.replay(ledger.store, number).status == "engine_unavailable"


def test_the_version_alone_makes_no_difference(
    checker: Checker, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (FOLDER / "h800-to-china.yaml").read_text(encoding="utf-8")
    number, _ = kept(Keeper(own(checker), ledger, "x"), text)
    monkeypatch.setattr("licet.services.check.__version__", "9.9.9")
    assert replay.replay(ledger.store, number).status == "same"


def test_an_answer_is_read_back_from_its_plain_data(checker: Checker) -> None:
    text = (FOLDER / "litho-tool-from-veldhoven-to-wuhan.yaml").read_text(encoding="utf-8")
    decision = checker.check(read_case(read_yaml(text, "c.yaml"), checker.law.dictionary), Options(proof=True))
    plain = json.loads(canonical(asdict(decision)))
    assert to_plain(decision) == plain
    assert from_plain(Decision, plain) == decision
    with pytest.raises(TypeError):
        from_plain(Decision, plain | {"on": 7})
    with pytest.raises(KeyError):
        from_plain(Decision, {})


@pytest.mark.parametrize(
    ("span", "until"),
    [
        ("5 years", date(2029, 2, 28)),
        ("5 years (part 762)", date(2029, 2, 28)),
        ("five years", date(2029, 2, 28)),
        ("5 years from the end of the calendar year", date(2029, 12, 31)),
        ("three years from the end of the calendar year (in which the export takes place)", date(2027, 12, 31)),
        ("5 years from the end of the calendar year after it", None),
        ("5 years from the end of the financial year", None),
        ("10 years after the property is unblocked", None),
        ("as long as such items are sold, kept up to date", None),
        ("0 months", None),
    ],
)
def test_how_long_a_duty_says(checker: Checker, span: str, until: date | None) -> None:
    text = (FOLDER / "h800-to-china.yaml").read_text(encoding="utf-8")
    decision = checker.check(read_case(read_yaml(text, "c.yaml"), checker.law.dictionary))
    duty = RuleAnswer("x", "duty", "yes", "15 CFR 762.6", "Records", "", "", detail={"keep": span})
    without = RuleAnswer("y", "duty", "yes", "15 CFR 1", "Other", "", "")
    where = replace(decision.jurisdictions[0], duties=(duty, without, duty))
    (found,) = kept_for(replace(decision, on="2024-02-28", jurisdictions=(where,)))
    assert (found.cite, found.title, found.until) == ("15 CFR 762.6", f"Records ({span})", until)
    (doubtful,) = kept_for(
        replace(decision, on="2024-02-29", jurisdictions=(replace(where, duties=(replace(duty, value="unknown"),)),))
    )
    assert doubtful.title == f"Records (may apply: {span})"
    assert doubtful.until == (None if until is None else date(2029, 3, 1) if until == date(2029, 2, 28) else until)


def test_differences_are_told_by_name() -> None:
    before = {"a": 1, "list": [{"id": "x", "v": 1}, {"id": "y", "v": 2}], "same": [1], "plain": [1]}
    after = {"a": 2, "list": [{"id": "y", "v": 3}, {"id": "z", "v": 1}], "same": [1], "plain": [2]}
    assert differences(before, after) == [
        "a: 1 -> 2",
        'list.x: {"id": "x", "v": 1} -> nothing',
        "list.y.v: 2 -> 3",
        'list.z: nothing -> {"id": "z", "v": 1}',
        "plain: [1] -> [2]",
    ]
    many = differences({str(n): 1 for n in range(60)}, {str(n): 2 for n in range(60)})
    assert (len(many), many[-1]) == (51, "and 10 more")


def test_a_file_of_a_case_that_would_lie_elsewhere_is_refused(checker: Checker, ledger: Ledger) -> None:
    number, _ = kept(Keeper(own(checker), ledger, "x"), (FOLDER / "h800-to-china.yaml").read_text(encoding="utf-8"))
    found = replay.read_kept(ledger.store, number)
    found.parts["inputs"]["files"] = {"../evil.yaml": ""}
    assert found.law is not None
    with pytest.raises(LicetError, match="would lie elsewhere"):
        remake("decision", found.record.says, found.parts, Compiled(checker.law, checker.known), "")
