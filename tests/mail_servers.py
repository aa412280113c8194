"""Real mail servers for tests: they take mails, refuse what they are told to, ask for passwords."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

PASSWORD = "benar"


class Server:
    """What a server does with a mail; `answer` decides. Sign-ins are counted."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.answer = "250 OK"
        self.port = 0
        self.sign_ins = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  the library's name
        self.mails.append(envelope.content)
        return self.answer

    def authenticate(
        self, _server: Any, _session: Any, _envelope: Any, _way: str, data: Any
    ) -> AuthResult:
        """Take only the one password."""
        self.sign_ins += 1
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)


@contextmanager
def running(*, asks: bool = False) -> Iterator[Server]:
    """A server on a port of its own; `asks` for user and password."""
    handler = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        handler.port = free.getsockname()[1]
    more: dict[str, Any] = {}
    if asks:
        more = {"authenticator": handler.authenticate, "auth_require_tls": False,
                "auth_required": True}  # fmt: skip
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port, **more)
    controller.start()
    yield handler
    controller.stop()
