"""A company with customers, products and prices for tests of the catalogue."""

import pytest

from tests.builders import a_company
from tests.conftest import Contents


@pytest.fixture
def contents() -> Contents:
    return a_company
