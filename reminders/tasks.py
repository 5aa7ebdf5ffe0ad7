"""What the worker does: look for what is due twice a minute, send it in batches, throw away what is old."""

import uuid

from celery import shared_task

from reminders import dispatch

# A nudge older than this is worth nothing: the next tick has handed out the same rows.
NUDGE_EXPIRES = 60  # seconds


@shared_task(name="reminders.tick")
def tick() -> None:
    """Plan what is near, and hand what is due to whoever is free."""
    for batch in dispatch.tick(dispatch.database_now()):
        deliver.apply_async(kwargs={"delivery_ids": [str(pk) for pk in batch]}, expires=NUDGE_EXPIRES)


@shared_task(name="reminders.deliver")
def deliver(*, delivery_ids: list[str]) -> None:
    """Send those of these messages that are still due and that nobody else is sending."""
    dispatch.deliver([uuid.UUID(pk) for pk in delivery_ids])


@shared_task(name="reminders.prune")
def prune() -> None:
    """Throw away finished deliveries that are older than 30 days."""
    dispatch.prune(dispatch.database_now())
