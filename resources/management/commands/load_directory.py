"""Loads the starter directory; run it as often as you like."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from resources.importing import load
from resources.models import Source

FILE = Path(__file__).resolve().parents[2] / "data" / "directory.json"


class Command(BaseCommand):
    help = "Load the starter directory. What curators have changed stays; a changed number becomes a question to them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=FILE, help="another file of the same shape")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = json.loads(options["file"].read_text(encoding="utf-8"))
            programs, entries = content["programs"], content["entries"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{options['file']} is no directory file: {error}.") from error
        source, _made = Source.objects.get_or_create(
            slug="starter", defaults={"name": "Starter directory", "kind": Source.Kind.FILE, "format": "directory"}
        )
        done = load(source=source, programs=programs, entries=entries, now=timezone.now())
        self.stdout.write(
            f"Directory: {done.added} added, {done.same} the same, {done.changed} changed in the file "
            f"({done.proposals} questions for a curator), {done.missing} no longer in the file."
        )
