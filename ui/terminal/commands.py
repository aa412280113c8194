"""The whole command line: importing a module of commands adds them to the group."""

from ui.terminal import (
    databases,
    demo,
    exchange,
    history,
    papers,
    records,
    reporting,
    revisions,
    timed,
)
from ui.terminal.group import saudagar

__all__ = ["databases", "demo", "exchange", "history", "papers", "records", "reporting",
           "revisions", "saudagar", "timed"]  # fmt: skip
