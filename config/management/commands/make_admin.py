"""Makes the first administrator, or gives an account that is there the run of the place."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from secrets import token_urlsafe
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import User
from config.preparing import prepare


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="the e-mail address to sign in with")

    def handle(self, *, address: str, **_: Any) -> None:
        check_address(address)
        if settings.EMBEDDED:
            prepare()
        user = User.objects.filter(email__iexact=address).first()
        if user:
            promote(user)
            self.stdout.write(f"{address} is an administrator now, with the password it had.")
            return
        password, told = ask_for_password()
        create(address, password)
        self.stdout.write(f"{address} is an administrator now.")
        if not told:
            self.stdout.write(f"Password: {password}\nIt is shown this once. Change it after signing in.")


def check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise CommandError(
            f"“{address}” is no e-mail address. Write it like this: ./dev admin you@example.org"
        ) from error


@transaction.atomic
def promote(user: User) -> None:
    user.is_staff = user.is_superuser = user.is_active = True
    user.save(update_fields=["is_staff", "is_superuser", "is_active"])


@transaction.atomic
def create(address: str, password: str) -> User:
    """Make the account with its address taken as verified: whoever sits at the server vouches for it."""
    user = User.objects.create_superuser(address, password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def ask_for_password() -> tuple[str, bool]:
    """Return a password and whether the reader chose it; without a terminal, one is made."""
    if not sys.stdin.isatty():
        return token_urlsafe(12), False
    password = getpass("Password (empty: one is made for you): ")
    if not password:
        return token_urlsafe(12), False
    try:
        validate_password(password)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password, True
