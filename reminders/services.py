"""What can be done to a person's reminders: set, pause, resume, turn off, move along to another time zone."""

import uuid
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Literal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.clock import is_zone, local_day, zone_of
from accounts.exceptions import Refusal
from accounts.models import User
from accounts.queue import enqueue
from reminders import kinds
from reminders.models import ASKED_A_DAY, EVERY_DAY, Delivery, Schedule, Tick
from reminders.occurrences import upcoming

# One message a minute is enough to see whether they arrive.
ASK_AGAIN_AFTER = timedelta(minutes=1)
# A moment this recent may not have been acted on yet.
JUST_NOW = timedelta(minutes=5)
# “Until” further away than this is not a pause any more.
LONGEST_PAUSE = timedelta(days=366)


class NoSuchZone(Refusal):
    """The name is no time zone."""


class NoReminder(Refusal):
    """There is nothing to pause or send: the reminder was never set, or is off."""


class BadPause(Refusal):
    """The pause would end in the past, or not within a year."""


class AskedTooOften(Refusal):
    """“Send me one now” was used a moment ago, or often today."""


def daily_schedule(person: User) -> Schedule | None:
    """Return the person's daily reminder, on or off."""
    return Schedule.objects.of(person).filter(kind=kinds.daily().slug).first()


@transaction.atomic
def set_daily(*, person: User, at: time, now: datetime, days: int = EVERY_DAY) -> Schedule:
    """Remind the person every day at a local time, from the next such moment on.

    Setting it to an earlier time of today means tomorrow; a date that has had its message gets no second one.
    """
    schedule = _locked(person)
    if schedule is None:
        made, _new = Schedule.objects.get_or_create(
            person=person, kind=kinds.daily().slug, defaults={"local_time": at, "days": days}
        )
        schedule = Schedule.objects.select_for_update().get(pk=made.pk)
    schedule.local_time, schedule.days = at.replace(second=0, microsecond=0), days
    schedule.is_active, schedule.bounced_at, schedule.dead_address = True, None, None
    _plan_anew(schedule, person, now)
    return schedule


@transaction.atomic
def change_daily(
    *,
    person: User,
    now: datetime,
    local_time: time | None = None,
    days: int | None = None,
    is_active: bool | None = None,
    resumes_on: date | Literal["unchanged"] | None = "unchanged",
) -> None:
    """Change some of what is set and leave the rest; a time alone turns the reminder on.

    :raises NoReminder: when there is none that is on, and no time to set it to
    :raises BadPause: see :func:`pause`
    """
    if is_active is False:
        turn_off(person=person, now=now)
        return
    schedule = daily_schedule(person)
    is_kept = schedule is not None and (schedule.is_active or is_active)
    at = local_time or (schedule.local_time if schedule and is_kept else None)
    if at is None:
        raise NoReminder(_("Your daily reminder is off. Set a time first."))
    set_daily(person=person, at=at, now=now, days=days or (schedule.days if schedule else EVERY_DAY))
    if resumes_on is None:
        resume(person=person, now=now)
    elif resumes_on != "unchanged":
        pause(person=person, until=resumes_on, now=now)


@transaction.atomic
def pause(*, person: User, until: date, now: datetime) -> Schedule:
    """Say nothing until a local date, and speak again on it.

    :raises NoReminder: when there is none that is on
    :raises BadPause: when the date is not ahead, or more than a year away
    """
    schedule = _locked_and_on(person)
    today = local_day(person, now)
    if not today < until <= today + LONGEST_PAUSE:
        raise BadPause(_("Pick a day from tomorrow on, within a year."))
    schedule.resumes_on = until
    _plan_anew(schedule, person, now)
    return schedule


@transaction.atomic
def resume(*, person: User, now: datetime) -> Schedule:
    """End a pause; the next message comes at the usual time.

    :raises NoReminder: when there is none that is on
    """
    schedule = _locked_and_on(person)
    schedule.resumes_on = None
    _plan_anew(schedule, person, now)
    return schedule


@transaction.atomic
def turn_off(*, person: User, now: datetime) -> None:
    """Send no more daily reminders; doing it twice changes nothing."""
    schedule = _locked(person)
    if schedule:
        _stop(schedule)


@transaction.atomic
def remind_on(
    *, person: User, kind: str, days: Collection[date], at: time, now: datetime, is_wish: bool = True
) -> Schedule:
    """Speak about something other than the daily reminder on local dates, the first of them first.

    It is asked again on their weekdays; whether there is something to say on one is the kind's to know: its `is_done`
    is asked each time.

    :param is_wish: whether the person asks for it now, so that an address that refused the last message is tried again
    """
    Schedule.objects.get_or_create(person=person, kind=kind, defaults={"local_time": at})
    schedule = Schedule.objects.select_for_update().get(person=person, kind=kind)
    schedule.local_time, schedule.resumes_on, schedule.is_active = at, min(days), True
    schedule.days = reduce(or_, (1 << day.weekday() for day in days))
    if is_wish:
        schedule.bounced_at, schedule.dead_address = None, None
    _plan_anew(schedule, person, now)
    return schedule


@transaction.atomic
def stop_kind(*, person: User, kind: str, now: datetime) -> None:
    """Say nothing more of this kind; where it was never set, nothing changes."""
    schedule = Schedule.objects.of(person).select_for_update().filter(kind=kind).first()
    if schedule:
        _stop(schedule)


