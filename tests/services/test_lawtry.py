"""What a proposal changes: the reference items of the technologies and the user's cases, under both laws."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from licet.facts.case import Case, read_case
from licet.facts.errors import CaseError
from licet.facts.yamltext import read_yaml
from licet.services.check import Checker
from licet.services.home import law_root
from licet.services.lawtry import TryAnswer, try_law
from tests.examples import FOLDER as EXAMPLES

PROPOSALS = EXAMPLES / "proposals"


def tried(
    checker: Checker,
    text: str,
    cases: tuple[str, ...] = (),
    days: tuple[date, ...] = (),
    technologies: tuple[str, ...] = ("duv",),
) -> TryAnswer:
    def reader(name: str) -> Case:
        return read_case(read_yaml((EXAMPLES / name).read_text(encoding="utf-8"), name), checker.law.dictionary)

    named = [(name, lambda name=name: reader(name)) for name in cases]
    return try_law(
        checker.law, checker.known, law_root(), read_yaml(text, "patch.yaml"), named, days, technologies=technologies
    )


@pytest.mark.parametrize("path", sorted(PROPOSALS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_proposal_of_the_examples_can_be_laid_over_the_law(path: Path, checker: Checker) -> None:
    answer = tried(checker, path.read_text(encoding="utf-8"))
    assert answer.rules
    assert answer.asked > 0


def test_korea_with_the_dutch_list_controls_the_dutch_scanners(checker: Checker) -> None:
    text = (PROPOSALS / "korea-takes-the-dutch-list.yaml").read_text(encoding="utf-8")
    changed = tried(checker, text).changed
    assert {found.place for found in changed} == {"South Korea"}
    scanners = {found.about: found for found in changed if "scanner" in found.about}
    assert all(found.after.startswith("yes") and found.before != "yes" for found in scanners.values())
    assert any("NXT:1980i" in about for about in scanners)
    assert not any("3.5 nm" in about for about in scanners)


def test_a_ban_on_servicing_stops_a_visit_that_is_free_today_and_no_sale(checker: Checker) -> None:
    text = (PROPOSALS / "servicing-is-banned.yaml").read_text(encoding="utf-8")
    names = ("service-visit-to-wuhan.yaml", "nxt1980i-to-china.yaml", "nxt1980i-parts-to-china.yaml")
    (found,) = tried(checker, text, names, (date(2026, 4, 8),)).changed
    assert (found.kind, found.about) == ("case", "service-visit-to-wuhan.yaml")
    assert found.before.startswith("no_licence_required")
    assert found.after.startswith("prohibited")


def test_a_case_of_the_users_own_changes_only_where_the_line_moves(checker: Checker) -> None:
    text = (PROPOSALS / "density-line-at-4.yaml").read_text(encoding="utf-8")
    names = ("rtx4090-laptop-to-china.yaml", "quantum-computer-from-nl.yaml")
    answer = tried(checker, text, names, (date(2026, 2, 1),))
    (found,) = [changed for changed in answer.changed if changed.kind == "case"]
    assert found.about == "rtx4090-laptop-to-china.yaml"
    assert found.before.startswith("no_licence_required")
    assert found.after.startswith("licence_required")
    assert found.because


def test_before_its_day_a_proposal_changes_nothing(checker: Checker) -> None:
    text = (PROPOSALS / "density-line-at-4.yaml").read_text(encoding="utf-8")
    answer = tried(checker, text, ("rtx4090-laptop-to-china.yaml",), (date(2026, 1, 31),))
    assert answer.changed == ()
    assert answer.days == ("2026-01-31",)


def test_a_case_without_a_day_is_told(checker: Checker) -> None:
    text = (PROPOSALS / "density-line-at-4.yaml").read_text(encoding="utf-8")
    undated = [("a case", lambda: read_case(read_yaml("case: A\nact: export\n", "a.yaml"), checker.law.dictionary))]
    with pytest.raises(CaseError, match="says no day"):
        try_law(checker.law, checker.known, law_root(), read_yaml(text, "patch.yaml"), undated, technologies=("duv",))
