"""Brings the embedded folder up to date before anything starts: both databases, the cache table, the keys."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError

from accounts import keys


def prepare() -> None:
    """Migrate what is kept in the folder and make sure that its key opens it.

    :raises CommandError: when a database cannot be used
    :raises ImproperlyConfigured: when the master key does not fit
    """
    try:
        call_command("migrate", verbosity=0, interactive=False)
        # Keys are all that lies there: walking through every other room's history would take as long again.
        call_command("migrate", "accounts", database="keys", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    except DatabaseError as error:
        raise CommandError(f"The database in {settings.VAR} cannot be used: {error}.") from error
    keys.verify_master_key()
