"""Looking the plan over: each pull rated again, how sure the person is, and when to look next."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext

from accounts.clock import local_day
from accounts.exceptions import Refusal
from accounts.models import User
from plans.models import Plan, PlanRevision, Trigger, TriggerRating
from plans.services.revisions import changing_plan
from reminders.models import Schedule
from reminders.services import set_reminder, stop_kind

REVIEW_KIND = "plan-review"
# clinical.md §2.3: the plan is looked over every 30 days.
REVIEW_EVERY = timedelta(days=30)
LATEST_REVIEW = timedelta(days=366)
REVIEW_TIME = time(10, 0)


class ReviewNotAhead(Refusal):
    """The next look would be today or earlier, or more than a year ahead."""


def review_plan(
    *,
    person: User,
    ratings: Mapping[Trigger, int],
    confidence: int | None,
    reminds: bool,
    now: datetime,
    review_on: date | None = None,
) -> Plan:
    """Keep one look at the whole plan as one version of it.

    :param ratings: how strong each pull is now, 1–10; saying the same again is kept too
    :param confidence: 0–10, how sure the person is that they could act on it; None where not said
    :param review_on: when to look next; 30 days from today where not said
    :raises ReviewNotAhead: when the next look is not ahead, or more than a year away
    """
    today = local_day(person, now)
    review_on = review_on or today + REVIEW_EVERY
    if not today < review_on <= today + LATEST_REVIEW:
        raise ReviewNotAhead(gettext("Pick a day from tomorrow on, within a year."))
    with changing_plan(person, PlanRevision.Deed.REVIEWED, PlanRevision.Part.PLAN, now=now) as plan:
        for trigger in Trigger.objects.of(person).in_use().filter(pk__in=[each.pk for each in ratings]):
            trigger.impact = ratings[trigger]
            trigger.version += 1
            trigger.save(update_fields=["impact", "version"])
            TriggerRating.objects.create(
                person=person, trigger=trigger, impact=trigger.impact, rated_at=now, created_at=now
            )
        plan.confidence, plan.reviewed_on, plan.review_on = confidence, today, review_on
        if reminds:
            # Whoever has set it keeps their own time; which day it speaks on is the kind's to know.
            if not is_reminded(person):
                set_reminder(person=person, kind=REVIEW_KIND, times=[REVIEW_TIME], now=now)
        else:
            stop_kind(person=person, kind=REVIEW_KIND, now=now)
    return plan


def next_review(person: User, plan: Plan | None) -> date | None:
    """Return the day on which to look the plan over: the one that was chosen, else 30 days after the last change."""
    if plan is None:
        return None
    return plan.review_on or local_day(person, plan.changed_at) + REVIEW_EVERY


def is_reminded(person: User) -> bool:
    """Return whether a reminder speaks when the plan is due for a look."""
    return Schedule.objects.of(person).filter(kind=REVIEW_KIND, is_active=True).exists()
