"""Adds believable people to look around with: alice, maya, bob and his clients, dana, erin, admin (@example.org)."""

from argparse import ArgumentParser
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.management.demo.build import build_all

PASSWORD = "waylight-demo"  # noqa: S105  # printed in the README; these accounts hold nothing real


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--password", default=PASSWORD, help=f"the password of all of them ({PASSWORD})")
        parser.add_argument("--today", type=date.fromisoformat, help="tell their days as if this were today")
        parser.add_argument("--force", action="store_true", help="also outside ./dev run --demo")

    def handle(self, *, password: str, today: date | None, force: bool, **_: Any) -> None:
        if not force:
            where = "the folder of ./dev run" if settings.EMBEDDED else "this database"
            raise CommandError(
                f"This adds people whose password is public to {where}. If nobody real uses it, run it with --force."
            )
        # Noon in the middle of the Atlantic: the same date everywhere the story plays.
        self.stdout.write("Making demo people and their days, which takes up to a minute the first time.")
        self.stdout.flush()
        now = datetime.combine(today, time(14), tzinfo=UTC) if today else timezone.now()
        made = build_all(password=password, now=now)
        if made:
            self.stdout.write(f"Made {made} demo people. Sign in as alice@example.org with {password}.")
