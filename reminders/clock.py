"""The one clock that all workers share: the database's."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection

Clock = Callable[[], datetime]


def database_now() -> datetime:
    """Return the database's time, in UTC, whatever the machines think."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')" if sqlite else "SELECT clock_timestamp()")
        value = cursor.fetchone()[0]
    return datetime.fromisoformat(f"{value}+00:00") if sqlite else value
