"""A network between a browser and the site that can be cut, and that loses things on the way."""

import socket
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

# What may happen to a request: it never arrives, its answer is lost, or half of its answer is.
NEVER, LOST, HALF = "never", "lost", "half"
CHUNK = 65_536


class Wire:
    """A port of this machine that leads to the site, until it is cut; then nobody answers there."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._to = (parts.hostname or "localhost", parts.port or 80)
        self._open: set[socket.socket] = set()
        self._mishaps: list[str] = []
        self._about = b""
        self.happened: list[str] = []
        # Seconds before an answer begins, and bytes a second from then on; 0 means as fast as this machine.
        self.delay, self.rate = 0.0, 0
        self._listen(0)
        self.port = self._ear.getsockname()[1]
        self.url = f"http://localhost:{self.port}"

    def cut(self) -> None:
        """Be as a server that was killed: what is open breaks off, and nobody takes what comes."""
        with suppress(OSError):
            self._ear.shutdown(socket.SHUT_RDWR)
        self._ear.close()
        for each in list(self._open):
            self._close(each)

    def mend(self) -> None:
        self._listen(self.port)

    def lose(self, about: str, mishaps: list[str]) -> None:
        """Let these happen to the next requests whose first line holds `about`, one each."""
        self._about, self._mishaps = about.encode(), list(mishaps)

    def _listen(self, port: int) -> None:
        self._ear = socket.create_server(("127.0.0.1", port), reuse_port=True)
        threading.Thread(target=self._take, args=(self._ear,), daemon=True).start()

    def _take(self, ear: socket.socket) -> None:
        while True:
            try:
                near, _address = ear.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self._to)
            except OSError:
                near.close()
                continue
            self._open |= {near, far}
            fate: dict[str, str] = {}
            for source, target, is_answer in ((near, far, False), (far, near, True)):
                threading.Thread(target=self._carry, args=(source, target, is_answer, fate), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, is_answer: bool, fate: dict[str, str]) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                if not is_answer:
                    fate["asked"] = "yes"
                if not is_answer and self._mishaps and self._about in data.split(b"\r\n", 1)[0]:
                    fate["is"] = self._mishaps.pop(0)
                    self.happened.append(fate["is"])
                    if fate["is"] == NEVER:
                        break
                if is_answer and fate.get("is") in {LOST, HALF}:
                    target.sendall(data[:40] if fate["is"] == HALF else b"")
                    break
                if is_answer:
                    self._take_time(len(data), begins=bool(fate.pop("asked", "")))
                target.sendall(data)
        self._close(source)
        self._close(target)

    def _take_time(self, size: int, *, begins: bool) -> None:
        # An answer comes in many pieces, and only the first of them has to be waited for.
        time.sleep((self.delay if begins else 0) + (size / self.rate if self.rate else 0))

    def _close(self, end: socket.socket) -> None:
        self._open.discard(end)
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
