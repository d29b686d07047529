"""The ledger: records, links, signatures, what may be erased, and the databases it lies in."""
