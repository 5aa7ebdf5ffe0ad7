"""Consents: given with a signature, narrowed and taken back with one tap."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import local_day, zone_of
from accounts.exceptions import Refusal
from accounts.models import User
from support.models import Consent, ConsentScope, Invitation, Scope
from support.models.consent import LONGEST
from support.policies import name_on
from support.wording import OFFERED, consent_text, text_hash


class CodeGone(Refusal):
    """The code was used or ran out since it was typed."""


class ConsentChanged(Refusal):
    """What is to be signed is not what was on the screen."""


class EndNotPossible(Refusal):
    """The last day is in the past or too far away."""


@transaction.atomic
def give_consent(
    *,
    person: User,
    invitation_id: UUID,
    scopes: Collection[Scope],
    purpose: str,
    until: date,
    shown_hash: str,
    now: datetime,
) -> Consent:
    """Let the maker of a code in, until the end of a local day. The caller has asked for the password.

    An earlier consent to the same person ends where this one begins.

    :param shown_hash: hash of the text that was on the screen; another text is never signed
    :raises CodeGone: when the code no longer works
    :raises EndNotPossible: when the last day is not within the next two years
    :raises ConsentChanged: when the text has changed in between
    """
    invitation = Invitation.objects.select_for_update().usable(now).filter(pk=invitation_id).first()
    if invitation is None or invitation.person_id == person.pk:
        raise CodeGone(_("This code doesn't work any more. Ask for a new one."))
    if not local_day(person, now) <= until <= local_day(person, now + LONGEST):
        raise EndNotPossible(_("Choose a last day within the next two years."))
    chosen = [scope for scope in OFFERED[invitation.role] if scope in scopes]
    name = name_on(invitation)
    text = consent_text(
        name=name, role=invitation.role, scopes=chosen, purpose=purpose, signed_on=local_day(person, now), until=until
    )
    if text_hash(text) != shown_hash:
        raise ConsentChanged(_("The text has changed since you opened it. Read it again, then sign."))
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    Consent.objects.of(person).open().filter(recipient=invitation.person_id).update(revoked_at=now)
    consent = Consent.objects.create(
        person=person,
        recipient_id=invitation.person_id,
        recipient_name=name,
        role=invitation.role,
        purpose=purpose,
        starts_at=now,
        expires_at=_end_of(person, until),
        signed_at=now,
        signed_text=text,
        text_hash=shown_hash,
    )
    ConsentScope.objects.bulk_create([ConsentScope(person=person, consent=consent, kind=scope) for scope in chosen])
    return consent


@transaction.atomic
def revoke_consent(*, consent: Consent, now: datetime) -> None:
    """Take a consent back. It holds from the commit: every read asks anew."""
    Consent.objects.select_for_update().filter(pk=consent.pk, revoked_at=None).update(revoked_at=now)


@transaction.atomic
def narrow_consent(*, consent: Consent, scope: Scope, now: datetime) -> None:
    """Switch one kind of data off. To open more takes a new consent, signed."""
    Consent.objects.select_for_update().get(pk=consent.pk)  # waits for a page that is being read just now
    ConsentScope.objects.filter(consent=consent, kind=scope, ended_at=None).update(ended_at=now)


def _end_of(person: User, day: date) -> datetime:
    """Return the instant at which the day ends where the person lives."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone_of(person))
