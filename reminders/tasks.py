"""What the worker does: look for what is due twice a minute, send it, throw away what is old."""

from celery import shared_task

from reminders import dispatch, planning
from reminders.clock import database_now

# A nudge older than this is worth nothing: the next tick has asked for the same.
NUDGE_EXPIRES = 60  # seconds


@shared_task(name="reminders.tick")
def tick() -> None:
    """Plan what is near, and ask whoever is free to send what is due."""
    now = database_now()
    for nudge in dispatch.tick(now):
        deliver.apply_async(kwargs=nudge._asdict(), expires=NUDGE_EXPIRES, queue=f"reminders.{nudge.channel}")
    if planning.is_behind(now):
        plan.apply_async(expires=NUDGE_EXPIRES)


@shared_task(name="reminders.plan")
def plan() -> None:
    """Help a tick that has more to plan than one worker should."""
    while planning.plan_some(database_now()):
        pass


@shared_task(name="reminders.deliver")
def deliver(*, channel: str, shards: list[int]) -> None:
    """Send what is due in these shards and nobody else is sending."""
    dispatch.deliver(channel, shards)


@shared_task(name="reminders.prune")
def prune() -> None:
    """Throw away finished deliveries that are older than 30 days."""
    dispatch.prune(database_now())
