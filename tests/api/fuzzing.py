"""Requests made up by schemathesis from the OpenAPI document, some of them about things that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi import checks

from tests.api.test_api import CASE

# What the law, or a case as a whole, makes of a request is more than a schema says; keys are tested elsewhere.
LEFT_OUT = [checks.positive_data_acceptance, checks.negative_data_rejection, checks.ignored_auth]
ENDS_ITS_OWN_KEY = "DELETE /v1/keys/{number}"
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
BODIES: Mapping[str, Any] = {
    "POST /v1/check": CASE,
    "POST /v1/classify": CASE,
    "POST /v1/ask": {"case": CASE},
    "POST /v1/bom": {"bill": {"on": "2024-01-01", "item": {"id": "p", "name": "Box", "value": "9 USD"}}, "to": "CN"},
    "POST /v1/match/{dataset}": {"queries": {"q": {"schema": "Company", "properties": {"name": ["Huawei"]}}}},
    "POST /v1/own": {"graph": {"on": "2024-01-01", "holdings": [{"owner": "A", "owned": "B", "share": 60}]}},
}
THERE: dict[str, list[Any]] = {
    "rule": ["us.ear.ccl.3A090.a", "eu.group.members"],
    "number": [1, 2],
    "technology": ["rare_earths"],
    "dataset": ["default"],
}


def operations(client: TestClient) -> Iterator[Any]:
    """Every operation of the document. That of a case is shortened: to make up cases is what other tests do."""
    document = client.get("/openapi.json").json()
    del document["security"]
    schemas = document["components"]["schemas"]
    for name in [name for name in schemas if name.startswith("licet.case-1")]:
        del schemas[name]
    schemas["licet.case-1"] = {"type": "object", "properties": {key: {} for key in CASE}}
    schema: Any = schemathesis.openapi.from_dict(document)
    schema.app = client.app
    for found in schema.get_all_operations():
        if found.ok().label != ENDS_ITS_OWN_KEY:
            yield found.ok()


def fuzzed(client: TestClient, operation: Any, examples: int, derandomize: bool = True, job: str = "") -> Counter[int]:
    """How the answers to made up requests ended; raises for a fault, or what the document does not say.

    Some are about a `job`, if there is one.
    """
    there = THERE | ({"job": [job]} if job and not operation.label.startswith("DELETE") else {})
    ended: Counter[int] = Counter()
    headers = {"authorization": client.headers["authorization"]}
    limits: Any = settings(
        max_examples=examples, deadline=None, database=None, derandomize=derandomize,
        suppress_health_check=[*HealthCheck], phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip

    def ask(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=data.draw(st.sampled_from(MODES))))
        if data.draw(st.booleans()):
            _about_what_is_there(case, operation.label, there, data)
        answer = case.call_and_validate(
            base_url="http://localhost", headers=headers, excluded_checks=LEFT_OUT, timeout=60
        )
        ended[answer.status_code] += 1

    made: Any = limits(given(data=st.data())(ask))
    made()
    return ended


def _about_what_is_there(case: Any, label: str, there: Mapping[str, list[Any]], data: st.DataObject) -> None:
    """Ask about something that is there, or with a body that makes sense but for a part."""
    for name in [*(case.path_parameters or {})]:
        if name in there:
            case.path_parameters[name] = data.draw(st.sampled_from(there[name]))
    if label in BODIES:
        case.media_type = "application/json"
        made = case.body if isinstance(case.body, dict) and data.draw(st.booleans()) else {}
        case.body = BODIES[label] | made
