"""Puts a backup back: FILE, and FILE.keys beside it. Stop web and workers first."""

import base64
import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from accounts import keys
from accounts.models import User
from config import backups
from config.postgres_tools import ToolFailed
from config.preparing import prepare


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the archive that `backup` wrote")
        parser.add_argument("--replace", action="store_true", help="even where there are accounts, which are then gone")

    def handle(self, *, file: Path, replace: bool, **_: Any) -> None:
        try:
            archives = backups.read(file)
            check_master_key(archives["keys"])
            if not replace and (there := people_there()):
                raise CommandError(f"There are {there} accounts here already. To replace them, add --replace.")
            backups.put_back(archives)
        except (backups.BackupRefused, ToolFailed, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error
        prepare()  # a backup of an older version is brought up to this one
        self.stdout.write(
            f"{people_there()} accounts are back, as they were at {archives['default'].manifest['made_at']}."
        )


def people_there() -> int:
    try:
        return User.objects.count()
    except DatabaseError:
        return 0  # an empty database, not migrated yet


def check_master_key(archive: backups.Archive) -> None:
    """Refuse before anything is touched when the master key in force does not open the keys in the backup."""
    probe = archive.manifest["probe"]
    if probe is None:
        return
    try:
        keys.master_keys.unwrap(probe["master"], base64.b64decode(probe["wrapped"]), uuid.UUID(probe["person"]))
    except keys.KeyMissing as error:
        raise CommandError(
            "The master key in use does not open this backup. Put the key in place that was in use when the backup "
            "was made (after rotate_keys it is in the .retired file), then try again."
        ) from error
