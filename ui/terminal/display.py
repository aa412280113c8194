"""Whether a window can be opened here, and in words what is missing where it cannot."""

import os
import sys
from pathlib import Path

_EVERYWHERE = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
_ON_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Shared libraries Qt needs on Linux and the Debian package that holds each."""


def missing_display() -> str:
    """One sentence for why no window can open; "" where one can."""
    if not sys.platform.startswith("linux"):
        return ""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if not (platform or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "There is no display here, so no window was opened."
    needed = dict(_EVERYWHERE)
    if not platform.startswith(("offscreen", "minimal", "wayland")):
        needed |= _ON_X11
    missing = [package for library, package in needed.items() if not _loads(library)]
    if missing:
        return f"Qt needs system libraries that are missing; install: {' '.join(missing)}"
    return ""


def _loads(library: str) -> bool:
    """Whether a library is there: looked for where it usually stands, as loading it takes long."""
    usual = ("/usr/lib", "/usr/lib64", f"/usr/lib/{os.uname().machine}-linux-gnu")
    if any(Path(folder, library).exists() for folder in usual):
        return True
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
