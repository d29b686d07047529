"""The Treasury's lists other than the SDN list, told from the programmes of a row and the directives it names."""

from __future__ import annotations

import re
from collections.abc import Iterable

SDN, SSI = "us.sdn", "us.ssi"
_BY_PROGRAMME = {
    "NS-PLC": "us.ns_plc", "CMIC-EO13959": "us.ns_cmic", "561-Related": "us.capta", "UKRAINE-EO13662": SSI,
}  # fmt: skip
_ONLY_OTHERS = ("NS-PLC", "CMIC-EO13959")  # programmes that no row of the SDN list has alone
_DIRECTIVE = re.compile(r"EO 14024 Directive (\d)")
_MENU = re.compile(r"Section 235 Information|Executive Order 14059 information")
_BY_DIRECTIVE = {"2": "us.capta"}  # correspondent accounts; the others forbid named dealings


def is_others(programmes: Iterable[tuple[str, ...]]) -> bool:
    """Whether a file with these programmes is the consolidated one, not the SDN list."""
    return any(len(of_row) == 1 and of_row[0] in _ONLY_OTHERS for of_row in programmes)


def others(programmes: Iterable[str], remarks: str) -> tuple[str, ...]:
    """The lists a row stands on; a row without a sign of any is one of the menu-based list."""
    found = [_BY_PROGRAMME[one] for one in programmes if one in _BY_PROGRAMME]
    found += [_BY_DIRECTIVE.get(match[1], "us.ns_mbs") for match in _DIRECTIVE.finditer(remarks)]
    found += ["us.ns_mbs"] if _MENU.search(remarks) else []
    return tuple(dict.fromkeys(found)) or ("us.ns_mbs",)
