"""The sources of the program, each read and parsed once for all tests of a process."""

import ast
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@cache
def modules(*layers: str) -> tuple[Path, ...]:
    """The modules of some layers, in order."""
    return tuple(path for each in layers for path in sorted((PROJECT / each).rglob("*.py")))


@cache
def source(path: Path) -> str:
    """The text of a module."""
    return path.read_text("utf-8")


@cache
def parsed(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module, the module itself first."""
    return tuple(ast.walk(ast.parse(source(path))))
