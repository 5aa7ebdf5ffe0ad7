"""What the demo people's days hold: Alice's routine, her three things and appointments; Maya's first visit."""

from datetime import datetime, time, timedelta

from accounts.clock import local_day
from accounts.models import User
from recovery.routine import EXAMPLE
from recovery.services import appointments, day_plans, routines

# Days ago and how many lines of the routine that day held, from the first.
HELD = ((1, 4), (0, 2))


def fill_days(slug: str, user: User, now: datetime) -> None:
    """Write down what this person's days hold; everybody else's hold nothing yet."""
    if slug == "alice":
        _alices_routine(user, now)
        _alices_day(user, now)
        _alices_appointments(user, now)
    if slug == "maya":
        day = local_day(user, now) + timedelta(days=6)
        appointments.plan_appointment(
            person=user, kind="medical", day=day, at=time(10, 30), words="Riverside clinic", reminds="eve", now=now
        )


def _alices_routine(user: User, now: datetime) -> None:
    lines = [(slot, str(words)) for slot, words in EXAMPLE[:5]]
    items = routines.start_routine(person=user, lines=lines, now=now - timedelta(days=9))
    for back, many in HELD:
        at = now - timedelta(days=back)
        for item in items[:many]:
            routines.tick_item(item=item, day=local_day(user, at), now=at)


def _alices_day(user: User, now: datetime) -> None:
    today = local_day(user, now)
    day_plans.add_thing(person=user, day=today - timedelta(days=1), text="Return the library books", now=now)
    first = day_plans.add_thing(person=user, day=today, text="Call the dentist", now=now)
    day_plans.add_thing(person=user, day=today, text="Buy the swim ticket", now=now)
    day_plans.finish_thing(thing=first, now=now)
    day_plans.set_movement(person=user, day=today, tens=1, now=now)


def _alices_appointments(user: User, now: datetime) -> None:
    today = local_day(user, now)
    for back, helped in ((9, "a_lot"), (2, "some")):
        kept = appointments.plan_appointment(
            person=user, kind="meeting", day=today - timedelta(days=back), at=time(19), words="The hall on Oak", now=now
        )
        appointments.answer_appointment(appointment=kept, went=True, helped=helped, now=now)
    appointments.plan_appointment(
        person=user,
        kind="counseling",
        day=today + timedelta(days=3),
        at=time(15, 30),
        words="Bob",
        reminds="morning",
        now=now,
    )
