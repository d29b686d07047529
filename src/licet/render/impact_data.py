"""The answer of `licet impact` as data: JSON (`licet.impact/1`)."""

from __future__ import annotations

import json
from dataclasses import asdict

from licet.services.impact.model import ImpactAnswer


def as_json(answer: ImpactAnswer) -> str:
    """The whole answer."""
    return json.dumps(asdict(answer), ensure_ascii=False, indent=2) + "\n"
