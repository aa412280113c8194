"""Everything that writes says what it asks of a person's role."""

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from controllers.core import permitted
from controllers.documents import handover, orders, quotations, revisions
from models.system.kinds import KINDS
from models.values.permissions import PERMISSIONS, RIGHTS, SUBJECTS
from models.values.roles import ROLES
from tests.architecture.sources import PROJECT, modules, parsed, source

TOLD = {
    "ui/terminal/papers.py:use_case": (
        quotations.send, quotations.accept, quotations.decline, quotations.order, quotations.copy,
        orders.cancel, orders.deliver, orders.close,
    ),
    "controllers/documents/handover.py:MAIL[kind]": tuple(handover.MAIL.values()),
    "ui/documents/handing.py:handover.MAIL[kind]": tuple(handover.MAIL.values()),
    "ui/documents/quotation_page.py:getattr(revisions, use_case)": (
        revisions.revise, revisions.take_back,
    ),
    "ui/documents/order_page.py:getattr(orders, verb)": (orders.cancel, orders.close),
}  # fmt: skip
"""Where one line runs several use cases: which these are."""

ADMINISTRATORS = {
    "controllers/system/demo.py:demo_records.make",
    "controllers/system/demo.py:demo_business.day",
    "controllers/system/demo.py:demo_fulfilment.rules",
}
"""What fills a database of its own."""


def _calls() -> Iterator[tuple[str, ast.expr, dict[str, str]]]:
    """Every ``app.write(use case, …)``: the file, the use case, and what the file imports."""
    for path in modules("controllers", "ui"):
        place = path.relative_to(PROJECT).as_posix()
        for node in parsed(path):
            if isinstance(node, ast.Call) and _is_write(node.func):
                yield place, node.args[0], _imported(path)


def _is_write(function: ast.expr) -> bool:
    if not isinstance(function, ast.Attribute) or function.attr != "write":
        return False
    return ast.unparse(function.value).split(".")[-1] in ("app", "copy")


@cache
def _imported(path: Path) -> dict[str, str]:
    module, *inner = parsed(path)
    assert isinstance(module, ast.Module)
    own = path.relative_to(PROJECT).as_posix().removesuffix(".py").replace("/", ".")
    known = {node.name: own for node in module.body if isinstance(node, ast.FunctionDef)}
    for node in inner:
        if isinstance(node, ast.ImportFrom):
            known |= {each.asname or each.name: f"{node.module}:{each.name}" for each in node.names}
    return known


def _use_case(expression: ast.expr, known: dict[str, str]) -> Any:
    """The function an expression names; None where it names none."""
    first, _dot, attribute = ast.unparse(expression).partition(".")
    source = known.get(first, "")
    module, _colon, name = source.partition(":")
    if not module:
        return None
    if not name:
        return getattr(importlib.import_module(module), first)
    try:
        found: Any = importlib.import_module(f"{module}.{name}")
    except ModuleNotFoundError:
        found = getattr(importlib.import_module(module), name)
    return getattr(found, attribute) if attribute else found


def test_every_use_case_that_writes_declares_its_permission() -> None:
    silent = []
    for place, expression, known in _calls():
        name = f"{place}:{ast.unparse(expression)}"
        if place == "controllers/core/app.py" or name in ADMINISTRATORS:
            continue
        use_cases = TOLD.get(name) or (_use_case(expression, known),)
        if not all(each is not None and permitted.is_declared(each) for each in use_cases):
            silent.append(name)
    assert silent == []


def test_declared_permissions_are_in_the_table() -> None:
    for needed in permitted.declared():
        assert needed in PERMISSIONS


def test_the_table_names_every_permission_role_and_kind() -> None:
    assert set(RIGHTS) == set(PERMISSIONS)
    assert {tuple(roles) for roles in RIGHTS.values()} == {tuple(name for name, _label in ROLES)}
    assert set(SUBJECTS) == set(KINDS)


def test_restricted_fields_are_no_columns_of_a_list_at_first() -> None:
    """A list must open for those who may not see them."""
    assert [each.name for kind in KINDS.values() for each in kind.fields
            if each.restricted and (each.listed or each.searchable)] == []  # fmt: skip


ASKS_NOTHING = {"ui/shell/first_run.py"}
"""What works on a database that was made a moment before, by who made it."""


def test_every_part_of_the_window_that_writes_asks_for_the_right_first() -> None:
    """The files beside a use case's call, or the pages of documents, name its permission."""
    silent = []
    for place, expression, known in _calls():
        if not place.startswith("ui/") or place.startswith("ui/terminal/") or place in ASKS_NOTHING:
            continue
        folders = {(PROJECT / place).parent, PROJECT / "ui/documents"}
        beside = "".join(source(path) for folder in folders for path in folder.glob("*.py"))
        use_cases = TOLD.get(f"{place}:{ast.unparse(expression)}") or (
            _use_case(expression, known),
        )
        for needed in (each for use_case in use_cases for each in permitted.told(use_case)):
            asked = f'"{needed}"' if isinstance(needed, str) else "change("
            if needed and asked not in beside:
                silent.append(f"{place}: {needed}")
    assert silent == []
