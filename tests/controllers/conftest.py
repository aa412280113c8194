"""What can be done is tested on both engines."""

import pytest

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))
"""The shared database is left out of the quick check, not of the whole suite."""


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The engine of the test's database."""
    return str(request.param)
