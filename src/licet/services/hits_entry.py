"""What an entry says, as kept with a decision: so that a later edition can be held against it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from licet.parties.entry import Entry

Content = dict[str, Any]
_SHORT = ("kind", "start", "end")


def content(entry: Entry) -> Content:
    """All that the publisher says of the party and its row, whatever the order it is said in.

    Names added from a file of aliases are not the publisher's, and an address of a web page says nothing of the party.
    """
    return {
        "names": sorted(f"{name.text} ({name.kind})" for name in entry.names if name.kind != "added"),
        "kind": entry.kind,
        "countries": sorted(entry.countries),
        "addresses": sorted(entry.addresses),
        "births": sorted(entry.births),
        "identifiers": sorted(f"{number.kind} {number.value}".strip() for number in entry.identifiers),
        "programmes": sorted(entry.programmes),
        "footnotes": sorted(entry.footnotes),
        "scope": entry.scope,
        "policy": entry.policy,
        "start": entry.start.isoformat() if entry.start else "",
        "end": entry.end.isoformat() if entry.end else "",
        "cite": entry.cite,
        "note": entry.note,
    }


def text(found: Content) -> str:
    """Content as one line of JSON, always the same for the same content."""
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(found: Content) -> str:
    """The SHA-256 of content."""
    return hashlib.sha256(text(found).encode("utf-8", "surrogatepass")).hexdigest()


def changes(before: Content, after: Content) -> tuple[str, ...]:
    """What differs, in words: `names: + X (alias)`, `births: - 1972`, `end: nothing is now 2024-01-01`, `scope`."""
    found = []
    for key in after:
        old, new = before.get(key), after[key]
        if old == new:
            continue
        if isinstance(old, list) and isinstance(new, list):
            parts = [f"+ {item}" for item in new if item not in old] + [f"- {item}" for item in old if item not in new]
            found.append(f"{key}: {', '.join(parts)}")
        else:
            found.append(f"{key}: {old or 'nothing'} is now {new or 'nothing'}" if key in _SHORT else key)
    return tuple(found)
