"""What can be done to a person's reminders: set, pause, resume, turn off, move along to another time zone."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Literal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.clock import is_zone, local_day, zone_of
from accounts.exceptions import Refusal
from accounts.models import User
from accounts.queue import enqueue
from reminders import channels, dispatch, kinds
from reminders.anew import plan_anew, still_ahead
from reminders.deciding import QUIET_FROM, QUIET_TO
from reminders.models import (
    ASKED_A_DAY,
    EVERY_DAY,
    TIMES_A_DAY,
    Delivery,
    QuietHours,
    Schedule,
    Tick,
    shard_of,
)
from reminders.occurrences import moments

# When nobody has looked for so long, people are told.
STALE = dispatch.STALE
# One message a minute is enough to see whether they arrive.
ASK_AGAIN_AFTER = timedelta(minutes=1)
# “Until” further away than this is not a pause any more.
LONGEST_PAUSE = timedelta(days=366)


class NoSuchZone(Refusal):
    """The name is no time zone."""


class NoReminder(Refusal):
    """There is nothing to pause or send: the reminder was never set, or is off."""


class BadPause(Refusal):
    """The pause would end in the past, or not within a year."""


class BadTimes(Refusal):
    """No time at all, or more in a day than do any good."""


class WayClosed(Refusal):
    """Messages cannot go this way here, or not to this person yet."""


class AskedTooOften(Refusal):
    """“Send me one now” was used a moment ago, or often today."""


def daily_schedule(person: User) -> Schedule | None:
    """Return the person's daily reminder, on or off."""
    return Schedule.objects.of(person).filter(kind=kinds.daily().slug).first()


@transaction.atomic
def set_reminder(
    *,
    person: User,
    kind: str,
    times: Sequence[time],
    now: datetime,
    days: int = EVERY_DAY,
    channel: str | None = None,
    says_more: bool | None = None,
    asks_again: bool | None = None,
) -> Schedule:
    """Remind the person at local times of the day, from the next such moment on; what is left out stays as it is.

    Setting it to an earlier time of today means tomorrow; a time of a date that has had its message gets no second one.

    :raises BadTimes: for no time, or more than 4
    :raises WayClosed: for a channel that is switched off here
    """
    walls = sorted({at.replace(second=0, microsecond=0) for at in times})
    if not 1 <= len(walls) <= TIMES_A_DAY:
        raise BadTimes(_("Pick 1 to 4 times of the day."))
    Schedule.objects.get_or_create(person=person, kind=kind, defaults={"local_time": walls[0], "days": days})
    schedule = Schedule.objects.select_for_update().get(person=person, kind=kind)
    schedule.local_time, schedule.more_times = walls[0], [f"{at:%H:%M}" for at in walls[1:]]
    schedule.days, schedule.is_active = days, True
    schedule.bounced_at, schedule.dead_address, schedule.soft_bounces = None, None, 0
    _choose_way(schedule, channel, says_more)
    if asks_again is not None:
        schedule.asks_again = asks_again
    _hear_again(schedule, person, now)
    plan_anew(schedule, person, now)
    return schedule


def _choose_way(schedule: Schedule, channel: str | None, says_more: bool | None) -> None:
    """Saying more is a choice for one channel: a lock screen is another place than a mailbox."""
    if channel is not None and channel != schedule.channel:
        if channel not in channels.open_slugs():
            raise WayClosed(_("Messages cannot go this way here. Pick another."))
        schedule.channel, schedule.says_more = channel, False
    if says_more is not None:
        schedule.says_more = says_more


def _hear_again(schedule: Schedule, person: User, now: datetime) -> None:
    """Whoever touches a reminder is not silent: it speaks again."""
    schedule.heard_on, schedule.hushed_on = local_day(person, now), None


def set_daily(*, person: User, at: time, now: datetime, days: int = EVERY_DAY) -> Schedule:
    """Remind the person every day at a local time; see :func:`set_reminder`."""
    return set_reminder(person=person, kind=kinds.daily().slug, times=[at], days=days, now=now)


@transaction.atomic
def set_quiet_hours(*, person: User, begins: time, ends: time, now: datetime) -> QuietHours:
    """Say nothing between two local times, over midnight or not; a reminder set to a time in there still speaks.

    :raises BadTimes: when they are the same
    """
    if begins == ends:
        raise BadTimes(_("Pick an end that differs from the beginning."))
    hours, _made = QuietHours.objects.update_or_create(person=person, defaults={"begins": begins, "ends": ends})
    return hours


def quiet_hours(person: User) -> tuple[time, time]:
    """Return when the person wants to hear nothing."""
    hours = QuietHours.objects.of(person).first()
    return (hours.begins, hours.ends) if hours else (QUIET_FROM, QUIET_TO)


@transaction.atomic
def change_reminder(
    *,
    person: User,
    now: datetime,
    kind: str = "",
    times: Sequence[time] | None = None,
    days: int | None = None,
    is_active: bool | None = None,
    resumes_on: date | Literal["unchanged"] | None = "unchanged",
    channel: str | None = None,
    says_more: bool | None = None,
    asks_again: bool | None = None,
) -> None:
    """Change some of what is set and leave the rest; times alone turn the reminder on.

    :param kind: the daily one where none is named
    :raises NoReminder: when there is none that is on, and no time to set it to
    :raises BadPause: see :func:`pause`
    :raises BadTimes: see :func:`set_reminder`
    :raises WayClosed: see :func:`set_reminder`
    """
    if is_active is False:
        stop_kind(person=person, kind=kind or kinds.daily().slug, now=now)
        return
    schedule = _locked(person, kind)
    is_kept = schedule is not None and (schedule.is_active or is_active)
    at = times or (schedule.times if schedule and is_kept else None)
    if at is None:
        raise NoReminder(_("This reminder is off. Set a time first."))
    set_reminder(
        person=person,
        kind=kind or kinds.daily().slug,
        times=at,
        now=now,
        days=days or (schedule.days if schedule else EVERY_DAY),
        channel=channel,
        says_more=says_more,
        asks_again=asks_again,
    )
    if resumes_on is None:
        resume(person=person, now=now, kind=kind)
    elif resumes_on != "unchanged":
        pause(person=person, until=resumes_on, now=now, kind=kind)


