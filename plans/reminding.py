"""What this room has to say at a chosen time. No sentence here says anything about anybody."""

from datetime import date, time, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.clock import local_day
from accounts.models import User
from plans.models import Medication, MedicationDay, Plan, Trigger, TriggerRating
from plans.services.reviews import REVIEW_EVERY, REVIEW_KIND, next_review
from reminders import kinds

# A plan and its triggers are looked over every 30 days (clinical brief 6, cadence); then once a week until it is done.
REVIEW_AFTER = REVIEW_EVERY.days
REVIEW_AGAIN = 7


def has_said_of_medication(person: User, local_date: date) -> bool:
    """Return whether something was said of each medication on this date, taken or missed, or there is none."""
    taking = set(Medication.objects.of(person).in_use().values_list("pk", flat=True))
    said = MedicationDay.objects.of(person).filter(day=local_date).values_list("medication_id", flat=True)
    return taking <= set(said)


def needs_no_plan_review(person: User, local_date: date) -> bool:
    """Return whether the plan is not due: on the day that the person chose, else 30 days after its last change."""
    due = next_review(person, Plan.objects.of(person).first())
    return due is None or not _is_review_day(due - REVIEW_EVERY, local_date)


def needs_no_trigger_review(person: User, local_date: date) -> bool:
    """Return whether there is no trigger, or the one rated longest ago was rated lately."""
    triggers = Trigger.objects.of(person).filter(archived_at=None).values("pk")
    last: dict[object, date] = {}
    ratings = TriggerRating.objects.of(person).filter(trigger__in=triggers).oldest_first()
    for trigger_id, rated_at in ratings.values_list("trigger_id", "rated_at"):
        last[trigger_id] = local_day(person, rated_at)
    return not last or not _is_review_day(min(last.values()), local_date)


def _is_review_day(last: date, local_date: date) -> bool:
    over = (local_date - last).days - REVIEW_AFTER
    return over >= 0 and over % REVIEW_AGAIN == 0


def register_kinds() -> None:
    """Make this room's kinds known; called once, when Django is ready."""
    kinds.register(
        kinds.Kind(
            slug="medication",
            label=_("What I take"),
            line=_("A small thing you planned for now:"),
            detail=_("Time for what you take:"),
            about=_("Up to four times a day, until you have said of each whether it was taken."),
            leads_to="plans:medication-list",
            is_done=has_said_of_medication,
            max_lateness=timedelta(minutes=60),
            may_set=kinds.anybody,
            usual_time=time(8),
            many_times=True,
        )
    )
    kinds.register(
        kinds.Kind(
            slug=REVIEW_KIND,
            label=_("Looking over my plan"),
            line=_("There is something worth a second look, when you have time:"),
            detail=_("Your plan has not changed for a month. Does it still fit?"),
            about=_("On the day you chose, or once it has not changed for 30 days; then once a week."),
            leads_to="plans:plan-review",
            is_done=needs_no_plan_review,
            max_lateness=timedelta(hours=12),
            may_set=kinds.anybody,
            usual_time=time(11),
        )
    )
    kinds.register(
        kinds.Kind(
            slug="trigger-review",
            label=_("Rating my triggers again"),
            line=_("There are a few numbers to look at again, when you have time:"),
            detail=_("Some of your triggers have not been rated for a month:"),
            about=_("Once one has not been rated for 30 days, then once a week."),
            leads_to="plans:trigger-list",
            is_done=needs_no_trigger_review,
            max_lateness=timedelta(hours=12),
            may_set=kinds.anybody,
            usual_time=time(11, 30),
        )
    )
