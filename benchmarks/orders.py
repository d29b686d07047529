"""An order book as companies have them: few products sell most, few customers buy most, something is often not known.

`python -m benchmarks.orders LINES OUT.csv [--distinct]` writes the book, and beside it the map of its columns. Products
belong to families, which share kind, codes and figures that vary within a band; customers have a country. In three
lines of ten one thing is left out. With `--distinct` every line (of a million) has a share of US
content of its own.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from benchmarks.names.clean import firms

FIRST, DAYS = date(2023, 8, 1), 1000
PRODUCTS, CUSTOMERS = 5_000, 50_000
UNKNOWN = 0.3  # of the lines
COLUMNS = (
    "order", "date", "from", "to", "sku", "kind", "us", "eu", "jp", "nl", "de", "origin", "content", "tpp", "density",
    "annex", "datacenter", "hs", "customer", "country", "military", "fab", "value",
)  # fmt: skip
# Kind, codes (US, EU), what the band of processing performance is, tariff code, how much of the book it is.
FAMILIES = (
    ("integrated_circuit", "", "none", (50, 900), "854231", 10),
    ("integrated_circuit", "", "none", (1600, 4000), "854231", 6),
    ("integrated_circuit", "", "none", (4800, 16000), "854231", 3),
    ("integrated_circuit", "3A991.a", "none", None, "854231", 14),
    ("integrated_circuit", "EAR99", "none", None, "854232", 14),
    ("computer", "4A994.b", "none", None, "847150", 8),
    ("computer", "5A992.c", "none", None, "847130", 10),
    ("camera", "EAR99", "none", None, "852589", 8),
    ("machine_tool", "2B001.b", "2B001.b", None, "845710", 2),
    ("machine_tool", "EAR99", "none", None, "845811", 6),
    ("compressor", "EAR99", "none", None, "841480", 7),
    ("software", "5D992.c", "none", None, "852349", 6),
    ("spare_part", "EAR99", "none", None, "848790", 6),
)
COUNTRIES = {
    "DE": 14, "US": 10, "CN": 16, "JP": 7, "KR": 6, "TW": 6, "SG": 4, "MY": 3, "VN": 3, "IN": 6, "GB": 5, "FR": 5,
    "NL": 4, "MX": 3, "TR": 3, "AE": 3, "RU": 1, "KZ": 1, "IL": 2, "BR": 2,
}  # fmt: skip
MAP = """schema: licet.orders/1
line: order
on: date
value: {column: value, currency: EUR}
constants:
  act: export
  complete: [items, parties, listings, owners, components]
  shipment: {to_territory: none, from_territory: none, via: []}
  knowledge: {end_use: known, diversion: none_after_inquiry, owner: known, node: known}
  end_use: {wmd: no, supercomputer: no, sme_development: no, arms_parts: no, repression: no, cn_risk: [none]}
  item: {cyber_surveillance: no, us_technology: no, infrared_detector_technology: no, cryptography: none}
  transaction: {us_person: no, us_financial_system: no, eu_business: yes, kr_exempt: none}
  parties:
    - role: [exporter, seller, manufacturer]
      name: The firm
      country: DE
      headquarters: DE
      parent_headquarters: DE
      us_person: no
facts:
  shipment.from: from
  shipment.to: to
  shipment.exporter_country: from
  item.model: sku
  item.kind: kind
  item.declared.us: us
  item.declared.eu: eu
  item.declared.jp: jp
  item.nl_lists: nl
  item.eu_annex_i: annex
  item.declared.de: de
  item.origin: origin
  item.us_controlled_content: content
  item.tpp: tpp
  item.performance_density: density
  item.datacenter: datacenter
  item.hs: hs
  end_use.military: military
  end_use.chip_fab: fab
  end_use.in_country: to
parties:
  - role: [purchaser, ultimate_consignee, end_user]
    name: customer
    country: country
    headquarters: country
    parent_headquarters: country
"""


def rows(count: int, distinct: bool, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """The lines of a book."""
    chance = random.Random(seed)
    products = [_product(chance, number) for number in range(PRODUCTS)]
    weights = list(accumulate(1 / (rank + 1) ** 0.8 for rank in range(PRODUCTS)))
    names = chance.choices([*COUNTRIES], [*COUNTRIES.values()], k=CUSTOMERS)
    called: dict[int, str] = {}
    buys = list(accumulate(1 / (rank + 1) ** 0.7 for rank in range(CUSTOMERS)))
    for number in range(count):
        product = dict(chance.choices(products, cum_weights=weights)[0])
        (customer,) = chance.choices(range(CUSTOMERS), cum_weights=buys)
        country = names[customer]
        product["military"], product["fab"] = "no", "no"
        if chance.random() < UNKNOWN:
            product[chance.choice(("us", "density", "datacenter", "hs", "military", "fab", "origin"))] = ""
        if distinct:
            product["content"] = f"{number % 1_000_000 / 10_000:.4f}"  # per cent: as exact as the law has it
        product |= {
            "order": f"O-{number:08d}",
            "date": (FIRST + timedelta(days=chance.randrange(DAYS))).isoformat(),
            "from": chance.choices(("DE", "NL", "US"), (7, 2, 1))[0],
            "to": country,
            "customer": called.get(customer) or called.setdefault(customer, _called(seed, customer, country)),
            "country": country,
            "value": str(chance.randint(50, 200_000)),
        }
        yield tuple(product[column] for column in COLUMNS)


def _called(seed: int, customer: int, country: str) -> str:
    """What a customer is called: as firms of its country are, where their pattern is known."""
    chance = random.Random(f"{seed} {customer}")
    styles = {"CN": ("chinese",), "RU": ("russian",), "KZ": ("russian",), "DE": ("german",), "JP": ("japanese",)}
    some = [each for each in firms() if each.style in styles.get(country, ()) or country not in styles]
    return chance.choices(some, [each.share for each in some])[0].draw(chance)


def _product(chance: random.Random, number: int) -> dict[str, str]:
    kind, us, eu, band, hs, _ = chance.choices(FAMILIES, [family[-1] for family in FAMILIES])[0]
    made = dict.fromkeys(COLUMNS, "")
    made |= {"sku": f"P-{number:05d}", "kind": kind, "us": us, "eu": eu, "jp": "n/a", "nl": "none", "de": "none"}
    made |= {"hs": hs, "annex": "no" if eu == "none" else "yes", "content": "0"}
    made["origin"] = chance.choice(("DE", "DE", "TW", "US", "CN", "JP"))
    if band is not None:
        tpp = chance.randint(*band)
        made |= {"tpp": str(tpp), "density": f"{tpp / chance.randint(300, 900):.2f}"}
        made |= {"datacenter": chance.choice(("yes", "no"))}
    return made


def main(count: int, out: Path, distinct: bool) -> None:
    """Write a book and its map."""
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows(count, distinct))
    Path(f"{out}.map.yaml").write_text(MAP, encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), "--distinct" in sys.argv[3:])
