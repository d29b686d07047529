"""All cases of the tests beside the law in both ways: `python -m tests.alike.everything`. Takes about half an hour."""

from __future__ import annotations

import sys
from itertools import islice

from licet.services.home import open_checker
from tests.alike.cases import cases
from tests.alike.same import Compared, Same


def main(size: int = 5_000) -> int:
    """Compare, a batch at a time; how many differ."""
    checker, found = open_checker(), Compared()
    same = Same(checker)
    every = cases(checker.law)
    while some := list(islice(every, size)):
        same.compare(((name, case, day) for _, name, case, day in some), found)
        print(f"{found.cases:,} cases, {found.together:,} decided together, {len(found.differ)} differ", flush=True)
    print("\n".join(found.differ[:20]))
    return 1 if found.differ else 0


if __name__ == "__main__":
    sys.exit(main())
