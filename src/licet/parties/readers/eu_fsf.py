"""What the two forms of the EU's consolidated list of financial sanctions share."""

from __future__ import annotations

LIST = "eu.fsf"
KINDS = {"p": "person", "person": "person", "e": "firm", "enterprise": "firm", "v": "vessel", "vessel": "vessel"}
FULL_NAME = ("FirstName", "MiddleName", "LastName")


def is_weak(strong: str, remark: str) -> bool:
    """Whether the publisher marks a name as one of low quality."""
    return strong.casefold() == "false" or "low quality" in remark.casefold()
