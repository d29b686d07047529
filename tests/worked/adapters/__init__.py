"""One adapter for each kind of worked case: from its own facts to Licet's answer."""

from __future__ import annotations

from collections.abc import Callable

from ..desk import Desk
from ..load import Worked
from ..said import Said
from . import asian, ccl, chips, european, fabs, goods, ownership, procurement, reach, review, russia, tables

Adapter = Callable[[Desk, Worked], Said]

ADAPTERS: dict[str, Adapter] = {
    "chip": chips.classified,
    "chip to a destination": chips.to_destination,
    "letter to an exporter": chips.letter,
    "processing performance": chips.processing_performance,
    "foundry presumption": chips.foundry_presumption,
    "review of chips": review.chips,
    "declared classification": ccl.declared,
    "blocked by owners": ownership.blocked,
    "owned by a listed firm": ownership.affiliate,
    "us content": reach.us_content,
    "foreign direct product": reach.foreign_direct_product,
    "federal purchase": procurement.federal_purchase,
    "retail sale": procurement.retail_sale,
    "reasonable inquiry": procurement.reasonable_inquiry,
    "rows of a party": tables.rows,
    "rows of a defence list": tables.defence_list,
    "validated end user": tables.validated_end_user,
    "country groups": tables.country_groups,
    "priority list code": tables.priority_code,
    "priority list counts": tables.priority_counts,
    "regime": tables.regime,
    "chinese export": asian.chinese,
    "korean list": asian.korean_list,
    "plant": fabs.plant,
    "back end": fabs.back_end,
    "national list": goods.national_list,
    "quantum threshold": goods.quantum_threshold,
    "japanese paragraph": goods.japanese_paragraph,
    "no-russia clause": european.no_russia_clause,
    "general authorisation": european.general_authorisation,
    "blocked project": russia.blocked_project,
}
