"""How the engine is doing, read from the rows, so that it is the same whichever process is asked. Never about whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, QuerySet

from reminders.models import ChannelPause, Delivery, Schedule, Tick

LATELY = timedelta(hours=1)


@dataclass(frozen=True)
class Standing:
    """What waits, and what became of the last hour. Seconds where nothing else is said; None: nothing to measure."""

    tick_age: float | None
    waiting: dict[str, int]  # channel → due now and not held
    held: dict[str, int]  # channel → in a worker's hands
    oldest: float | None  # since the longest waiting one was to be tried
    unplanned: int  # schedules whose next moment has come and is not planned
    ended: dict[tuple[str, str, str], int]  # channel, state, reason
    tries: dict[tuple[str, str], int]  # channel, cause: refusals of rows of the last hour
    late: dict[str, float | None]  # "p50", "p99": from the moment meant to the moment taken
    paused: dict[str, float]  # channel → for how long


def standing(now: datetime) -> Standing:
    """Return how things stand. About ten queries, each over what is due or the last hour, not over all people."""
    state = Delivery.State
    due = Delivery.objects.filter(state=state.DUE, attempt_at__lte=now)
    lately = Delivery.objects.filter(due_at__gt=now - LATELY, due_at__lte=now)
    tick = Tick.objects.values_list("at", flat=True).first()
    oldest = due.aggregate(at=Min("attempt_at"))["at"]
    sent = lately.filter(state=state.SENT).planned()
    return Standing(
        tick_age=(now - tick).total_seconds() if tick else None,
        waiting=_count(due),
        held=_count(Delivery.objects.filter(state=state.LEASED)),
        oldest=(now - oldest).total_seconds() if oldest else None,
        unplanned=Schedule.objects.unplanned(now).count(),
        ended={
            (channel, ended, reason): count
            for channel, ended, reason, count in lately.finished()
            .order_by()
            .values_list("channel", "state", "reason")
            .annotate(count=Count("pk"))
        },
        tries={
            (channel, cause): count
            for channel, cause, count in lately.exclude(trouble="")
            .order_by()
            .values_list("channel", "trouble")
            .annotate(count=Count("pk"))
        },
        late={"p50": _percentile(sent, 50), "p99": _percentile(sent, 99)},
        paused={
            pause.channel: (pause.until - now).total_seconds() for pause in ChannelPause.objects.filter(until__gt=now)
        },
    )


def _count(rows: "QuerySet[Delivery]") -> dict[str, int]:
    return dict(rows.order_by().values_list("channel").annotate(count=Count("pk")))


def _percentile(rows: "QuerySet[Delivery]", percent: int) -> float | None:
    """Return the nearest-rank percentile of how late rows went out, in seconds."""
    count = rows.count()
    if not count:
        return None
    ordered = rows.annotate(late=F("sent_at") - F("due_at")).order_by("late").values_list("late", flat=True)
    late = ordered[min(count - 1, max(0, -(-count * percent // 100) - 1))]
    return max(0.0, late.total_seconds())
