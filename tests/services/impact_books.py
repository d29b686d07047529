"""Small order books for the tests of `licet impact`."""

from __future__ import annotations

from pathlib import Path

QUANTUM = """schema: licet.orders/1
line: order
on: date
value: {column: value, currency: EUR}
constants:
  act: export
  complete: [items, parties, listings, owners, components]
  shipment: {to: CN, to_territory: none, from_territory: none, via: []}
  knowledge: {end_use: none_after_inquiry, diversion: none_after_inquiry, owner: known}
  end_use: {in_country: CN}
  item:
    kind: quantum_computer
    qubits: 40
    cnot_error: 0.00005
    hs: "847150"
    us_controlled_content: 0
    us_technology: no
    eu_annex_i: no
    declared: {eu: none}
  transaction: {us_person: no, us_financial_system: no, eu_business: yes}
  parties:
    - role: [purchaser, ultimate_consignee, end_user]
      name: A university in Hefei
      country: CN
      headquarters: CN
      kind: university
      us_person: no
      eu_person: no
facts:
  shipment.from: from
  shipment.exporter_country: from
  item.origin: from
  item.model: sku
parties:
  - {role: [exporter, manufacturer, seller], name: maker, country: from, headquarters: from, parent_headquarters: from}
"""
LAPTOPS = """schema: licet.orders/1
line: order
on: date
value: {column: value, currency: USD}
constants:
  act: export
  complete: [parties, items, components, listings, owners]
  shipment: {from: US, to: CN, exporter_country: US, to_territory: none, via: []}
  end_use: {in_country: CN}
  knowledge: {end_use: none_after_inquiry, diversion: none_after_inquiry}
  transaction: {us_person: yes, eu_business: no}
  item:
    kind: computer
    declared: {us: 5A992.c}
    chip: other
    hs: "847130"
    origin: CN
    us_technology: yes
    datacenter: no
    components:
      - id: gpu
        kind: integrated_circuit
        chip: other
        rates: [{tops: 343, bits: 8}, {tops: 171.5, bits: 16}]
        die_area_mm2: 379
        non_planar: yes
        datacenter: no
        io_bandwidth_gb_s: 64
  parties:
    - role: [exporter, seller]
      name: A computer maker in the United States
      entity: other
      country: US
      headquarters: US
      parent_headquarters: US
      us_person: yes
      eu_person: no
    - role: [purchaser, ultimate_consignee, end_user]
      name: A shop chain in Guangzhou
      country: CN
      headquarters: CN
      eu_person: no
facts:
  item.model: sku
"""


def quantum(folder: Path, day: str = "2025-03-01") -> Path:
    """Two computers each from France, the Netherlands and Japan."""
    lines = [f"Q-{c}-{n},{day},{c},QC-{n},The maker of {c},{n * 1000}" for c in ("FR", "NL", "JP") for n in (1, 2)]
    return _book(folder / "quantum.csv", "order,date,from,sku,maker,value", lines, QUANTUM)


def laptops(folder: Path) -> Path:
    """The laptop with an RTX 4090 before and after the day of the proposal on density."""
    lines = ["L-1,2026-01-15,laptop,1000", "L-2,2026-02-15,laptop,2000"]
    return _book(folder / "laptops.csv", "order,date,sku,value", lines, LAPTOPS)


def _book(path: Path, head: str, lines: list[str], columns: str) -> Path:
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    Path(f"{path}.map.yaml").write_text(columns, encoding="utf-8")
    return path