@transaction.atomic
def turn_off_by_link(*, schedule_id: uuid.UUID) -> None:
    """Send no more of what the message came from; the link itself is the permission, so no sign-in is needed."""
    schedule = Schedule.objects.select_for_update().filter(pk=schedule_id).first()
    if schedule:
        _stop(schedule)


@transaction.atomic
def move_zone(*, person: User, zone: str, now: datetime) -> None:
    """Change the person's time zone and move along everything that has not been sent.

    A local date that has had its message gets no second one; a date whose moment lay ahead and is now past (the person
    went east) gets it at once.

    :raises NoSuchZone: when the name is not known
    """
    if not is_zone(zone):
        raise NoSuchZone(_("We do not know that time zone. Pick one from the list."))
    schedules = list(Schedule.objects.of(person).select_for_update().filter(is_active=True).order_by("pk"))
    owed = [_still_ahead(schedule, zone_of(person), now) for schedule in schedules]
    person.time_zone = zone
    person.save(update_fields=["time_zone"])
    for schedule, owed_from in zip(schedules, owed, strict=True):
        _plan_anew(schedule, person, now, owed_from)


@transaction.atomic
def send_one_now(*, person: User, now: datetime) -> Delivery:
    """Put a message on its way at once, the same way as any other, so that the person can see that it arrives.

    :raises NoReminder: when there is none that is on
    :raises AskedTooOften: when one was asked for within the minute, or three today
    """
    schedule = _locked_and_on(person)
    day = local_day(person, now)
    asked = Delivery.objects.of(person).filter(schedule=schedule, slot__lt=0)
    last = asked.aggregate(at=Max("due_at"))["at"]
    if last and now - last < ASK_AGAIN_AFTER:
        raise AskedTooOften(_("One is on its way. You can ask for another in a minute."))
    count = asked.filter(local_date=day).count()
    if count >= ASKED_A_DAY:
        raise AskedTooOften(_("That was 3 today. You can ask again tomorrow."))
    delivery = Delivery.objects.create(
        person=person, schedule=schedule, local_date=day, slot=-1 - count, due_at=now, attempt_at=now
    )
    enqueue("reminders.deliver", delivery_ids=[str(delivery.pk)])
    return delivery


def next_times(schedule: Schedule, person: User, now: datetime, count: int = 3) -> list[datetime]:
    """Return the instants of the next few messages, as far as anybody can know them now."""
    if not schedule.is_active:
        return []
    first = max(schedule.next_on or local_day(person, now), local_day(person, now))
    times: list[datetime] = []
    for _day, at in upcoming(schedule.local_time, schedule.days, zone_of(person), first):
        times += [at] if at > now else []
        if len(times) == count:
            break
    return times


def last_tick_at() -> datetime | None:
    """Return when the engine last looked for what is due, by the database's clock, or None before the first time."""
    return Tick.objects.values_list("at", flat=True).first()


def _locked(person: User) -> Schedule | None:
    # Whoever changes a schedule holds its row, and so does the planner: neither sees half of what the other does.
    return Schedule.objects.of(person).select_for_update().filter(kind=kinds.daily().slug).first()


def _locked_and_on(person: User) -> Schedule:
    schedule = _locked(person)
    if schedule is None or not schedule.is_active:
        raise NoReminder(_("Your daily reminder is off. Set a time first."))
    return schedule


def _stop(schedule: Schedule) -> None:
    schedule.is_active, schedule.resumes_on, schedule.next_on, schedule.next_at = False, None, None, None
    schedule.save()
    schedule.deliveries.filter(state=Delivery.State.DUE).update(
        state=Delivery.State.SUPPRESSED, reason=Delivery.Reason.OFF
    )


def _plan_anew(schedule: Schedule, person: User, now: datetime, owed_from: date | None = None) -> None:
    """Take back what has not been tried, and find the next occurrence.

    `owed_from`: from this local date on, a moment that is already past was skipped by moving east, not missed.
    """
    today = local_day(person, now)
    planned = schedule.deliveries.planned()
    planned.filter(state=Delivery.State.DUE, attempts=0).delete()
    # Nobody got a message for these, so a new time may still bring one today.
    planned.filter(local_date__gte=today, state__in=[Delivery.State.EXPIRED, Delivery.State.SUPPRESSED]).delete()
    handled = planned.aggregate(last=Max("local_date"))["last"] or date.min
    first = max(owed_from or today, schedule.resumes_on or date.min, handled + timedelta(days=1))
    schedule.next_on, schedule.next_at = _next(schedule, zone_of(person), now, first, owed=owed_from is not None)
    schedule.save()


def _next(
    schedule: Schedule, zone: ZoneInfo, now: datetime, first: date, *, owed: bool
) -> tuple[date, datetime] | tuple[None, None]:
    """Return the next date and instant; a date that is owed and already past comes at once, the newest such."""
    skipped: date | None = None
    for day, at in upcoming(schedule.local_time, schedule.days, zone, first):
        if at <= now:
            skipped = day
        elif owed and skipped:
            return skipped, now
        else:
            return day, at
    return None, None


def _still_ahead(schedule: Schedule, zone: ZoneInfo, now: datetime) -> date | None:
    """Return the first local date whose moment has not come yet, or came just now."""
    today = now.astimezone(zone).date()
    for day, at in upcoming(schedule.local_time, schedule.days, zone, today - timedelta(days=1)):
        if at > now - JUST_NOW:
            return day
    return None
