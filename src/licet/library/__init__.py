"""Licet from Python: a decision for a case, and answers for a whole table of orders.

    import licet

    desk = licet.open()
    decision = desk.check({"act": "export", "shipment": {"from": "NL", "to": "CN"}}, on="2024-09-07")
    decision.outcome                      # 'unknown'
    answers = desk.batch(orders, "orders.map.yaml")   # a pandas, polars or Arrow table, a DuckDB relation, rows

See docs/library.md.
"""

from licet.library.desk import Desk, open_desk
from licet.library.said import Checked

__all__ = ["Checked", "Desk", "open_desk"]
