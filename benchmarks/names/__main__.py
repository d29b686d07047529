"""`python -m benchmarks.names`."""

from __future__ import annotations

from benchmarks.names.report import main

if __name__ == "__main__":
    main()
