"""Marking a medication: the mark is the plan's, and the day's check-in says the same."""

import uuid
from datetime import date, datetime

from django.db import transaction

from plans import services as plans
from plans.models import Medication, MedicationDay
from recovery.models import CheckIn
from recovery.services.checkins import save_checkin


@transaction.atomic
def mark_medication(*, medication: Medication, day: date, state: str, now: datetime) -> None:
    """Note that a medication was taken or missed on a day; empty takes the mark back.

    A check-in that is kept for the day takes over what the marks say together, as a later answer of the person's.

    :raises DayNotOpen: when the day lies ahead, or more than 2 days back
    """
    person = medication.person
    before = MedicationDay.objects.of(person).filter(medication=medication, day=day)
    gone = before.values_list("state", flat=True).first() if not state else None
    answer = plans.mark_medication(medication=medication, day=day, state=state, now=now)
    kept = CheckIn.objects.of(person).filter(day=day).values_list("medication", flat=True).first()
    if kept and kept == gone and not answer:
        # What the check-in says was this mark's, and no other says it.
        CheckIn.objects.of(person).filter(day=day).update(medication="")
    elif kept is not None and answer and kept != answer:
        save_checkin(
            person=person, day=day, answers={"medication": answer}, submission=uuid.uuid4(), answered_at=now, now=now
        )
