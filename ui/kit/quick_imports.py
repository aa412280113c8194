"""Makes imports quick again where PySide6 slows them; imported before anything else of ours.

PySide6 compiles the modules of its own that stand packed in its library anew at every start: that
takes a quarter of the time to a bare window. They are kept compiled here, beside the compiled
modules of this program and under the same rules. The one that writes stubs for type checkers is
filled only if somebody asks for what it holds.

It also wraps every import and reads the source of each imported module, looking for its own name,
to prepare optional spellings of its methods. Nobody here uses those, and reading the sources costs
half of the time to the first window, 10 MB, and seconds when a large library loads beside a busy
window. Where a later PySide6 no longer does so, nothing happens.
"""

import builtins
import importlib.util
import marshal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_PACKED = ("shibokensupport/", "signature_bootstrap.py")

_STUBS = "shibokensupport/signature/lib/pyi_generator.py"
_LATE = "def __getattr__(name):\n    from ui.kit import quick_imports as quick\n"
_LATE += "    return quick.fill(globals(), name)\n"

_Kept = dict[str, tuple[bytes, Any]]
"""By the packed module's name the hash of its source, and its code."""


def _place() -> Path:
    return Path(importlib.util.cache_from_source(str(Path(__file__).with_name("packed.py"))))


def _read(path: Path) -> _Kept:
    with suppress(OSError, ValueError, EOFError, TypeError):
        kept = marshal.loads(path.read_bytes())  # noqa: S302 - as trusted as compiled modules
        return kept if isinstance(kept, dict) else {}
    return {}


def _write(path: Path, kept: _Kept) -> None:
    if sys.dont_write_bytecode:
        return
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{len(kept)}-{id(kept)}")
        part.write_bytes(marshal.dumps(kept))
        part.replace(path)


_waiting: list[Any] = []


def _late(code: Any, usual: Any) -> Any:
    _waiting[:] = [code]
    return usual(_LATE, _STUBS, "exec")


def fill(names: dict[str, Any], name: str) -> Any:
    """Run the module that was left out, and answer what was asked of it."""
    if name.startswith("__") or not _waiting:
        raise AttributeError(name)
    exec(_waiting.pop(), names)  # noqa: S102 - the module's own code, a little later
    return names[name]


@contextmanager
def compiled_once() -> Iterator[None]:
    """Within this, packed modules are compiled only if they are not known yet."""
    usual, path = builtins.compile, _place()
    kept = _read(path)
    before = len(kept)

    def compile_once(source: Any, filename: Any, mode: str, *more: Any, **named: Any) -> Any:
        if not (isinstance(filename, str) and filename.startswith(_PACKED)):
            return usual(source, filename, mode, *more, **named)
        text = source.encode() if isinstance(source, str) else bytes(source)
        mark = importlib.util.source_hash(text)
        known = kept.get(filename)
        if known is None or known[0] != mark:
            nonlocal before
            before = -1
            kept[filename] = known = (mark, usual(source, filename, mode, *more, **named))
        return _late(known[1], usual) if filename == _STUBS else known[1]

    builtins.compile = compile_once
    try:
        yield
    finally:
        builtins.compile = usual
    if before != len(kept):
        _write(path, kept)


def _uses_other_spellings(_module: object) -> bool:
    return False


def install() -> bool:
    """Answer the question PySide6 asks of each module; True where it asks."""
    with compiled_once():
        from PySide6 import QtCore
    assert QtCore  # noqa: S101 - loads what is changed below
    feature = sys.modules.get("shibokensupport.feature")
    if feature is None or not hasattr(feature, "_mod_uses_pyside"):
        return False
    vars(feature)["_mod_uses_pyside"] = _uses_other_spellings
    return True


install()
