"""Check that no row of the access log was changed, cut or lost; ends with 1 where one was."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from support import services


class Command(BaseCommand):
    help = "Check the access log of each person against its chain."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = services.verify_chains()
        if broken:
            listed = "\n".join(str(person_id) for person_id in broken)
            raise CommandError(f"The access log about {len(broken)} people does not fit its chain:\n{listed}")
        self.stdout.write("The access log is whole.")
