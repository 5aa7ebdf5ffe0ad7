"""Django's own backend; whether a kept connection still stands is seen without asking the server."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Return whether the connection stands, at the start of each request.

        A server that ends a connection says so on it. Where nothing has come, Django's `SELECT 1` would only cost a
        trip; where something has, the trip tells what.
        """
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
        return not waiting.poll(0) or bool(super().is_usable())
