"""Reminders due at one minute: how fast rows are claimed, decided and marked, and mails sent, beside bare loops.

WAYLIGHT_BENCH_PEOPLE and WAYLIGHT_BENCH_DUE set the size; the figures say which it was.
"""

import os
import resource
import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from accounts.models import User
from reminders import dispatch, planning
from reminders.clock import database_now
from reminders.models import SHARDS, Channel, Delivery, Schedule, shard_of
from tests.load.bench import Bench
from tests.load.servers import ROOT

PEOPLE = int(os.environ.get("WAYLIGHT_BENCH_PEOPLE", "20000"))
DUE = int(os.environ.get("WAYLIGHT_BENCH_DUE", "5000"))
MAILS = 500
MADE_AT_ONCE = 5000
ALL = list(range(SHARDS))

# Made in the database itself, since a million objects would take minutes. Times spread over the day to come.
_ADDRESSES = """
INSERT INTO account_emailaddress (user_id, email, verified, "primary")
SELECT id, email, true, true FROM accounts_user u
WHERE email LIKE 'bench%%' AND NOT EXISTS (SELECT 1 FROM account_emailaddress a WHERE a.user_id = u.id)
"""
_SCHEDULES = """
INSERT INTO reminders_schedule (id, created_at, person_id, kind, local_time, more_times, days, is_active, soft_bounces,
  channel, says_more, asks_again, next_on, next_slot, next_at)
SELECT gen_random_uuid(), now(), id, 'check-in', '12:00', '[]', 127, true, 0, 'inbox', false, false,
  (now() + interval '1 day')::date, 0, now() + interval '1 day' + random() * interval '1 day'
FROM accounts_user u WHERE email LIKE 'bench%%'
  AND NOT EXISTS (SELECT 1 FROM reminders_schedule s WHERE s.person_id = u.id)
"""
_CLAIM = """
UPDATE reminders_delivery SET state = 'leased', lease = gen_random_uuid(), leased_until = now() + interval '2 minutes'
WHERE id IN (SELECT id FROM reminders_delivery WHERE state = 'due' AND attempt_at <= now() AND channel = 'inbox'
  ORDER BY due_at DESC LIMIT 1000 FOR UPDATE SKIP LOCKED) RETURNING id, person_id, schedule_id
"""


