"""What is kept beside a record and may be erased, by name."""

from __future__ import annotations

INPUTS, LISTS, ANSWER, BY, REASON = ("inputs", "lists", "answer", "by", "reason")
