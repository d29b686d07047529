"""Making an answer again by a law: from what was kept beside the record, in the form in which it was kept."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from licet.facts.case import read_case
from licet.facts.errors import CaseError
from licet.facts.jsontext import read_json
from licet.facts.plain import to_plain
from licet.facts.yamltext import read_yaml
from licet.ledger.record import CLASSIFICATION, DECISION, OWNERSHIP
from licet.services.check import Checker, Options
from licet.services.classify import as_plain, classify
from licet.services.kept import Compiled
from licet.services.ledger.heard import Heard
from licet.services.ledger.keep import JSON
from licet.services.ledger.parts import ANSWER, INPUTS, LISTS
from licet.services.own import own
from licet.services.own_given import GraphGiven

CASE_NAME = "case.yaml"
NEEDED = {  # the parts without which a record of a kind is not made again
    DECISION: {INPUTS, LISTS, ANSWER},
    CLASSIFICATION: {INPUTS, ANSWER},
    OWNERSHIP: {INPUTS, ANSWER},
}
Said = dict[str, Any]


def remake(kind: str, says: Said, parts: Said, compiled: Compiled, engine: str) -> Any:
    """The answer as plain data, by a law; it names `engine`, or where that is empty the one of now. Raises CaseError.

    `kind` is one of `NEEDED`, and `parts` has what it needs.
    """
    return _MADE[kind](says, parts, compiled, engine)


def _decision(_: Said, parts: Said, compiled: Compiled, engine: str) -> Said:
    given, heard = parts[INPUTS], parts[LISTS]
    checker = Checker(compiled.law, compiled.parties, {})
    if heard is not None:
        checker.screening = lambda _: Heard(heard)
    told = given["options"]
    options = Options(
        on=told["on"] and date.fromisoformat(told["on"]),
        language=told["language"],
        proof=True,
        law_age=timedelta(days=told["law_age"]),
        moment=told["moment"] and datetime.fromisoformat(told["moment"]),
        questions=told["questions"],
    )
    with TemporaryDirectory(prefix="licet-replay-") as folder:
        _put(Path(folder), given["files"])
        if given["form"] == JSON:
            case = read_case(read_json(given["text"]), checker.law.dictionary)
            case.file = ""
        else:
            case = read_case(read_yaml(given["text"], str(Path(folder) / CASE_NAME)), checker.law.dictionary)
        decision = checker.check(case, options)
    # The same semantics under another version: its name alone makes no difference.
    plain: Said = to_plain(replace(decision, engine=engine or decision.engine))
    return plain


def _put(folder: Path, files: dict[str, str]) -> None:
    """Lay the files of a case beside it. Raises CaseError for one that would lie elsewhere."""
    for name, data in files.items():
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise CaseError.one("E_LEDGER", f"a file of this case would lie elsewhere: {name!r}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b64decode(data))


def _classification(says: Said, parts: Said, compiled: Compiled, _: str) -> Said:
    given, day = parts[INPUTS], date.fromisoformat(says["on"])
    node = read_json(given["text"]) if given["form"] == JSON else read_yaml(given["text"], CASE_NAME)
    return as_plain(classify(compiled.law, node, day, tuple(given["schemes"])))


def _ownership(says: Said, parts: Said, compiled: Compiled, engine: str) -> Said:
    given, day = parts[INPUTS], date.fromisoformat(says["on"])
    graph = GraphGiven(given["text"], given["form"], given["table"]).graph()
    answer = own(compiled.law, compiled.parties, graph, day, tuple(given["targets"]))
    plain: Said = to_plain(replace(answer, engine=engine or answer.engine))
    return plain


_MADE: dict[str, Callable[[Said, Said, Compiled, str], Said]] = {
    DECISION: _decision,
    CLASSIFICATION: _classification,
    OWNERSHIP: _ownership,
}
