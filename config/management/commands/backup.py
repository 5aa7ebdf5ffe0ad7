"""Writes a backup: FILE with what people keep, and FILE.keys with the wrapped keys to it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config import backups
from config.postgres_tools import ToolFailed


class Command(BaseCommand):
    help = f"{__doc__} The master key is in neither; keep it elsewhere. Waylight may go on serving meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="where to write it; the keys go beside it, under the same name + .keys"
        )

    def handle(self, *, file: Path, **_: Any) -> None:
        try:
            made = backups.make(file, timezone.now())
        except (backups.BackupRefused, ToolFailed) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(
            f"{file} holds {made['people']} accounts; {file}.keys holds the keys to their private text. "
            "Keep the two apart, the keys for a short time only, and the master key somewhere else again."
        )