def measure(bench: Bench) -> dict[str, Any]:
    """Return rates a second, and milliseconds of a tick with nothing due at a growing number of people."""
    figures: dict[str, Any] = {"people": PEOPLE, "due": DUE, "mails": MAILS, "idle": {}}
    sizes = sorted({PEOPLE // 100, PEOPLE // 10, PEOPLE})
    made = 0
    for size in sizes:
        _seed(made + 1, size)
        made = size
        figures["idle"][size] = _median_ms(lambda: dispatch.tick(database_now()))
    before = _memory()
    figures["plan"] = _plan()
    figures["claim"] = _claim()
    _make_due(DUE, Channel.INBOX)
    figures["batches"] = DUE / _seconds(lambda: dispatch.deliver("inbox", ALL))
    assert not Delivery.objects.filter(channel="inbox").exclude(state="sent").exists()
    with _mail_server() as port:
        # The first mail of a process reads every address of the site once; that is not what is measured.
        _make_due(5, Channel.EMAIL)
        dispatch.deliver("email", ALL)
        figures["bare_smtp"] = MAILS / _seconds(lambda: _bare_loop(port, MAILS))
        _make_due(MAILS, Channel.EMAIL)
        figures["smtp"] = MAILS / _seconds(lambda: dispatch.deliver("email", ALL))
    assert Delivery.objects.filter(channel="email", state="sent").count() == MAILS
    figures["memory_mb"] = _memory() - before
    return figures


def describe(figures: dict[str, Any]) -> str:
    batches, smtp = figures["batches"] / figures["claim"], figures["smtp"] / figures["bare_smtp"]
    idle = ", ".join(f"{size:,} people {ms:.1f} ms" for size, ms in figures["idle"].items())
    return "\n".join(
        [
            f"{figures['people']:,} people, {figures['due']:,} due at once, {figures['mails']:,} mails, one process",
            f"  tick with nothing due      {idle} (aim ≤ 20 ms, the same for each)",
            f"  planned                    {figures['plan']:,.0f} a second",
            f"  claimed, bare SQL          {figures['claim']:,.0f} a second",
            f"  claimed, decided, marked   {figures['batches']:,.0f} a second: {batches:.0%} of it (aim 50 %)",
            f"  mails, bare smtplib        {figures['bare_smtp']:,.0f} a second",
            f"  mails, whole way           {figures['smtp']:,.0f} a second: {smtp:.0%} of it (aim 70 %)",
            f"  memory grew by             {figures['memory_mb']:.0f} MB",
        ]
    )


def _seed(first: int, last: int) -> None:
    for begin in range(first, last + 1, MADE_AT_ONCE):
        User.objects.bulk_create(
            User(email=f"bench{number}@example.org", time_zone="America/Chicago")
            for number in range(begin, min(begin + MADE_AT_ONCE, last + 1))
        )
    with connection.cursor() as cursor:
        for sql in (_ADDRESSES, _SCHEDULES):
            cursor.execute(sql, [])
        cursor.execute("ANALYZE")


def _plan() -> float:
    """Make some schedules due within the planner's reach, and time it."""
    now = database_now()
    keys = list(Schedule.objects.order_by("pk").values_list("pk", flat=True)[:DUE])
    Schedule.objects.filter(pk__in=keys).update(next_at=now + timedelta(minutes=2), next_on=now.date())
    took = _seconds(lambda: _plan_all(now))
    assert Delivery.objects.count() == len(keys)
    Delivery.objects.update(due_at=now, attempt_at=now)
    return len(keys) / took


def _plan_all(now: datetime) -> None:
    while planning.plan_some(now):
        pass


def _claim() -> float:
    """The raw limit: nothing but the statement that claims, a thousand at a time."""

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM)
            while cursor.fetchall():
                cursor.execute(_CLAIM)

    count = Delivery.objects.count()
    return count / _seconds(run)


def _make_due(count: int, channel: str) -> None:
    """Make the newest day's rows due now, by one channel, at an hour that the person picked."""
    now = database_now()
    Delivery.objects.all().delete()
    schedules = list(Schedule.objects.select_related("person").order_by("pk")[:count])
    Schedule.objects.filter(pk__in=[each.pk for each in schedules]).update(channel=channel, local_time="23:30")
    Delivery.objects.bulk_create(
        [
            Delivery(
                person_id=each.person_id,
                shard=shard_of(each.person_id),
                schedule=each,
                channel=channel,
                local_date=now.date(),
                due_at=now,
                attempt_at=now,
            )
            for each in schedules
        ],
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reminders_delivery")


@contextmanager
def _mail_server() -> Iterator[int]:
    words = [sys.executable, "-m", "tests.load.sink"]
    server = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdin
    assert server.stdout
    port = int(server.stdout.readline())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    try:
        yield port
    finally:
        server.stdin.close()
        server.wait(timeout=10)


def _bare_loop(port: int, count: int) -> None:
    """The least that sends a mail: one connection, text put together by hand."""
    line = smtplib.SMTP("127.0.0.1", port, local_hostname="localhost")
    for number in range(count):
        text = f"From: a@example.org\r\nTo: p{number}@example.org\r\nSubject: A minute?\r\n\r\n{'x' * 600}\r\n"
        line.sendmail("a@example.org", [f"p{number}@example.org"], text.encode())
    line.quit()


def _seconds(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def _median_ms(deed: Callable[[], object]) -> float:
    return 1000 * statistics.median(_seconds(deed) for _round in range(9))


def _memory() -> float:
    """The most this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
