"""What this process has done, for whoever watches: sent, how late, ended, failed and why. Never for whom."""

from collections.abc import Sequence
from datetime import datetime

from prometheus_client import Counter, Histogram

from reminders.models import Delivery

SENT = Counter("waylight_reminders_sent", "Messages that a channel has taken", ["channel"])
ENDED = Counter("waylight_reminders_ended", "Messages that were not sent, by how they ended", ["channel", "state"])
FAILED = Counter("waylight_reminders_failures", "Tries that did not get through, by cause", ["channel", "cause"])
LATE = Histogram(
    "waylight_reminders_late_seconds",
    "Seconds between the moment a message is meant for and the moment a channel took it",
    ["channel"],
    buckets=(1, 5, 15, 30, 45, 60, 90, 120, 300, 900, 3600, 21_600),
)


def sent(rows: Sequence[Delivery], now: datetime) -> None:
    channel = rows[0].channel
    SENT.labels(channel).inc(len(rows))
    late = LATE.labels(channel)
    for row in rows:
        late.observe(max(0.0, row.lateness(now).total_seconds()))


def ended(rows: Sequence[Delivery], state: str) -> None:
    ENDED.labels(rows[0].channel, state).inc(len(rows))


def failed(channel: str, cause: str) -> None:
    FAILED.labels(channel, cause).inc()
