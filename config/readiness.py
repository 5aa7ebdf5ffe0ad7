"""Whether all that Waylight needs is there: both databases, the broker, and a beat that ticks."""

from collections.abc import Callable
from datetime import datetime, timedelta

from celery import current_app
from django.db import DatabaseError, connections
from kombu.exceptions import KombuError

# Reminders are looked for each minute; three missed in a row mean that nobody is looking.
STALE = timedelta(minutes=3)
PATIENCE = 2  # seconds to wait for the broker

LastTick = Callable[[], datetime | None]


def database_is_there(alias: str) -> bool:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def broker_is_there(url: str | None = None) -> bool:
    """Return whether the broker answers: the one of the settings, or the one at `url`."""
    try:
        with current_app.connection_for_write(url, connect_timeout=PATIENCE) as connection:
            connection.ensure_connection(max_retries=1, timeout=PATIENCE)
    except (OSError, KombuError):
        return False
    return True


def beat_is_alive(last_tick_at: LastTick, now: datetime) -> bool:
    """Return whether the last tick is fresh; one that never was counts as stale."""
    try:
        last = last_tick_at()
    except DatabaseError:
        return False
    return last is not None and now - last <= STALE


def readiness(now: datetime, last_tick_at: LastTick) -> dict[str, bool]:
    """Return each part and whether it is well; nothing in it helps a stranger."""
    return {
        "database": database_is_there("default"),
        "keys": database_is_there("keys"),
        "broker": broker_is_there(),
        "reminders": beat_is_alive(last_tick_at, now),
    }
