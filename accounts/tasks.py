"""What the workers run for this room: nothing outlives its reason."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from accounts import services


@shared_task(name="accounts.tidy")
def tidy(**_: Any) -> None:
    """Delete sessions that lay idle and sign-ups that were never confirmed."""
    now = timezone.now()
    services.drop_idle_sessions(now=now)
    services.drop_unconfirmed(now=now)
