"""Changes the master key that wraps the key of each person; Waylight may go on serving meanwhile."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.keys import new_master_key
from config.rotation import SETTLE, rewrap_from_environment, rotate_file


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--print", action="store_true", help="only make a key, for MASTER_KEY, and print it")
        parser.add_argument("--settle", type=float, default=SETTLE, help="seconds to let running requests finish")

    def handle(self, *, settle: float, **options: Any) -> None:
        if options["print"]:
            self.stdout.write(new_master_key())
            return
        if settings.MASTER_KEYS:
            done = rewrap_from_environment()
            self.stdout.write(f"{done} keys wrapped anew. Take the old key out of MASTER_KEY now, and restart.")
            return
        path = settings.MASTER_KEY_FILE
        done = rotate_file(path, timezone.now().date(), settle)
        self.stdout.write(
            f"{done} keys wrapped anew under a new key in {path}. The old one is in {path}.retired: "
            "delete that file once no backup from before today is kept."
        )
