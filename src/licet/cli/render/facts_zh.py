"""English words for facts and their values, where the name of the fact does not say it well."""

from __future__ import annotations

PREFIXES = {"fab": "plant's", "rate": "rate's", "owner": "owner's", "listing": "row's"}
WORDS: dict[str, str] = {}
FACTS: dict[str, str] = {}
VALUES: dict[str, str] = {}
