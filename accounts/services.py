"""What an account can do: take a copy of everything, and go for good."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.exceptions import Refusal
from accounts.models import Export, User
from accounts.queue import enqueue

# A finished copy waits a day to be fetched; then it is deleted.
EXPORT_KEPT = timedelta(hours=24)
# A key may be older than its account by the length of one request; a day is far more than that.
KEY_GRACE = timedelta(days=1)


class OneCopyAtATime(Refusal):
    """A copy is being made, or waits to be fetched."""


@transaction.atomic
def ask_for_export(*, person: User) -> Export:
    """Have a worker gather everything the person owns.

    :raises OneCopyAtATime: while an earlier one is being made or waits
    """
    User.objects.select_for_update().get(pk=person.pk)
    if Export.objects.of(person).exists():
        raise OneCopyAtATime(_("Your last copy is still here. Fetch it or throw it away first."))
    export = Export.objects.create(person=person)
    enqueue("config.build_export", export_id=str(export.pk))
    return export


@transaction.atomic
def take_export(*, export: Export) -> str:
    """Return the finished copy and forget it: it can be fetched once."""
    content = str(export.content)
    export.delete()
    return content


def drop_old_exports(*, now: datetime) -> int:
    """Delete copies that nobody fetched within a day, and return how many."""
    deleted, _by_model = Export.objects.filter(created_at__lt=now - EXPORT_KEPT).delete()
    return deleted


def delete_account(*, person: User) -> None:
    """Delete the account, everything it owns and its key, now.

    The key goes last, once the rest is gone for certain: a crash between the two leaves a key that opens nothing, which
    `sweep_keys` removes.
    """
    person_id = person.pk
    with transaction.atomic():
        person.delete()
        transaction.on_commit(lambda: keys.destroy(person_id), robust=True)


def sweep_keys(*, now: datetime) -> int:
    """Remove the keys of accounts that are gone and return how many there were."""
    kept = set(User.objects.values_list("pk", flat=True))
    orphans = [person_id for person_id in keys.person_ids(made_before=now - KEY_GRACE) if person_id not in kept]
    for person_id in orphans:
        keys.destroy(person_id)
    return len(orphans)
