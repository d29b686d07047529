"""What all tests share: one profile for generated cases, and one checker over the law."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from licet.services.check import Checker
from licet.services.home import open_checker

# Derandomised, so that a run finds the same on every machine. LICET_TEST_EFFORT=20 looks further.
settings.register_profile(
    "fixed",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=45,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.load_profile("fixed")


@pytest.fixture(scope="session")
def checker() -> Checker:
    """A checker over the law in this checkout."""
    return open_checker()
