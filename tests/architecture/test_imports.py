"""The import contracts of pyproject.toml hold."""

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_imports_run_downwards() -> None:
    assert lint_imports() == EXIT_STATUS_SUCCESS
