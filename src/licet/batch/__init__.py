"""The same law as SQL: a snapshot compiled to layered statements, for many lines at once."""
