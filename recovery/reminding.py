"""What this room has to say at a chosen time. No sentence here says anything about anybody."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from recovery import counts
from recovery.measured import due_of
from recovery.milestones import mark_days
from recovery.models import Appointment, Cadence, CallTask, CheckIn, Measure, Reflection, SafetyEvent
from recovery.services.appointments import MESSAGES, speaks_about
from recovery.services.looking import CALL_KIND
from reminders import kinds

# After a safety screen nothing of ours asks for attention for a day (clinical brief 6, cadence).
QUIET_AFTER_SAFETY = timedelta(hours=24)
# A questionnaire is spoken of on its day, and once more after 3 and after 7 days; then it waits on its page.
MEASURE_DAYS = {0, 3, 7}
# How far back a use may be that is still offered to be looked back at.
LOOK_BACK_DAYS = 3
SUNDAY = 0b100_0000


def has_checked_in(person: User, local_date: date) -> bool:
    return CheckIn.objects.of(person).filter(day=local_date).exists()


def who_checked_in(asked: Collection[kinds.Asked]) -> Collection[tuple[UUID, date]]:
    people, days = {person.pk for person, _day in asked}, {day for _person, day in asked}
    return set(CheckIn.objects.filter(person__in=people, day__in=days).values_list("person_id", "day"))


def last_check_ins(people: Collection[UUID]) -> Mapping[UUID, date]:
    rows = CheckIn.objects.filter(person__in=people).order_by().values_list("person_id")
    return dict(rows.annotate(last=Max("day")))


def who_is_after_safety(people: Collection[UUID], now: datetime) -> Collection[UUID]:
    lately = SafetyEvent.objects.filter(person__in=people, at__gt=now - QUIET_AFTER_SAFETY)
    return set(lately.values_list("person_id", flat=True))


def has_no_call(person: User, local_date: date) -> bool:
    """Return whether no call that wants a reminder is meant for this date."""
    return not CallTask.objects.of(person).open().filter(reminds=True, by_on=local_date).exists()


def has_no_measure(person: User, local_date: date) -> bool:
    """Return whether no questionnaire is due on this date, or was 3 or 7 days before and is still open."""
    last: dict[str, Measure] = {}
    for measure in Measure.objects.of(person).select_related("instrument").order_by("day"):
        last[measure.instrument.slug] = measure
    cadences = {cadence.slug: cadence for cadence in Cadence.objects.of(person)}
    dues = (due_of(slug, cadences, last) for slug in {*last, *cadences})
    return not any(due and (local_date - due).days in MEASURE_DAYS for due in dues)


def has_reflected(person: User, local_date: date) -> bool:
    """Return whether the week that ended last before this date, or ends on it, has been thought over."""
    ended = local_date - timedelta(days=(local_date.weekday() - 5) % 7)
    return Reflection.objects.of(person).filter(ends_on__gte=ended).exists()


def has_no_look_back(person: User, local_date: date) -> bool:
    """Return whether nothing noted lately waits to be looked back at; never on the day itself, safety comes first."""
    noted = counts.lapses_of(person, since=local_date - timedelta(days=LOOK_BACK_DAYS))
    return not any(lapse.day < local_date and not lapse.settled for lapse in noted)  # type: ignore[attr-defined]


def is_no_milestone(person: User, local_date: date) -> bool:
    walks = counts.walks(person, local_date)
    totals = (walk.totals.total for walk in walks if walk.totals)
    return not any(ahead.on == local_date for total in totals for ahead in mark_days(total=total, today=local_date))


def has_none_tomorrow(person: User, local_date: date) -> bool:
    """Return whether no appointment of the next day wants its message the evening before."""
    return not speaks_about(person, Appointment.Reminds.EVE, local_date)


def has_none_that_day(person: User, local_date: date) -> bool:
    """Return whether no appointment of this date wants its message that morning."""
    return not speaks_about(person, Appointment.Reminds.MORNING, local_date)


def register_kinds() -> None:
    """Make this room's kinds known; called once, when Django is ready."""
    for kind in _kinds():
        kinds.register(kind)


def _kinds() -> list[kinds.Kind]:
    return [
        kinds.Kind(
            slug="check-in",
            label=_("Daily check-in"),
            # It is read on lock screens and over shoulders: nothing about the person, nor about what this is.
            line=_("When it suits you, take a minute here:"),
            detail=_("Time for your check-in:"),
            leads_to="recovery:checkin",
            is_done=has_checked_in,
            are_done=who_checked_in,
            last_done=last_check_ins,
            held_among=who_is_after_safety,
            max_lateness=timedelta(minutes=90),
            is_daily=True,
            many_times=True,
        ),
        kinds.Kind(
            slug=CALL_KIND,
            label=_("Calls I want to make"),
            line=_("There is something you wanted to do today:"),
            detail=_("There is a call you wanted to make today:"),
            leads_to="today",
            is_done=has_no_call,
            max_lateness=timedelta(hours=6),
        ),
        kinds.Kind(
            slug="measure",
            label=_("Questionnaires that are due"),
            line=_("There is something to fill in, when you have ten minutes:"),
            detail=_("One of your questionnaires is due:"),
            about=_("On the day one is due, and once or twice after."),
            leads_to="recovery:measure-list",
            is_done=has_no_measure,
            held_among=who_is_after_safety,
            max_lateness=timedelta(hours=12),
            may_set=kinds.anybody,
            usual_time=time(10),
        ),
        kinds.Kind(
            slug="reflection",
            label=_("A look at the week"),
            line=_("A quiet moment for the week, if you like:"),
            detail=_("What worked this week, what was hard, what is next:"),
            about=_("Once a week, unless you have written about it."),
            leads_to="recovery:reflection-list",
            is_done=has_reflected,
            max_lateness=timedelta(hours=12),
            may_set=kinds.anybody,
            usual_time=time(18),
            usual_days=SUNDAY,
        ),
        kinds.Kind(
            slug="look-back",
            label=_("An offer to look back"),
            line=_("There is a page you can come back to, when you are ready:"),
            detail=_("If you are ready to look back at a day, this is where:"),
            about=_("On the days after a use was noted, never on the day itself."),
            leads_to="today",
            is_done=has_no_look_back,
            held_among=who_is_after_safety,
            max_lateness=timedelta(hours=12),
            may_set=kinds.anybody,
            usual_time=time(11),
        ),
        kinds.Kind(
            slug="milestone",
            label=_("Milestones"),
            line=_("There is something to smile about today:"),
            detail=_("Today is one of your milestones:"),
            about=_("On the day you reach one."),
            leads_to="recovery:journey-list",
            is_done=is_no_milestone,
            reads_private=True,
            max_lateness=timedelta(hours=12),
            may_set=kinds.anybody,
            usual_time=time(9),
        ),
        kinds.Kind(
            slug=MESSAGES[Appointment.Reminds.EVE].kind,
            label=_("Appointments, the evening before"),
            line=_("Something of yours is planned for tomorrow:"),
            leads_to="recovery:appointment-list",
            is_done=has_none_tomorrow,
            max_lateness=timedelta(hours=4),
        ),
        kinds.Kind(
            slug=MESSAGES[Appointment.Reminds.MORNING].kind,
            label=_("Appointments, that morning"),
            line=_("Something of yours is planned for today:"),
            leads_to="recovery:appointment-list",
            is_done=has_none_that_day,
            max_lateness=timedelta(hours=1),
        ),
    ]
