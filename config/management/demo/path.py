"""What the demo people have set themselves on the way: Alice's goals and week, Maya's call. Days count from now."""

from datetime import datetime, timedelta

from accounts.clock import local_day
from accounts.models import User
from recovery import services


def walk_path(slug: str, user: User, now: datetime) -> None:
    """Set what this person has set themselves; everybody else has set nothing."""
    if slug == "alice":
        _alices_goals(user, now)
        _alices_stay(user, now)
        for thing in services.set_week(person=user, things=["A meeting", "Call Denise", "A swim"], now=now)[:2]:
            for weeks in range(1, 5):
                services.tick_week(thing=thing, now=now - timedelta(weeks=weeks))
    if slug == "maya":
        services.say_readiness(
            person=user, importance=8, confidence=4, why_not_lower="I have done harder things than this.", now=now
        )
        services.keep_inventory(person=user, ticked=["people-use", "sleep", "nobody-knows", "picks-up"], now=now)
        services.set_prepared(person=user, item="who-to-call", done=True, now=now)
        by_on = local_day(user, now) + timedelta(days=4)
        services.plan_call(
            person=user, what="Riverside clinic, about a first visit", by_on=by_on, reminds=False, now=now
        )


def _alices_goals(user: User, now: datetime) -> None:
    today, before = local_day(user, now), now - timedelta(days=9)
    goal = services.set_goal(
        person=user,
        text="Swim every Sunday this month",
        steps=["Look up when the pool is open", "Pack the bag on Saturday", "Ask Dana along"],
        reward="Pancakes after, the good ones.",
        due_on=today + timedelta(days=12),
        now=before,
    )
    services.finish_step(step=goal.steps.all()[0], now=now - timedelta(days=6))
    services.set_goal(person=user, text="Write to my old teacher", due_on=today + timedelta(days=25), now=before)
    done = services.set_goal(person=user, text="Plant something on the balcony", now=before)
    services.finish_goal(goal=done, now=now - timedelta(days=3))


def _alices_stay(user: User, now: datetime) -> None:
    today = local_day(user, now)
    care = services.begin_care(
        person=user,
        kind="detox",
        place="Riverside",
        started_on=today - timedelta(days=246),
        ended_on=today - timedelta(days=240),
        now=now,
    )
    services.plan_handover(
        care=care,
        first_visit_on=today - timedelta(days=238),
        now=now,
        first_visit="Bob Ruiz at the clinic, 10 in the morning",
        who_to_call="Denise. The night line if she sleeps",
        naloxone="Hall drawer, Dana knows",
        safe_place="Dana's spare room",
        first_hours="Dana picks me up\nSoup, shower, bed\nMeeting on Tuesday evening",
    )
