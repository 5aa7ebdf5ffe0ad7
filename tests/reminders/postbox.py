"""A real SMTP server for tests: it notes each mail it takes, and can be slow, refuse, or count what hangs on it."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass
class Postbox:
    """What the server does with a mail, and which it has taken, by Message-ID."""

    delay: float = 0.0
    replies: list[str] = field(default_factory=list)  # instead of taking the next mails, answer these
    refuse: dict[str, str] = field(default_factory=dict)  # address → answer to RCPT
    mails: list[Message] = field(default_factory=list)
    connections: int = 0
    in_hand: int = 0
    lines: int = 0  # open ones, over which more may still come in

    async def handle_EHLO(self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: Any) -> Any:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        self.in_hand += 1
        try:
            await asyncio.sleep(self.delay)
            if self.replies:
                return self.replies.pop(0)
            self.mails.append(message_from_bytes(envelope.content))
        finally:
            self.in_hand -= 1
        return "250 OK"

    def copies(self) -> Counter[str]:
        """How often each delivery arrived, by its id as it stands in the Message-ID."""
        return Counter(str(mail["Message-ID"]).strip("<>").split("@")[0] for mail in list(self.mails))


class _Line(SMTP):
    """One conversation, counted by the postbox for as long as it is open."""

    def connection_made(self, transport: Any) -> None:
        self.event_handler.lines += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.event_handler.lines -= 1


class _OnAnyPort(Controller):
    def factory(self) -> SMTP:
        return _Line(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        # It was bound to port 0, which means any that is free.
        self.port = int(self.server.sockets[0].getsockname()[1])
        super()._trigger_server()


class PostOffice:
    """Runs a postbox on a free port of this machine."""

    def __init__(self) -> None:
        self.box = Postbox()
        self._controller = _OnAnyPort(self.box, hostname="127.0.0.1", port=0)

    def __enter__(self) -> "PostOffice":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        return int(self._controller.port)
