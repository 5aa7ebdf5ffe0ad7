"""What an account can do: say who it is, sign devices out, take a copy of everything, and go for good."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.exceptions import Refusal
from accounts.models import Export, Session, User
from accounts.queue import enqueue

# A finished copy waits a day to be fetched; then it is deleted.
EXPORT_KEPT = timedelta(hours=24)
# A key may be older than its account by the length of one request; a day is far more than that.
KEY_GRACE = timedelta(days=1)
# Rows of this person that workers write meanwhile are found by the next try.
DELETE_ATTEMPTS = 5


# Who never typed the code of their first mail has no account after this; nobody else may hold on to an address.
UNCONFIRMED_KEPT = timedelta(hours=72)
LONGEST_NAME = 60


class OneCopyAtATime(Refusal):
    """A copy is being made, or waits to be fetched."""


def introduce(*, person: User, name: str, country: str) -> None:
    """Keep what the person wants to be called and where they are; empty is an answer too.

    :param country: ISO 3166 alpha-2, for the emergency numbers, or an empty string
    """
    person.called, person.country = name.strip()[:LONGEST_NAME], country
    person.save(update_fields=["called", "country"])


def describe(*, person: User, name: str, country: str, theme: str) -> None:
    """Keep what the person says about themselves; each part may be left empty.

    :param country: ISO 3166 alpha-2, for the emergency numbers, or an empty string
    """
    person.called, person.country, person.theme = name.strip()[:LONGEST_NAME], country, User.Theme(theme)
    person.save(update_fields=["called", "country", "theme"])


def choose_exit(*, person: User, to: str, signs_out: bool) -> None:
    """Keep where Hide leads, and whether it also ends the session."""
    person.hide_to, person.hide_signs_out = User.HideTo(to), signs_out
    person.save(update_fields=["hide_to", "hide_signs_out"])


def reach_step(*, person: User, step: int) -> None:
    """Remember where in the first steps the person is, so that they come back to it."""
    if person.onboarding_step != step:
        person.onboarding_step = step
        person.save(update_fields=["onboarding_step"])


def finish_onboarding(*, person: User, now: datetime) -> None:
    """Note that the first steps are done or skipped; doing them again later changes nothing."""
    if person.onboarded_at is None:
        person.onboarded_at = now
        person.save(update_fields=["onboarded_at"])


def end_session(*, person: User, session_hash: str) -> bool:
    """Sign one of the person's browsers out at once, and return whether there was one."""
    deleted, _by_model = Session.objects.filter(person=person, session_key=session_hash).delete()
    return bool(deleted)


def end_sessions(*, person: User, but: str = "") -> int:
    """Sign all of the person's browsers out at once, except the one with this hash; return how many."""
    deleted, _by_model = Session.objects.filter(person=person).exclude(session_key=but).delete()
    return deleted


def drop_idle_sessions(*, now: datetime) -> int:
    """Delete the sessions that lay idle for too long, and return how many there were."""
    deleted, _by_model = Session.objects.filter(expire_date__lt=now).delete()
    return deleted


def drop_unconfirmed(*, now: datetime) -> int:
    """Delete accounts whose address was never confirmed within three days, and return how many there were."""
    stale = User.objects.filter(
        agreed_at__lt=now - UNCONFIRMED_KEPT, last_login=None, is_superuser=False, emailaddress__verified=False
    ).exclude(emailaddress__verified=True)
    people = list(stale.distinct())
    for person in people:
        delete_account(person=person)
    return len(people)


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
    """Delete the account, everything it owns and its key, now; an account that is gone already stays gone.

    The key goes last, once the rest is gone for certain: a crash between the two leaves a key that opens nothing, which
    `sweep_keys` removes.
    """
    person_id = person.pk
    for attempt in range(1, DELETE_ATTEMPTS + 1):
        try:
            with transaction.atomic():
                # None where a second tap of the button came first.
                if account := User.objects.filter(pk=person_id).first():
                    account.delete()
                transaction.on_commit(lambda: keys.destroy(person_id), robust=True)
        except IntegrityError:
            # A worker wrote a row of this person, such as a planned reminder, while theirs were being collected.
            if attempt == DELETE_ATTEMPTS:
                raise
        else:
            return


def sweep_keys(*, now: datetime) -> int:
    """Remove the keys of accounts that are gone and return how many there were."""
    kept = set(User.objects.values_list("pk", flat=True))
    orphans = [person_id for person_id in keys.person_ids(made_before=now - KEY_GRACE) if person_id not in kept]
    for person_id in orphans:
        keys.destroy(person_id)
    return len(orphans)
