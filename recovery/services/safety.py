"""What is written down about a safety screen. Showing it never waits for this, and nobody is told by it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from recovery.models import SafetyEvent


@transaction.atomic
def open_safety(*, person: User, screen: UUID, source: str, now: datetime) -> SafetyEvent:
    """Note that a screen was shown; showing it again adds nothing."""
    event, _made = SafetyEvent.objects.get_or_create(
        person=person,
        screen=screen,
        kind=SafetyEvent.Kind.SHOWN,
        defaults={"source": source, "country": person.country, "at": now},
    )
    return event


@transaction.atomic
def note_safety_tap(*, shown: SafetyEvent, tapped: str, now: datetime) -> SafetyEvent:
    """Note which way out somebody took, such as `call-988`."""
    return _add(shown, SafetyEvent.Kind.TAPPED, now, tapped=tapped)


@transaction.atomic
def answer_safety(*, shown: SafetyEvent, answer: str, now: datetime) -> SafetyEvent:
    """Keep the answer to the one question on the screen; a second answer stands beside the first."""
    return _add(shown, SafetyEvent.Kind.ANSWERED, now, answer=answer)


@transaction.atomic
def acknowledge_safety(*, shown: SafetyEvent, by: User, now: datetime) -> SafetyEvent:
    """Note that somebody has read it and goes on: the person, or whoever they let in."""
    return _add(shown, SafetyEvent.Kind.ACKNOWLEDGED, now, acknowledged_by=by.pk)


def _add(shown: SafetyEvent, kind: str, now: datetime, **what: object) -> SafetyEvent:
    return SafetyEvent.objects.create(
        person_id=shown.person_id,
        screen=shown.screen,
        source=shown.source,
        country=shown.country,
        kind=kind,
        at=now,
        **what,
    )
