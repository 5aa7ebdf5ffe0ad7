"""Loads a questionnaire from a FHIR R4 file, or our own monthly review; run it as often as you like."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.exceptions import Refusal
from recovery.instruments import own
from recovery.instruments.questionnaires import NotAsExpected, read
from recovery.services import load_instrument


class Command(BaseCommand):
    help = "Load a questionnaire (FHIR R4 JSON; see docs/measures.md). Without a file: our own monthly review."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a FHIR R4 Questionnaire as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path | None = options["file"]
        try:
            resource = json.loads(file.read_text(encoding="utf-8")) if file else own.resource()
            questionnaire = read(resource)
            _instrument, made = load_instrument(questionnaire=questionnaire, resource=resource, now=timezone.now())
        except (OSError, ValueError, NotAsExpected, Refusal) as error:
            raise CommandError(f"{file or 'Our own review'} was not loaded. {error}") from error
        what = f"{questionnaire.slug} version {questionnaire.version}, {len(questionnaire.questions)} questions"
        self.stdout.write(f"Loaded {what}." if made else f"{what}: was there already, nothing changed.")
