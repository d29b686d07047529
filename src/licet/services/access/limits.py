"""How often somebody may ask. Buckets are of one process; sign-ins are counted in the database (`doors`)."""

from __future__ import annotations

import ipaddress
import math
from dataclasses import dataclass
from threading import Lock

from licet.facts.errors import CaseError, Problem

MANY = 10_000  # callers that are remembered at a time


class TooMany(CaseError):
    """Somebody asks too often. `wait` is after how many seconds they may ask again."""

    def __init__(self, message: str, wait: float) -> None:
        self.wait = max(1, math.ceil(wait))
        super().__init__([Problem("E_TOO_MANY", message, hint=f"ask again in {self.wait} seconds")])


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests a second in the long run, and so many at once."""

    each_second: float
    at_once: float


@dataclass(frozen=True, slots=True)
class Limits:
    """How often who may ask: a caller by name, and an address of which nobody knows whose it is."""

    caller: Rate = Rate(300, 600)
    nobody: Rate = Rate(50, 200)


def place(address: str) -> str:
    """From where somebody asks, as it is counted: of IPv6 the network, where a machine has any address it likes."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 4:
        return address
    plain = found.ipv4_mapped
    return str(plain) if plain else str(ipaddress.ip_network((found, 64), strict=False))


class Buckets:
    """A bucket of tokens for each who asks: every request takes one, and they come back at a rate."""

    def __init__(self) -> None:
        self.lock, self.left = Lock(), dict[str, tuple[float, float]]()

    def take(self, who: str, rate: Rate, now: float) -> float:
        """Take a token; 0 where there was one, else the seconds until there is."""
        with self.lock:
            left, at = self.left.get(who, (rate.at_once, now))
            left = min(rate.at_once, left + (now - at) * rate.each_second)
            enough = left >= 1
            self.left[who] = (left - 1 if enough else left, now)
            if len(self.left) > MANY:
                self._forget(rate, now)
        return 0.0 if enough else (1 - left) / rate.each_second

    def _forget(self, rate: Rate, now: float) -> None:
        """Drop those whose bucket is long full; should most be busy, everybody begins anew."""
        full = rate.at_once / rate.each_second
        self.left = {who: kept for who, kept in self.left.items() if now - kept[1] < full}
        if len(self.left) > MANY / 2:
            self.left.clear()
