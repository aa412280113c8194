"""The highest memory this process has had."""

import re
from pathlib import Path


def peak() -> float:
    """Megabytes; Linux only, and unlike `resource` without what the parent process had."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) / 1024
