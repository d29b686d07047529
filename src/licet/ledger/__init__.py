"""Decisions kept: each chained to the one before and signed, with what may be erased beside the chain."""
