"""A mail server that takes everything and keeps nothing, in a process of its own: as fast as one can be in Python."""

import asyncio
import sys


class Sink(asyncio.Protocol):
    """Answers 250 to everything; a mail ends with a dot on a line of its own."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._buffer, self._in_mail = transport, b"", False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._take_mail() if self._in_mail else self._take_line():
            pass

    def _take_mail(self) -> bool:
        end = self._buffer.find(b"\r\n.\r\n")
        if end < 0:
            return False
        self._buffer, self._in_mail = self._buffer[end + 5 :], False
        self._transport.write(b"250 taken\r\n")
        return True

    def _take_line(self) -> bool:
        line, found, rest = self._buffer.partition(b"\r\n")
        if not found:
            return False
        self._buffer, word = rest, line[:4].upper()
        if word == b"DATA":
            self._in_mail = True
        answers = {b"EHLO": b"250-sink\r\n250 8BITMIME\r\n", b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}
        self._transport.write(answers.get(word, b"250 ok\r\n"))
        if word == b"QUIT":
            self._transport.close()
        return True


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    # Ends with whoever started it, whose end of the pipe closes then.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
