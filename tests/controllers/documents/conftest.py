"""A company with customers, products and prices for every test of documents."""

import pytest

from controllers.core.app import App
from tests.builders import a_company


@pytest.fixture
def company(app: App) -> App:
    return a_company(app)
