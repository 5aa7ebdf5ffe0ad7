"""Looks at the rows when nobody else does: the broker may be down, and reminders go out all the same.

Each worker has one such thread. While ticks come through the broker it only reads when the last one was.
"""

import logging
import threading
import time
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections

from reminders import dispatch
from reminders.clock import Clock, database_now
from reminders.models import Tick

log = logging.getLogger(__name__)

# A tick may come late by so much of its own distance before it counts as missing.
GRACE = 1.5


def start(every: float) -> threading.Thread:
    """Poll in the background for as long as this process lives, `every` so many seconds."""
    thread = threading.Thread(target=_poll, args=[every], name="reminders poll", daemon=True)
    thread.start()
    return thread


def _poll(every: float) -> None:
    mine: datetime | None = None
    while True:
        time.sleep(every)
        close_old_connections()
        try:
            mine = look(timedelta(seconds=every), mine)
        except DatabaseError as error:
            # It comes back by itself; the next look is soon.
            log.warning("reminders poll: the database is away (%s)", type(error).__name__)
        except Exception:
            # One row that breaks something must not end the poll; its lease keeps it aside.
            log.exception("reminders poll")


def look(every: timedelta, mine: datetime | None = None, clock: Clock = database_now) -> datetime | None:
    """Do the work of a tick and of the workers after it, if no tick has come lately.

    :param mine: when this was last done here, which counts as no tick of anybody else
    :returns: when it was done here last
    """
    now = clock()
    last = Tick.objects.values_list("at", flat=True).first()
    if last and last != mine and now - last < every * GRACE:
        return mine
    for nudge in dispatch.tick(now):
        dispatch.deliver(*nudge, clock=clock)
    return now
