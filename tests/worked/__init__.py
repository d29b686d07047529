"""Worked cases with known answers, put to Licet: each case's own facts become a Licet case, the decision its answer."""