@transaction.atomic
def pause(*, person: User, until: date, now: datetime, kind: str = "") -> Schedule:
    """Say nothing until a local date, and speak again on it.

    :param kind: the daily one where none is named
    :raises NoReminder: when there is none that is on
    :raises BadPause: when the date is not ahead, or more than a year away
    """
    schedule = _locked_and_on(person, kind)
    today = local_day(person, now)
    if not today < until <= today + LONGEST_PAUSE:
        raise BadPause(_("Pick a day from tomorrow on, within a year."))
    schedule.resumes_on = until
    plan_anew(schedule, person, now)
    return schedule


@transaction.atomic
def pause_all(*, person: User, until: date, now: datetime) -> None:
    """Pause every reminder that is on; see :func:`pause`.

    :raises NoReminder: when none is on
    :raises BadPause: when the date is not ahead, or more than a year away
    """
    pause(person=person, until=until, now=now)
    others = Schedule.objects.of(person).filter(is_active=True).exclude(kind=kinds.daily().slug)
    for schedule in others.select_for_update().order_by("pk"):
        schedule.resumes_on = max(until, schedule.resumes_on or until)
        plan_anew(schedule, person, now)


@transaction.atomic
def resume_all(*, person: User, now: datetime) -> None:
    """End every pause; the next messages come at their usual times.

    :raises NoReminder: when none is on
    """
    resume(person=person, now=now)
    others = Schedule.objects.of(person).filter(is_active=True, resumes_on__isnull=False)
    for schedule in others.select_for_update().order_by("pk"):
        schedule.resumes_on = None
        _hear_again(schedule, person, now)
        plan_anew(schedule, person, now)


@transaction.atomic
def resume(*, person: User, now: datetime, kind: str = "") -> Schedule:
    """End a pause; the next message comes at the usual time.

    :param kind: the daily one where none is named
    :raises NoReminder: when there is none that is on
    """
    schedule = _locked_and_on(person, kind)
    schedule.resumes_on = None
    _hear_again(schedule, person, now)
    plan_anew(schedule, person, now)
    return schedule


def turn_off(*, person: User, now: datetime) -> None:
    """Send no more daily reminders; doing it twice changes nothing."""
    stop_kind(person=person, kind=kinds.daily().slug, now=now)


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
    schedule.local_time, schedule.more_times = at, []
    schedule.resumes_on, schedule.is_active = min(days), True
    schedule.days = reduce(or_, (1 << day.weekday() for day in days))
    if is_wish:
        schedule.bounced_at, schedule.dead_address = None, None
    plan_anew(schedule, person, now)
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
    owed = [still_ahead(schedule, zone_of(person), now) for schedule in schedules]
    person.time_zone = zone
    person.save(update_fields=["time_zone"])
    for schedule, owed_from in zip(schedules, owed, strict=True):
        plan_anew(schedule, person, now, owed_from)


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
        person=person,
        shard=shard_of(person.pk),
        schedule=schedule,
        channel=schedule.channel,
        local_date=day,
        slot=-1 - count,
        due_at=now,
        attempt_at=now,
    )
    enqueue("reminders.deliver", channel=delivery.channel, shards=[delivery.shard])
    return delivery


def next_times(schedule: Schedule, person: User, now: datetime, count: int = 3) -> list[datetime]:
    """Return the instants of the next few messages, as far as anybody can know them now."""
    if not schedule.is_active:
        return []
    today = local_day(person, now)
    planned = schedule.deliveries.first_calls().filter(state=Delivery.State.DUE, due_at__gt=now).order_by("due_at")
    times = list(planned.values_list("due_at", flat=True)[:count])
    first = (schedule.next_on or today, schedule.next_slot)
    for day, slot, at in moments(schedule.times, schedule.days, zone_of(person), max(first[0], today)):
        if len(times) == count:
            break
        times += [at] if at > now and (day, slot) >= first else []
    return times


def last_tick_at() -> datetime | None:
    """Return when the engine last looked for what is due, by the database's clock, or None before the first time."""
    return Tick.objects.values_list("at", flat=True).first()


def _locked(person: User, kind: str = "") -> Schedule | None:
    # Whoever changes a schedule holds its row, and so does the planner: neither sees half of what the other does.
    return Schedule.objects.of(person).select_for_update().filter(kind=kind or kinds.daily().slug).first()


def _locked_and_on(person: User, kind: str = "") -> Schedule:
    schedule = _locked(person, kind)
    if schedule is None or not schedule.is_active:
        raise NoReminder(_("Your daily reminder is off. Set a time first."))
    return schedule


def _stop(schedule: Schedule) -> None:
    schedule.is_active, schedule.resumes_on, schedule.next_on, schedule.next_at = False, None, None, None
    schedule.save()
    schedule.deliveries.filter(state=Delivery.State.DUE).update(
        state=Delivery.State.SUPPRESSED, reason=Delivery.Reason.OFF
    )
