"""`python -m benchmarks.names.cold LIST FOLDER`: seconds to read a list and to open its index, and peak megabytes."""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.names.lists import read
from licet.parties.match.hit import Query
from licet.parties.match.kept import open_index


def main() -> None:
    """Open the index in FOLDER, building it where it is not there, ask one name, print."""
    path, folder = map(Path, sys.argv[1:3])
    start = perf_counter()
    entries = read(path)
    loaded = perf_counter()
    index = open_index(entries, [path.name], folder)
    opened = perf_counter()
    index.search(Query("Harbin Institute of Technology"))
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    print(loaded - start, opened - loaded, size)


if __name__ == "__main__":
    main()
