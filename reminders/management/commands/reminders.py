"""How the reminders are doing, and what an operator can do about them. Says numbers, never for whom."""

import sys
import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reminders import bounces, dispatch
from reminders.clock import database_now
from reminders.watching import standing


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("status", help="what waits, how late, what was refused; exits 1 when nobody is looking")
        replay = deeds.add_parser("replay", help="try again what could not be sent, as far as it is still of use")
        replay.add_argument("--hours", type=int, default=2, help="how far back (2)")
        drain = deeds.add_parser("drain", help="send all that is due from here, without broker or worker")
        drain.add_argument("--seconds", type=int, default=600, help="stop after so long (600)")
        bounce = deeds.add_parser("bounce", help="read a mail that came back on standard input")
        bounce.add_argument("to", help="the address it came back to")

    def handle(self, *, deed: str, **options: Any) -> None:
        getattr(self, f"_{deed}")(**options)

    def _status(self, **_: Any) -> None:
        found = standing(database_now())
        age = "never" if found.tick_age is None else f"{found.tick_age:.0f} s ago"
        self.stdout.write(f"last tick        {age}")
        self.stdout.write(f"due now          {_said(found.waiting)}")
        self.stdout.write(f"being sent       {_said(found.held)}")
        self.stdout.write(f"not planned yet  {found.unplanned}")
        if found.oldest is not None:
            self.stdout.write(f"waiting longest  {found.oldest:.0f} s")
        for name, value in found.late.items():
            if value is not None:
                self.stdout.write(f"late, {name}        {value:.1f} s")
        for (channel, state, reason), count in sorted(found.ended.items()):
            self.stdout.write(f"last hour        {channel} {state} {reason or '-'} {count}")
        for (channel, cause), count in sorted(found.tries.items()):
            self.stdout.write(f"refused          {channel} {cause} {count}")
        for channel, seconds in sorted(found.paused.items()):
            self.stdout.write(f"left alone       {channel} for {seconds:.0f} s")
        if found.tick_age is None or found.tick_age > dispatch.STALE.total_seconds():
            raise CommandError("Nobody is looking for what is due. Start a worker and a beat, or: reminders drain")

    def _replay(self, *, hours: int, **_: Any) -> None:
        if hours < 1:
            raise CommandError("--hours must be 1 or more.")
        count = dispatch.replay(database_now(), timedelta(hours=hours))
        self.stdout.write(f"{count} will be tried again; each is asked first whether it is still of use.")

    def _drain(self, *, seconds: int, **_: Any) -> None:
        until = time.monotonic() + seconds
        while (nudges := dispatch.tick(database_now())) and time.monotonic() < until:
            for nudge in nudges:
                dispatch.deliver(*nudge)
        found = standing(database_now())
        self.stdout.write(f"due now          {_said(found.waiting)}")

    def _bounce(self, *, to: str, **_: Any) -> None:
        done = bounces.came_back(to, sys.stdin.buffer.read(bounces.MOST_BYTES), now=database_now())
        self.stdout.write("noted" if done else "not ours, or too old")


def _said(counts: dict[str, int]) -> str:
    return ", ".join(f"{channel} {count}" for channel, count in sorted(counts.items())) or "nothing"
