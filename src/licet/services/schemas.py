"""The published JSON Schemas: of a case, from the dictionary of facts; of a decision, from its classes.

    python -m licet.services.schemas schemas/

writes both. pydantic is needed for the schema of the decision and is a dependency of development only,
so it is loaded where it is used and nothing on the way of `licet check` touches it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from licet.facts.case import SCHEMA as CASE_SCHEMA
from licet.facts.countries import country_names
from licet.facts.dictionary import Dictionary, FactType
from licet.logic.decision import SCHEMA as DECISION_SCHEMA
from licet.logic.decision import Decision
from licet.logic.outcome import EXIT_CLEAR, EXIT_CODES, EXIT_NOT_COVERED
from licet.services.home import load_law
from licet.services.schema_of import DIALECT, Schema, schema_of, text_of

CASE_FILE, DECISION_FILE = "licet.case-1.schema.json", "licet.decision-1.schema.json"
OUTCOMES = ("no_licence_required", "relief_available", "free", *EXIT_CODES)
VALUES = ("yes", "no", "unknown")
_TRUTH: list[Any] = [*VALUES, "true", "false", True, False]
# Words the classes of the decision keep as plain text.
_CLOSED = {
    ("Decision", "outcome"): OUTCOMES,
    ("JurisdictionAnswer", "outcome"): OUTCOMES,
    ("JurisdictionAnswer", "say"): VALUES,
    ("OutcomeBounds", "best"): OUTCOMES,
    ("OutcomeBounds", "worst"): OUTCOMES,
    ("RuleAnswer", "value"): VALUES,
    ("ProofNode", "value"): VALUES,
    ("Coverage", "level"): ("complete", "partial", "none"),
    ("Decision", "exit_code"): (EXIT_CLEAR, *sorted(set(EXIT_CODES.values())), EXIT_NOT_COVERED),
    ("Decision", "schema"): (DECISION_SCHEMA,),
}
_ELEMENTS = {
    "item": "items",
    "party": "parties",
    "rate": "rates",
    "listing": "listings",
    "owner": "owners",
    "evidence": "held",
    "component": "components",
}
_LISTS = ("parties", "items", "components", "listings", "owners", "rates", "held")
_MONEY = {
    "type": "string",
    "pattern": "^[0-9][0-9_]*(\\.[0-9]+)? [A-Z]{3}$",
    "description": "An amount with its currency, such as 1200000 USD.",
}


# --- the decision ------------------------------------------------------------------------------


def decision_schema() -> Schema:
    """The schema of `licet.decision/1`, with every key required, for a decision always has them all."""
    return schema_of(Decision, DECISION_SCHEMA, _CLOSED, more_keys=True)


# --- the case ----------------------------------------------------------------------------------


def case_schema(dictionary: Dictionary) -> Schema:
    """The schema of `licet.case/1`: every fact of the dictionary with its type, words, unit and least value.

    Facts may also be written with dots (`shipment.to: CN`); the schema describes the nested form.
    """
    properties: Schema = {
        "schema": {"const": CASE_SCHEMA},
        "case": {"type": "string", "description": "A title."},
        "on": {
            "type": "string",
            "description": "The day of the act, or the moment with its time zone.",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}",
        },
        "complete": _complete(),
        "items": _members("item"),
        "parties": _members("party"),
        "held": _members("evidence"),
        "holdings": _holdings(),
    }
    properties |= _nested(
        [
            (name, fact)
            for name, fact in dictionary.facts.items()
            if not _is_element(name) and not name.startswith(("case.", "complete."))
        ]
    )
    definitions = {name: _element(dictionary, name) for name in ("item", "rate", "party", "listing", "evidence")}
    definitions |= _owners(dictionary, definitions)
    definitions |= {"number": _number(None), "amount": _number(0)}
    definitions["country"] = {
        "enum": [*country_names(), "unknown"],
        "description": "A country by its code of ISO 3166-1 alpha-2, or XK.",
    }
    definitions["truth"] = {"enum": _TRUTH}
    head = {
        "$schema": DIALECT,
        "$id": "urn:licet:case:1",
        "title": CASE_SCHEMA,
        "description": "A case. Leaving a fact out means the same as writing unknown.",
    }
    return {**head, "type": "object", "properties": properties, "additionalProperties": False, "$defs": definitions}


def _is_element(name: str) -> bool:
    return name.partition(".")[0] in _ELEMENTS


def _members(element: str) -> Schema:
    """A list of elements, a single one, or a word for none."""
    one = {"$ref": f"#/$defs/{element}"}
    return {"anyOf": [{"type": "array", "items": one}, one, {"enum": ["unknown", "none"]}]}


def _holdings() -> Schema:
    """The graph of shares that a case may carry beside its parties."""
    share = {"$ref": "#/$defs/amount"}
    properties = {"owner": {"type": "string"}, "owned": {"type": "string"}, "share": share, "votes": share}
    properties |= {key: {"type": "string"} for key in ("from", "until", "source")}
    one = {"type": "object", "properties": properties, "required": ["owner", "owned"], "additionalProperties": False}
    return {"description": "Shares between parties and their owners.", "type": "array", "items": one}


def _complete() -> Schema:
    """Which lists are closed."""
    mapping = {
        "type": "object",
        "properties": {name: {"$ref": "#/$defs/truth"} for name in _LISTS},
        "additionalProperties": False,
    }
    listed = {"type": "array", "items": {"enum": list(_LISTS)}}
    return {
        "description": "Lists that are complete; without this, 'no such party' cannot be concluded.",
        "anyOf": [listed, {"enum": list(_LISTS)}, mapping],
    }


def _owners(dictionary: Dictionary, definitions: Schema) -> Schema:
    """An owner has the facts of a party, and its own."""
    share = _nested(
        [(key.partition(".")[2], fact) for key, fact in dictionary.facts.items() if key.startswith("owner.")]
    )
    party = definitions["party"]
    facts = {"type": "object", "properties": party["properties"]}
    of_party = [{"$ref": "#/$defs/party_facts"}]
    return {
        "party_facts": facts,
        "party": {"allOf": of_party, "unevaluatedProperties": False},
        "owner": {"allOf": of_party, "properties": share, "unevaluatedProperties": False},
    }


def _element(dictionary: Dictionary, own: str) -> Schema:
    """One item, party, list row … with the facts of its kind; a component has the facts of an item."""
    facts = [(key.partition(".")[2], fact) for key, fact in dictionary.facts.items() if key.partition(".")[0] == own]
    properties = _nested(facts)
    if own == "item":
        properties |= {
            "id": {"type": ["string", "number"]},
            "value": _MONEY,
            "rates": _members("rate"),
            "components": _members("item"),
        }
        declared = properties.get("declared")
        if declared is not None:
            properties["declared"] = {"anyOf": [declared, _set({"type": ["string", "number"]})]}
    if own == "party":
        properties |= {
            "id": {"type": ["string", "number"]},
            "listings": _members("listing"),
            "owners": _members("owner"),
        }
        if "roles" in properties:
            properties["role"] = properties["roles"]
    if own in ("item", "party"):
        properties["complete"] = _complete()
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _nested(facts: list[tuple[str, FactType]]) -> Schema:
    """Dotted names as nested objects."""
    found: Schema = {}
    for name, fact in facts:
        *above, last = name.split(".")
        place = found
        for part in above:
            place = place.setdefault(part, {"type": "object", "properties": {}, "additionalProperties": False})[
                "properties"
            ]
        place[last] = _fact(fact)
    return found


def _fact(fact: FactType) -> Schema:
    """A fact with its question as description."""
    unit = f" Unit: {fact.unit}." if fact.unit else ""
    return {"description": f"{fact.ask_en}{unit}", **_type(fact)}


def _type(fact: FactType) -> Schema:
    match fact.type:
        case "yes_no":
            return {"$ref": "#/$defs/truth"}
        case "country":
            return {"$ref": "#/$defs/country"}
        case "enum":
            return {"enum": [*fact.values, "unknown"]}
        case "date":
            return {"type": "string"}
        case "number":
            return (
                {"$ref": f"#/$defs/{'amount' if fact.low == 0 else 'number'}"}
                if fact.low in (None, 0)
                else _number(fact.low // 10**fact.scale)
            )
        case "set":
            return _set(_type(FactType(fact.name, fact.of, values=fact.values)))
    return {"type": ["string", "number"]}


def _set(one: Schema) -> Schema:
    return {"anyOf": [one, {"type": "array", "items": one}]}


def _number(least: int | None) -> Schema:
    """A number, a range of two ends (null for an open one), or a text with unit or range."""
    number: Schema = {"type": "number"} if least is None else {"type": "number", "minimum": least}
    end = {"anyOf": [number, {"type": "null"}, {"type": "string"}]}
    return {"anyOf": [number, {"type": "string"}, {"type": "array", "items": end, "minItems": 2, "maxItems": 2}]}


# --- files -------------------------------------------------------------------------------------


def texts() -> dict[str, str]:
    """The files with their text, as they should be in the repository."""
    schemas = {CASE_FILE: case_schema(load_law().dictionary), DECISION_FILE: decision_schema()}
    return {name: text_of(schema) for name, schema in schemas.items()}


def main(arguments: list[str]) -> int:
    """Write the schemas into a folder."""
    if len(arguments) != 1:
        print("usage: python -m licet.services.schemas FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
