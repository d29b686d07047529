"""Writes docs/worked-cases.md: what Licet says to each worked case. Run `python -m tests.worked.table`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from licet.services.home import open_checker

from .desk import Desk
from .load import worked_cases
from .run import Result, examine, known_differences

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "worked-cases.md"
_HEAD = """# Worked cases

Cases with known answers, put to Licet by the adapters of `tests/worked`: each turns the facts of a kind of case into a
Licet case and maps the decision to what the case expects. The cases themselves are not part of this repository; where
they lie beside it, in `../shared/cases`, `make test` runs them, and `python -m tests.worked.table` writes this page.

*Covered*: the law encoded answers it. *Not covered*: it does not, and the test holds that no shipment asked about comes
out as a plain clear. *Not judged* are expected values on which Licet has nothing to say.
"""


def document(results: list[Result]) -> str:
    """The page."""
    covered = [result for result in results if result.covered]
    agree = [result for result in covered if result.agrees]
    counts = (
        f"{len(results)} cases: {len(covered)} covered, of which {len(agree)} agree "
        f"and {len(covered) - len(agree)} differ; "
        f"{len(results) - len(covered)} not covered."
    )
    parts = [_HEAD, counts, "", *_table(results), "", "## Differences", "", *_differences(covered)]
    parts += ["", "## Not covered", "", *_not_covered(results), "", "## Not judged", "", *_unjudged(covered)]
    return "\n".join(parts) + "\n"


def _table(results: list[Result]) -> Iterable[str]:
    yield "| case | kind | covered | Licet |"
    yield "|---|---|---|---|"
    for result in results:
        verdict = "agrees" if result.agrees else "differs" if result.covered else _uncleared(result)
        yield f"| {result.worked.id} | {result.family} | {'yes' if result.covered else 'no'} | {verdict} |"


def _uncleared(result: Result) -> str:
    return "not cleared" if result.asked else "no shipment asked about"


def _differences(covered: list[Result]) -> Iterable[str]:
    found = [result for result in covered if result.different]
    if not found:
        yield "None."
    for result in found:
        sources = known_differences().get(result.worked.id, {})
        for finding in result.different:
            source = sources.get(finding.key, "no source given yet")
            says = f"expected {finding.expected}; Licet says {finding.said}"
            yield f"- **{result.worked.id}**, {finding.key}: {says}. {source}"


def _not_covered(results: list[Result]) -> Iterable[str]:
    reasons: dict[str, list[str]] = {}
    for result in results:
        if not result.covered:
            reasons.setdefault(result.reason, []).append(result.worked.id)
    for reason, cases in reasons.items():
        yield f"- {', '.join(cases)}: {reason}."


def _unjudged(covered: list[Result]) -> Iterable[str]:
    lines = [f"- {r.worked.id}: {', '.join(finding.key for finding in r.unjudged)}" for r in covered if r.unjudged]
    return lines or ["None."]


def main() -> None:
    """Write the page."""
    desk = Desk(open_checker())
    results = [examine(desk, worked) for worked in worked_cases()]
    if not results:
        raise SystemExit("the worked cases are not at ../shared/cases")
    DOCUMENT.write_text(document(results), encoding="utf-8")


if __name__ == "__main__":
    main()
