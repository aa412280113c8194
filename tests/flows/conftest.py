"""A sales day is the same on both engines."""

from tests.controllers.conftest import engine

__all__ = ["engine"]
