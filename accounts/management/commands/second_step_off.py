"""Takes the second step off one account, for somebody who lost their phone and their recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.second_step import take_off


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="don't ask; the address then comes on standard input")

    def handle(self, *, yes: bool, **_: Any) -> None:
        # Asked for, and no argument: arguments stay in the history of the shell and in the list of processes.
        address = input("" if yes else "E-mail address of the account: ").strip()
        person = User.objects.filter(email__iexact=address).first()
        if person is None:
            raise CommandError("No account has that address.")
        if not yes and input("Are you sure that it is they who ask? Type yes: ").strip().lower() != "yes":
            raise CommandError("Nothing was changed.")
        if take_off(person=person):
            self.stdout.write("Done. The password alone signs them in now, and every session of theirs has ended.")
        else:
            self.stdout.write("There was no second step on that account. Every session of theirs has ended.")
