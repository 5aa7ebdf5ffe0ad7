"""Medications and their days. What a check-in says about a day and what is marked for it never differ."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from plans.models import Medication, MedicationDay
from plans.models.medication import TimeOfDay

# How far back a day can still be marked, as with a check-in.
DAYS_BACK = 2
# What the page looks back on.
DAYS_SHOWN = 7
MOST_MEDICATIONS = 30
State = MedicationDay.State


class TooManyMedications(Refusal):
    """The list has as many rows as it may."""


class DayNotOpen(Refusal):
    """The day lies ahead, or too far back to mark."""


@dataclass(frozen=True)
class Card:
    """One medication as the page shows it: what was said of the day, and how the last 7 days went."""

    medication: Medication
    state: str
    taken: int
    missed: int


@transaction.atomic
def add_medication(
    *, person: User, name: str, now: datetime, times: Sequence[str] = (), prescriber: str = ""
) -> Medication:
    """Write down a medication.

    :param times: values of TimeOfDay, in any order
    :raises TooManyMedications: when there are 30 already
    """
    if Medication.objects.of(person).count() >= MOST_MEDICATIONS:
        raise TooManyMedications(gettext("This list is full. Take something out first."))
    return Medication.objects.create(
        person=person,
        name=name,
        times=in_order_of_day(times),
        prescriber=prescriber,
        since=local_day(person, now),
        created_at=now,
    )


@transaction.atomic
def change_medication(*, medication: Medication, name: str, times: Sequence[str], prescriber: str) -> Medication:
    """Give a medication other words or times; its days stay with it."""
    medication.name, medication.times, medication.prescriber = name, in_order_of_day(times), prescriber
    medication.save(force_update=True)
    return medication


@transaction.atomic
def archive_medication(*, medication: Medication, now: datetime) -> None:
    """Put away what is no longer taken; its days are kept."""
    medication.archived_at = medication.archived_at or now
    medication.save(update_fields=["archived_at"])


@transaction.atomic
def restore_medication(*, medication: Medication) -> None:
    medication.archived_at = None
    medication.save(update_fields=["archived_at"])


@transaction.atomic
def remove_medication(*, medication: Medication) -> None:
    """Delete a medication and its days for good."""
    medication.delete()


@transaction.atomic
def mark_medication(*, medication: Medication, day: date, state: str, now: datetime) -> str:
    """Note that a medication was taken or missed on a day, or take that back; return what the whole day says now.

    Called by recovery alone, which carries the answer over to the day's check-in.

    :param state: a value of MedicationDay.State, or empty for “nothing said”
    :raises DayNotOpen: when the day lies ahead, or more than 2 days back
    """
    today = local_day(medication.person, now)
    if not today - timedelta(days=DAYS_BACK) <= day <= today:
        raise DayNotOpen(gettext("That day can't be marked here. Today, yesterday and the day before are open."))
    if state:
        _mark([medication], day, State(state), source=None)
    else:
        MedicationDay.objects.of(medication.person).filter(medication=medication, day=day).delete()
    return medication_answer(medication.person, day)


def tell_medication(*, person: User, day: date, answer: str, source: uuid.UUID) -> None:
    """Carry what a check-in says of the whole day over to the day's marks.

    “Taken” is about every medication. “Missed” says that one was, not which: a single medication is marked, and where
    everything had been marked as taken before, those marks go, since one of them is wrong. Any other answer takes back
    what the same check-in told before.
    """
    if answer not in State.values:
        MedicationDay.objects.of(person).filter(source=source).delete()
        return
    taking = list(Medication.objects.of(person).in_use().filter(since__lte=day))
    marks = dict(MedicationDay.objects.of(person).filter(day=day).values_list("medication_id", "state"))
    if answer == State.TAKEN or len(taking) == 1:
        # What the person marked the same way themselves stays theirs.
        _mark([each for each in taking if marks.get(each.pk) != answer], day, State(answer), source=source)
    elif State.MISSED not in marks.values() and all(each.pk in marks for each in taking):
        MedicationDay.objects.of(person).filter(day=day).delete()


def medication_answer(person: User, day: date) -> str:
    """Return what the marks say of a whole day: missed if one was, taken if all were, else nothing; two queries."""
    marks = dict(MedicationDay.objects.of(person).filter(day=day).values_list("medication_id", "state"))
    if State.MISSED in marks.values():
        return State.MISSED.value
    # Most people have no mark, and then there is nothing to compare with.
    in_use = Medication.objects.of(person).in_use().values_list("pk", "since") if marks else ()
    taking = {key for key, since in in_use if since <= day or key in marks}
    return State.TAKEN.value if taking and taking <= marks.keys() else ""


def medication_cards(person: User, day: date) -> list[Card]:
    """Return what is taken now, with the day's marks and the 7 days up to it; two queries."""
    marks = MedicationDay.objects.of(person).between(day - timedelta(days=DAYS_SHOWN - 1), day)
    said = {(row.medication_id, row.day): row.state for row in marks}
    return [
        Card(
            medication,
            said.get((medication.pk, day), ""),
            sum(key == medication.pk and state == State.TAKEN for (key, _day), state in said.items()),
            sum(key == medication.pk and state == State.MISSED for (key, _day), state in said.items()),
        )
        for medication in Medication.objects.of(person).in_use().in_order()
    ]


def in_order_of_day(times: Sequence[str]) -> list[str]:
    return [each.value for each in TimeOfDay if each.value in times]


def _mark(taking: list[Medication], day: date, state: State, *, source: uuid.UUID | None) -> None:
    MedicationDay.objects.bulk_create(
        [MedicationDay(person=each.person, medication=each, day=day, state=state, source=source) for each in taking],
        update_conflicts=True,
        unique_fields=["medication", "day"],
        update_fields=["state", "source"],
    )
