"""The tools, one in each module: the form of its answer, and what gives it."""
