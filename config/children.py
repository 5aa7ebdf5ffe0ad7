"""Child processes that live and die together: one that ends takes the others along, and none outlives its parent."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from typing import Self

from django.conf import settings

PR_SET_PDEATHSIG = 1  # from linux/prctl.h
LOOK_EVERY = 0.2  # seconds
GRACE = 15  # seconds a child has to finish what it is doing


class Children:
    """Starts programs, watches them, and ends them all when the block is left."""

    def __init__(self, env: dict[str, str], stop: threading.Event) -> None:
        self.code = 0
        self._env, self._stop = env, stop
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def start(self, name: str, words: list[str]) -> None:
        # A session of its own, so that Ctrl-C reaches the parent alone, which then stops them in good order.
        self._running[name] = subprocess.Popen(
            words,
            cwd=settings.BASE_DIR,
            env=self._env,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent(os.getpid()),  # no thread is running yet
        )

    def wait_for(self, host: str, port: int, seconds: float) -> bool:
        """Return whether the web server answered in time; False too when one ended or the end was asked for."""
        last = time.monotonic() + seconds
        while time.monotonic() < last and not self._stop.is_set() and not self._ended():
            if _answers(host, port):
                return True
            self._stop.wait(LOOK_EVERY)
        return False

    def watch(self) -> None:
        """Wait until the end is asked for, or until one child ends by itself."""
        while not self._stop.wait(LOOK_EVERY):
            if ended := self._ended():
                sys.stderr.write(f"The {' and the '.join(ended)} ended unasked, so all of Waylight stops.\n")
                self.code = 1
                return

    def end(self) -> None:
        """Ask all to finish, and end with their groups those that do not."""
        for process in self._running.values():
            _signal_group(process, signal.SIGTERM, leader_only=True)
        last = time.monotonic() + GRACE
        for process in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, last - time.monotonic()))
            # What a child left behind, such as beat after a worker that was killed, is in its group.
            _signal_group(process, signal.SIGKILL)
            process.wait()

    def _ended(self) -> list[str]:
        return [name for name, process in self._running.items() if process.poll() is not None]


def _signal_group(process: subprocess.Popen[bytes], sign: signal.Signals, *, leader_only: bool = False) -> None:
    with contextlib.suppress(ProcessLookupError):
        if leader_only:
            process.send_signal(sign)
        else:
            os.killpg(process.pid, sign)


def _end_with_parent(parent: int) -> Callable[[], None] | None:
    """Return what makes Linux end a child when its parent is killed outright; elsewhere nothing."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it was killed between the fork and the line above
            os._exit(1)

    return ask


def _answers(host: str, port: int) -> bool:
    # "Every address" is compared with, not bound: this asks our own web server over loopback.
    connection = HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=2)  # noqa: S104  # compared, and nothing is bound
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True
