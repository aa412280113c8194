"""The whole command line: importing a module of commands adds them to the group."""

from ui.terminal import (
    billing,
    databases,
    demo,
    exchange,
    fulfilling,
    history,
    papers,
    proposals,
    proposing,
    receiving,
    records,
    reporting,
    revisions,
    stocking,
    timed,
)
from ui.terminal.group import saudagar

__all__ = [
    "billing", "databases", "demo", "exchange", "fulfilling", "history", "papers", "proposals",
    "proposing", "receiving", "records", "reporting", "revisions", "saudagar", "stocking",
    "timed",
]  # fmt: skip
