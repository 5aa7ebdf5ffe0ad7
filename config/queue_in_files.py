"""The queue of the trial that keeps everything in one folder: Kombu's own, made to stand power cuts.

Kombu opens a message's file before it writes, so a worker can take an empty one, and a process killed in between
leaves one behind. A message that is no JSON ends the worker that takes it. Here a file appears when it is whole.
"""

import fcntl
import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)
_binding = threading.Lock()


class Channel(filesystem.Channel):
    def queue_bind(self, *args: Any, **kwargs: Any) -> None:
        # Kombu notes in memory that a queue is bound, and only then binds it: what another thread sent in between
        # would go nowhere.
        with _binding:
            super().queue_bind(*args, **kwargs)

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]  # as Kombu's own channel differs from its base
        # By the clock on the wall: the one that Kombu takes begins anew with the machine.
        appear(Path(self.data_folder_out) / f"{time.time_ns()}_{uuid4()}.{queue}.msg", dumps(payload))

    def _get(self, queue: str) -> Any:  # type: ignore[override]  # as Kombu's own channel differs from its base
        """Return the next message that can be read.

        :raises queue.Empty: there is none
        """
        while True:
            try:
                return super()._get(queue)
            except json.JSONDecodeError:
                # Out of the queue already. It was a nudge: the next tick asks for the same.
                logger.warning("A message that a power cut had left unreadable was thrown away")

    def get_table(self, exchange: str) -> list[filesystem.exchange_queue_t]:  # type: ignore[override]  # as Kombu's own channel differs from its base
        """Return which queues are bound to this exchange; a table that cannot be read is bound anew."""
        try:
            return [filesystem.exchange_queue_t(*row) for row in loads(self._table(exchange).read_bytes())]
        except (FileNotFoundError, json.JSONDecodeError):
            return []

    def _queue_bind(self, exchange: str, routing_key: str | None, pattern: str | None, queue: str | None) -> None:
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with alone(self.control_folder / "lock"):
            table = self.get_table(exchange)
            if bound not in table:
                appear(self._table(exchange), dumps([bound, *table]))

    def _table(self, exchange: str) -> Path:
        return self.control_folder / f"{exchange}.exchange"


class Transport(filesystem.Transport):
    Channel = Channel


def appear(file: Path, text: str) -> None:
    """Write a file that others see whole or not at all."""
    # The ending keeps it out of every queue until then.
    unfinished = file.with_name(f"{uuid4()}.part")
    unfinished.write_text(text)
    unfinished.replace(file)


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Hold off every other process that asks for the same file."""
    with file.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
