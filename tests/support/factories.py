"""Rows of the room for tests; each says only what the test is about."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from accounts.unlocking import acting_for
from support.models import Consent, ConsentScope, Role, Scope


def let_in(
    person: User,
    recipient: User,
    *scopes: Scope,
    role: Role = Role.COUNSELOR,
    since: datetime | None = None,
    **fields: object,
) -> Consent:
    """Make a consent from one to the other, with every scope where none is named."""
    start = since or timezone.now() - timedelta(minutes=5)
    defaults = {
        "recipient_name": recipient.email.split("@")[0].title(),
        "purpose": Consent.Purpose.CARE,
        "starts_at": start,
        "signed_at": start,
        "expires_at": start + timedelta(days=180),
        "signed_text": "What was signed",
        "text_hash": "0" * 64,
    }
    with acting_for(person.pk):
        consent = Consent.objects.create(person=person, recipient=recipient, role=role, **{**defaults, **fields})
        for scope in scopes or Scope:
            ConsentScope.objects.create(person=person, consent=consent, kind=scope)
    return consent
