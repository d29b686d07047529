"""The short form a case begins with; its fields have the names of the facts they say."""

from __future__ import annotations

from typing import Any

from licet.services.interview_paths import put
from licet.web.answered import rows
from licet.web.forms import Form

# The roles a party may be given at once, the usual ones together.
ROLES = (
    "purchaser+ultimate_consignee+end_user", "exporter+seller", "exporter", "seller", "purchaser",
    "ultimate_consignee", "end_user", "intermediate_consignee", "manufacturer", "forwarder", "broker", "bank",
    "carrier", "agency", "service_provider",
)  # fmt: skip
PARTIES = 3
_FIELDS = ("case", "on", "act", "shipment.from", "shipment.to", "shipment.exporter_country")
_LISTS = ("items", "parties")


def beginning(form: Form) -> dict[str, Any]:
    """What the form says, as a case; empty fields say nothing."""
    said: dict[str, Any] = {}
    for name in _FIELDS:
        if form.one(name):
            put(said, name, form.one(name))
    items = [row for row in rows(form, "items") if row]
    parties = rows(form, "parties")
    for party in parties:
        if "role" in party:
            party["role"] = party["role"].split("+")
    parties = [party for party in parties if "name" in party or "country" in party]
    said |= {of: members for of, members in (("items", items), ("parties", parties)) if members}
    closed = [of for of in _LISTS if form.one(f"complete.{of}")]
    return said | ({"complete": closed} if closed else {})
