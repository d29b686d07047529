"""What is kept beside records takes an eighth of its room when it is packed (Zstandard, RFC 8878).

Hashes are of what is packed, never of how it is: what was kept before there was packing stays as it is.
"""

from __future__ import annotations

import zstandard

MAGIC = zstandard.FRAME_HEADER  # how what is packed begins
SMALL = 200  # bytes, below which nothing is gained
LEVEL = 3
MOST = 1 << 30  # bytes of one part; more is never kept, so whoever claims it has changed it


def pack(data: bytes) -> bytes:
    """Data as it is kept: packed, or as it is where it is small and cannot be taken for something packed."""
    if len(data) < SMALL and not data.startswith(MAGIC):
        return data
    return zstandard.ZstdCompressor(level=LEVEL).compress(data)


def unpack(kept: bytes) -> bytes:
    """The data that is kept in these bytes. What cannot be unpacked is told as it lies: it is not what was kept."""
    if not kept.startswith(MAGIC):
        return kept
    try:
        if not 0 <= zstandard.frame_content_size(kept) <= MOST:
            return kept
        return zstandard.ZstdDecompressor().decompress(kept, allow_extra_data=False)
    except zstandard.ZstdError:
        return kept
